"""批而未供 by registered areas groups what was approved and what was supplied by the same unit."""

from datetime import UTC, date, datetime

from shapely.geometry import box

from geo import ledger
from geo.ledger import reckon
from geo.model import Event
from geo.supply import Draft
from geo.zone import Zone
from tests.conftest import MakeSet

NOW = datetime(2026, 1, 10, 9, tzinfo=UTC)


def test_one_parcel_without_a_shape_does_not_part_supplied_land_from_its_unit(
    own_zone: Zone, make_set: MakeSet
) -> None:
    fields = {
        "area_m2": 10_000, "use": "1001", "location": "某路", "method": "allocation",
        "batch": "一批", "approved_year": 2024, "approval_document": "文1",
        "contract_on": "2025-01-01", "agreed_delivery": "2025-02-01",
        "agreed_start": "2025-03-01", "agreed_finish": "2026-03-01",
    }  # fmt: skip
    draft = Draft(ledger.supply_rules(), "甲", NOW, date(2025, 6, 1))
    told = [draft.entered(id_, "supplied", fields) for id_ in ("A", "B")]
    told.append(draft.entered("C", "approved", fields))  # has no shape
    west = box(122.170, 37.420, 122.171, 37.421)
    east = box(122.172, 37.420, 122.173, 37.421)
    drawn = make_set("parcel", [west, east], id=["A", "B"])
    placed = Event("boundaries/parcel", "replaced", "甲", NOW)
    own_zone.record([placed, *told], [drawn], expect=own_zone.version)

    sheet = reckon.unsold_sheet(own_zone)

    rows = {row.unit: row.areas_m2 for row in sheet.rows}
    town = next(unit for unit in rows if unit)
    assert rows == {town: (20_000.0, 20_000.0, 0.0), "": (10_000.0, 0.0, 10_000.0)}
