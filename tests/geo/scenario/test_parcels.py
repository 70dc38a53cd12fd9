"""Parcels of the ledger as units: those that were split are none, supplied ones are closed."""

import pytest

from geo import ledger, scenario
from geo.supply import split
from geo.zone import Zone
from tests.geo.ledger.office import draft, drawn, enter
from tests.geo.scenario.town import asked

PARCELS = {"units": {"kind": "parcels", "set": "parcel"}}
SHAPES = {
    "A": (300.0, 0.0, 400.0, 600.0),
    "B": (400.0, 0.0, 500.0, 600.0),
    "C": (500.0, 0.0, 600.0, 600.0),
}
HALVES = {"C-1": (500.0, 0.0, 600.0, 300.0), "C-2": (500.0, 300.0, 600.0, 600.0)}


@pytest.fixture
def office(own: Zone) -> Zone:
    """Three parcels of 90 mu, A to C from west to east, of which C lies at the road."""
    enter(own, *SHAPES, area_m2=60_000.0)
    own.replace(drawn(**SHAPES), by="甲", reason="测试")
    return own


def test_parcels_are_given_whole_by_their_ids(office: Zone) -> None:
    found = scenario.run(office, asked(90.0, 90.0, **PARCELS))
    assert found.prepared.land.ids == ("A", "B", "C")
    assert found.use.tolist() == [2, 1, 0]


def test_a_parcel_that_was_split_is_no_unit_beside_its_parts(office: Zone) -> None:
    before = office.version
    parcel = ledger.book(office).supply.parcel("C")
    assert parcel is not None
    events = split(draft(), parcel, {id_: {"area_m2": 30_000.0} for id_ in HALVES})
    ledger.record(office, events, seen=before, new=[drawn(**SHAPES, **HALVES)])
    found = scenario.run(office, asked(90.0, 90.0, **PARCELS))
    assert found.prepared.land.ids == ("A", "B", "C-1", "C-2")
    assert found.use.tolist() == [2, 1, 0, 0]
    assert scenario.prepare(office, asked(90.0, 90.0, **PARCELS), before).land.ids == (
        "A", "B", "C",
    )  # fmt: skip


def test_what_has_been_supplied_is_closed_and_told_so(own: Zone) -> None:
    enter(own, "A", "B", area_m2=60_000.0)
    enter(own, "C", status="supplied", area_m2=60_000.0)
    own.replace(drawn(**SHAPES), by="甲", reason="测试")
    found = scenario.run(own, asked(90.0, 0.0, **PARCELS))
    assert found.use.tolist() == [2, 0, 2]
    assert found.prepared.reasons["supplied"].title == "已供应的宗地"
    cells = scenario.run(own, asked(90.0, 0.0))  # cells that it covers are closed, too
    assert cells.use.reshape(6, 6)[:, 5].tolist() == [2] * 6
