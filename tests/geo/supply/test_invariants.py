"""What must always hold, of the ledger and of the shapes of its parcels."""

import math
from datetime import date

import geopandas as gpd
import pytest
from shapely import box
from shapely.geometry.base import BaseGeometry

from geo.chronicle import numbered
from geo.measure import STORED_CRS
from geo.supply import Ledger, Span, drawn, faults, renumber
from geo.supply.invariants import double
from tests.geo.supply.entries import RULES, day, draft, raw

# At 37.4 N one degree is 110,985 m north and 88,543 m east on the ellipsoid (a = 6378137 m,
# f = 1/298.257222101; M and N cos φ by the formulas of the handbook).
NORTH_M, EAST_M = 110_985.0, 88_543.0
M2 = 10_000.0


def square(east_m: float, size_m: float = 100.0) -> BaseGeometry:
    west = 122.2 + east_m / EAST_M
    return box(west, 37.4, west + size_m / EAST_M, 37.4 + size_m / NORTH_M)


def shapes(**by_id: BaseGeometry) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"id": list(by_id)}, geometry=list(by_id.values()), crs=f"EPSG:{STORED_CRS}"
    )


def ledger(**areas: float) -> Ledger:
    events = [draft().entered(id_, "reserve", {"area_m2": m2}) for id_, m2 in areas.items()]
    return Ledger.of(numbered(events), RULES)


def test_the_degrees_of_this_test_are_those_of_the_ellipsoid() -> None:
    a, e2 = 6378137.0, 2 / 298.257222101 - 298.257222101**-2
    w2 = 1 - e2 * math.sin(math.radians(37.4)) ** 2
    assert math.radians(a * (1 - e2) / w2**1.5) == pytest.approx(NORTH_M, abs=1)
    assert math.radians(a / w2**0.5) * math.cos(math.radians(37.4)) == pytest.approx(EAST_M, abs=1)


def test_a_sound_ledger_has_no_faults() -> None:
    neighbours = shapes(A=square(0), B=square(100))
    assert faults(ledger(A=M2, B=M2), neighbours) == []


def test_an_empty_ledger_has_no_faults() -> None:
    assert faults(ledger(), shapes()) == []


def test_live_parcels_that_overlap_are_told_with_the_area() -> None:
    found = faults(ledger(A=M2, B=M2), shapes(A=square(0), B=square(90)))
    (issue,) = found
    assert (issue.code, issue.severity, issue.value, issue.field) == ("OVERLAP", "error", "A", "B")
    assert "重叠 1,000." in issue.message  # 10 m by 100 m


def test_an_overlap_within_tolerance_is_none() -> None:
    assert faults(ledger(A=M2, B=M2), shapes(A=square(0), B=square(99.995))) == []  # 0.5 m²


def test_a_parcel_that_went_into_another_overlaps_nothing() -> None:
    book = ledger(P=M2)
    book = book.added(numbered(renumber(draft(day(5)), book.at()["P"], "Q"), book.last))
    assert faults(book, shapes(P=square(0), Q=square(0))) == []


def test_only_what_was_touched_need_be_looked_at() -> None:
    book = ledger(A=M2, B=M2, C=M2, D=M2)
    here = shapes(A=square(0), B=square(50), C=square(300), D=square(350))
    assert len(drawn(book, here)) == 2
    assert [issue.value for issue in drawn(book, here, only={"D"})] == ["C"]
    assert drawn(book, here, only=()) == []


@pytest.mark.parametrize(("said", "warned"), [(M2, False), (10_090.0, False), (10_200.0, True)])
def test_registered_and_drawn_area_may_differ_by_one_percent(said: float, warned: bool) -> None:
    found = faults(ledger(A=said), shapes(A=square(0)))
    assert [(one.code, one.severity) for one in found] == [("AREA_DRAWN", "warning")] * warned


def test_what_is_not_drawn_and_what_is_not_entered_is_told_and_is_no_error() -> None:
    found = faults(ledger(A=M2, B=M2, C=M2), shapes(A=square(0), X=square(500)))
    assert [(one.code, one.severity, one.value) for one in found] == [
        ("UNDRAWN", "info", "B、C"),
        ("UNENTERED", "info", "X"),
    ]


def test_two_live_parcels_of_one_supervision_number_are_told() -> None:
    cells = {
        "area_m2": {"value": 1, "unit": "公顷"},
        "supervision": {"value": "示例0001", "unit": ""},
    }
    events = [raw("entered", {"status": "reserve", "fields": cells}, id_=id_) for id_ in "AB"]
    (issue,) = faults(Ledger.of(numbered(events), RULES))
    assert (issue.code, issue.value) == ("NOT_UNIQUE", "B")


def test_a_split_that_was_written_by_halves_is_told() -> None:
    book = ledger(P=M2)
    book = book.added(numbered([raw("split", {"into": ["P-1", "P-2"]}, day(5))], book.last))
    assert [(one.code, one.field) for one in faults(book)] == [
        ("LINEAGE_LINK", "P-1"),
        ("LINEAGE_LINK", "P-2"),
    ]


def test_spans_that_meet_are_sound_and_others_are_told() -> None:
    days = [date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)]
    sound = [Span("A", "reserve", days[0], days[1]), Span("A", "prepared", days[1], None)]
    assert double(sound) == []
    overlapping = [Span("A", "reserve", days[0], days[2]), Span("A", "prepared", days[1], None)]
    assert [issue.value for issue in double(overlapping)] == ["A"]
    gap = [Span("B", "reserve", days[0], days[1]), Span("B", "prepared", days[2], None)]
    assert [issue.value for issue in double([*sound, *gap])] == ["B"]
