"""Totals by one thing and by two; every number from paper, and what is printed adds up."""

from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import DataError
from geo.supply.totals import Total, crossed, totals
from geo.units import AreaUnit

NAN = float("nan")
# Areas in mu: 1, 1, 1, unknown, 3 (2,000 m²); together 6 mu, 4,000 m²
PARCELS = pd.DataFrame(
    {
        "id": ["A", "B", "C", "D", "E"],
        "status": ["supplied", "supplied", "reserve", "reserve", "started"],
        "area_m2": [2000 / 3, 2000 / 3, 2000 / 3, NAN, 2000.0],
        "use": ["0901", "100101", "0901/0902", None, "0701/0901"],
        "unit": ["U1", "U2", "U1", "U1", None],
        "year": [2022.0, 2023.0, NAN, NAN, 2022.0],
        "realm": ["land"] * 5,
    }
)


def told(row: Total) -> tuple[Any, ...]:
    return row.key, row.count, row.blank, str(row.shown), str(row.share_pct)


def test_by_status_in_the_order_of_the_life() -> None:
    found = totals(PARCELS, "status", order=["reserve", "supplied"])
    assert [told(row) for row in found.rows] == [
        ("reserve", 2, 1, "1.0", "16.7"),
        ("supplied", 2, 0, "2.0", "33.3"),
        ("started", 1, 0, "3.0", "50.0"),
    ]
    assert told(found.whole) == ("", 5, 1, "6.0", "100.0")
    assert found.whole.area_m2 == pytest.approx(4000)


@pytest.mark.parametrize(
    ("by", "counts"),
    [
        ("use", {"": 1, "09": 2, "10": 1, "07/09": 1}),
        ("unit", {"": 1, "U1": 3, "U2": 1}),
        ("year", {"": 2, "2022": 2, "2023": 1}),
        ("realm", {"land": 5}),
    ],
)
def test_by_other_things_what_is_not_known_is_a_group_of_its_own(
    by: str, counts: dict[str, int]
) -> None:
    found = totals(PARCELS, by)
    assert {row.key: row.count for row in found.rows} == counts
    assert told(found.whole) == ("", 5, 1, "6.0", "100.0")


def test_a_third_each_is_printed_so_that_it_adds_up() -> None:
    table = pd.DataFrame({"unit": ["U1", "U2", "U3"], "area_m2": [10_000 / 3] * 3})
    hectares = totals(table, "unit", AreaUnit.HA)
    assert [str(row.shown) for row in hectares.rows] == ["0.34", "0.33", "0.33"]
    assert [str(row.share_pct) for row in hectares.rows] == ["33.4", "33.3", "33.3"]
    assert str(hectares.whole.shown) == "1.00"


def test_no_parcels_and_parcels_without_areas_have_no_shares() -> None:
    none = totals(PARCELS.iloc[:0], "unit")
    assert (none.rows, told(none.whole)) == ((), ("", 0, 0, "0.0", "None"))
    bare = totals(PARCELS.assign(area_m2=NAN), "unit")
    assert [told(row) for row in bare.rows][1:] == [
        ("U1", 3, 3, "0.0", "None"),
        ("U2", 1, 1, "0.0", "None"),
    ]
    assert crossed(PARCELS.iloc[:0], "unit").cells == ()


def test_status_by_unit() -> None:
    found = crossed(PARCELS, "unit", order=["reserve", "supplied", "started"])
    assert [
        (cell.key, cell.other, cell.count, cell.blank, str(cell.shown)) for cell in found.cells
    ] == [
        ("reserve", "U1", 2, 1, "1.0"),
        ("supplied", "U1", 1, 0, "1.0"),
        ("supplied", "U2", 1, 0, "1.0"),
        ("started", "", 1, 0, "3.0"),
    ]
    assert [(col.other, col.count, col.blank, str(col.shown)) for col in found.columns] == [
        ("", 1, 0, "3.0"),
        ("U1", 3, 1, "2.0"),
        ("U2", 1, 0, "1.0"),
    ]
    assert found.rows == totals(PARCELS, "status", order=["reserve", "supplied", "started"]).rows


def test_status_by_status_is_status() -> None:
    found = crossed(PARCELS, "status")
    assert [(cell.key, cell.other) for cell in found.cells] == [
        (key, key) for key in ("reserve", "started", "supplied")
    ]


def test_a_missing_column_is_told() -> None:
    with pytest.raises(DataError, match="park"):
        totals(PARCELS, "park")


parcels = st.lists(
    st.tuples(
        st.sampled_from(["reserve", "supplied", "started"]),
        st.sampled_from(["U1", "U2", "U3", None]),
        st.one_of(st.just(NAN), st.floats(0, 1e6), st.integers(0, 10**7).map(lambda n: n / 10)),
    ),
    max_size=25,
)


@given(parcels, st.sampled_from(list(AreaUnit)))
def test_everything_printed_adds_up_and_moves_by_less_than_a_digit(
    rows: list[Any], unit: AreaUnit
) -> None:
    table = pd.DataFrame(rows, columns=["status", "unit", "area_m2"])
    found = crossed(table, "unit", unit)
    whole = found.whole
    assert whole.count == len(rows)
    for part in (found.cells, found.rows, found.columns):
        assert sum((one.shown for one in part), Decimal(0)) == whole.shown
        assert sum(one.count for one in part) == whole.count
        assert sum(one.blank for one in part) == whole.blank
        shares = [one.share_pct for one in part if one.share_pct is not None]
        assert sum(shares) == (100 if whole.share_pct else 0)
    for row in found.rows:
        mine = [cell for cell in found.cells if cell.key == row.key]
        assert sum((cell.shown for cell in mine), Decimal(0)) == row.shown
        assert row.blank == table[table["status"] == row.key]["area_m2"].isna().sum()
    size = {"mu": 2000 / 3, "ha": 10_000, "km2": 1_000_000, "m2": 1}[unit]
    digit = {"mu": 0.1, "ha": 0.01, "km2": 0.01, "m2": 1}[unit]
    for one in (*found.cells, *found.rows):
        assert abs(float(one.shown) - one.area_m2 / size) < digit * (1 + 1e-6)
        assert one.shown >= 0
