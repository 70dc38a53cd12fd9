"""An office for the tests of this room: people who enter and move parcels through the zone."""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import geopandas as gpd
import shapely
import xlsxwriter
from shapely import box

from geo import ledger, measure
from geo.ledger import Sheet
from geo.model import Boundaries, Event, Grade, Source
from geo.supply import Draft
from geo.zone import Zone

NOW = datetime(2026, 1, 5, 2, 15, tzinfo=UTC)  # a quarter past ten at the office
ON = date(2025, 12, 1)
LAND: Mapping[str, Any] = {"area_m2": 10_000.0, "location": "示例路1号", "use": "1001"}


def draft(by: str = "甲", on: date = ON, at: datetime = NOW, document: str = "文1") -> Draft:
    return Draft(ledger.supply_rules(), by, at, on, "登记", document)


def enter(zone: Zone, *ids: str, status: str = "reserve", **fields: Any) -> int:
    """New parcels; the version after it."""
    events = [draft().entered(id_, status, {**LAND, **fields}) for id_ in ids]
    return ledger.record(zone, events, seen=zone.version)


def move(zone: Zone, id_: str, to: str, seen: int, by: str = "甲", **fields: Any) -> int:
    """One parcel to another status, by somebody who saw the ledger at a version."""
    parcel = ledger.book(zone).supply.parcel(id_)
    assert parcel is not None
    return ledger.record(zone, [draft(by).moved(parcel, to, fields)], seen=seen)


def status(zone: Zone, id_: str) -> str:
    parcel = ledger.book(zone).supply.parcel(id_)
    assert parcel is not None
    return parcel.status


def raw(id_: str, verb: str, data: Mapping[str, Any], on: date, at: datetime) -> Event:
    """An event as it stands in a store."""
    return Event(f"parcel/{id_}", verb, "甲", at, on, data, "登记", "文1")


def drawn(**squares: tuple[float, float, float, float]) -> Boundaries:
    """Rectangles by parcel id: west, south, east, north in metres from a corner of our own."""
    west, south = 420_000.0, 4_140_000.0  # EPSG:4550, in the zone
    planes = [box(west + a, south + b, west + c, south + d) for a, b, c, d in squares.values()]
    shapes = [shapely.set_precision(measure.to_stored(one), 1e-9) for one in planes]
    columns = {"id": list(squares), "name": list(squares)}
    table = gpd.GeoDataFrame(columns, geometry=shapes, crs=4490)
    return Boundaries("parcel", table, Source("测试图", Grade.SURVEYED, "CC0"))


def sheet(
    headings: Sequence[str], *rows: Sequence[Any], said: Mapping[str, str] | None = None
) -> Sheet:
    """A workbook of one sheet; days become Excel dates, numbers numbers."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "yyyy/m/d"}) as book:
        page = book.add_worksheet()
        for number, row in enumerate([headings, *rows]):
            for column, value in enumerate(row):
                if value is not None:
                    page.write(number, column, value)
    return Sheet(out.getvalue(), "台账.xlsx", "Sheet1", said=said)
