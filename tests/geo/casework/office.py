"""An office that checks sites: a store of its own, parcels by the metre, people who ask."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import geopandas as gpd
import shapely

from geo import casework, ledger, measure, supply
from geo.casework import Asker, Case
from geo.model import Boundaries, Event, Grade, Source
from geo.site import Finding, Site, SiteReport
from geo.zone import Zone
from tests.geo.ledger import office

EAST, NORTH = 420_000.0, 4_140_000.0  # EPSG:4550, in the zone
ASKER = Asker("李工", "预选址", "page")
DAY = date(2026, 3, 1)


def plane(x: float, y: float, width: float, height: float) -> shapely.Geometry:
    return shapely.box(EAST + x, NORTH + y, EAST + x + width, NORTH + y + height)


def square(x: float, y: float, width: float, height: float | None = None) -> shapely.Geometry:
    """A rectangle in metres from the corner, EPSG:4490."""
    return measure.to_stored(plane(x, y, width, height or width))


def put(zone: Zone, name: str, *shapes: shapely.Geometry, **columns: Any) -> int:
    """A set in the place of the one of that name."""
    ids = columns.pop("id", [f"{name}-{i}" for i in range(len(shapes))])
    table = gpd.GeoDataFrame({"id": ids, "name": ids, **columns}, geometry=list(shapes), crs=4490)
    given = Boundaries(name, table, Source(f"{name}测试图", Grade.OFFICIAL, "CC0"))
    return zone.replace(given, by="王工", reason="测试")


def parcels(zone: Zone, **squares: tuple[float, float, float, float]) -> int:
    """Draw parcels: west, south, width, height in metres from the corner, by id."""
    shapes = [square(*one) for one in squares.values()]
    return put(zone, "parcel", *shapes, id=list(squares))


def split(zone: Zone, id_: str, into: Mapping[str, float], on: date) -> int:
    """A parcel becomes several, with their areas."""
    parcel = ledger.book(zone).supply.parcel(id_)
    assert parcel is not None
    given = {one: {"area_m2": area} for one, area in into.items()}
    return ledger.record(zone, supply.split(office.draft(on=on), parcel, given), seen=zone.version)


def site(x: float = 0, y: float = 0, width: float = 100, use: str = "1001") -> Site:
    return casework.drawn(square(x, y, width), "甲地块", use)


def asked(zone: Zone, one: Site | None = None, day: date | None = DAY) -> tuple[Case, SiteReport]:
    ((case, report),) = casework.ask(zone, [one or site()], ASKER, day)
    return case, report


def finding(zone: Zone, rule: str, one: Site | None = None, day: date = DAY) -> Finding:
    (report,) = casework.answered(zone, [one or site()], day)
    return report.finding(rule)


def other_event(zone: Zone) -> int:
    """Something that has nothing to do with sites."""
    return zone.record([Event("note/1", "noted", "甲", datetime.now(UTC))], expect=zone.version)
