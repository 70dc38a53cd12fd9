"""批而未供: rectangles whose sides were laid off by another library, and numbers from paper."""

from datetime import date
from decimal import Decimal
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Point, Polygon, box

from geo.errors import DataError
from geo.supply.batch import Row, sheet
from geo.supply.unsupplied import Basis, Unsupplied, batches, by_register, by_shape
from geo.supply.values import Parcel
from geo.units import AreaUnit

EAST, NORTH = 429_000, 4_143_000  # EPSG:4550, in the zone
# At 71 km from the meridian the plane is 124 ppm too large (x²/R²): 1 ha of the plane is
# 9,998.76 m² on the ellipsoid, and areas here are held to 200 ppm of those of the plane.
NEAR = 2e-4


def plot(west: float, south: float, east: float, north: float) -> Polygon:
    """A rectangle by its sides in metres from the corner."""
    return stored(box(EAST + west, NORTH + south, EAST + east, NORTH + north))


def stored(plane: Any) -> Any:
    return gpd.GeoSeries([plane], crs=4550).to_crs(4490)[0]


def table(*shapes: Any, **columns: list[Any]) -> gpd.GeoDataFrame:
    ids = [f"S{i}" for i in range(1, len(shapes) + 1)]
    return gpd.GeoDataFrame({"id": ids} | columns, geometry=list(shapes), crs=4490)


def approved(*shapes: Any, **columns: list[Any]) -> gpd.GeoDataFrame:
    n = len(shapes)
    given_ = {"name": [f"项目{i}" for i in range(1, n + 1)], "batch": ["一批次"] * n}
    given_ |= {"year": [2023] * n, "unit": ["甲街道"] * n, "document": ["示例〔2023〕1号"] * n}
    return table(*shapes, **(given_ | columns))


def m2(found: Unsupplied, name: str) -> list[float]:
    return found.table[name].to_list()


# ---- by shape -------------------------------------------------------------------------------


def test_what_is_left_is_approved_less_supplied() -> None:
    plots = approved(plot(0, 0, 100, 100), plot(200, 0, 300, 100), plot(400, 0, 500, 100))
    given_ = table(plot(50, -50, 150, 150), plot(200, 0, 300, 100))
    found = by_shape(plots, given_)
    assert found.basis is Basis.SHAPE
    assert m2(found, "approved_m2") == pytest.approx([10_000] * 3, rel=NEAR)
    assert m2(found, "supplied_m2") == pytest.approx([5_000, 10_000, 0], rel=NEAR)
    assert m2(found, "unsupplied_m2") == pytest.approx([5_000, 0, 10_000], rel=NEAR)
    assert m2(found, "unsupplied_m2")[1] == 0  # supplied whole, to the last digit
    assert found.parcels.to_dict("list") == {"row": [0, 1], "id": ["S1", "S2"]}
    assert found.overlap_m2 == pytest.approx(0, abs=0.01)
    # 50 m west to east by 200 m north to south lie beyond, and 50 by 50 above and below
    assert found.outside.to_dict("list")["id"] == ["S1"]
    assert found.outside["area_m2"].item() == pytest.approx(15_000, rel=NEAR)


def test_parcels_that_lie_over_one_another_are_not_taken_off_twice() -> None:
    given_ = table(plot(0, 0, 60, 100), plot(40, 0, 100, 50))
    found = by_shape(approved(plot(0, 0, 100, 100)), given_)
    assert m2(found, "unsupplied_m2") == pytest.approx([2_000], rel=NEAR)  # 40 by 50 m
    assert sheet(found).total.parcels == 2


def test_ground_approved_twice_is_told() -> None:
    found = by_shape(approved(plot(0, 0, 100, 100), plot(90, 0, 190, 100)), table(plot(0, 0, 1, 1)))
    assert found.overlap_m2 == pytest.approx(1_000, rel=NEAR)


def test_slivers_count_but_are_not_drawn_and_make_no_parcel() -> None:
    plots = approved(plot(0, 0, 100, 100), plot(100, 0, 200, 100))
    found = by_shape(plots, table(plot(0.2, 0, 100.3, 100)), sliver_m=0.5)
    assert m2(found, "sliver_m2") == pytest.approx([20, 0], rel=0.01)
    assert m2(found, "unsupplied_m2") == pytest.approx([20, 9_970], rel=0.01)
    assert found.rest is not None
    assert found.rest.geometry.is_empty.to_list() == [True, False]
    assert found.parcels["row"].to_list() == [0]
    assert by_shape(plots, table(plot(0.2, 0, 100.3, 100))).parcels["row"].to_list() == [0, 1]


def test_a_parcel_that_only_touches_is_in_no_plot() -> None:
    found = by_shape(approved(plot(0, 0, 100, 100)), table(plot(100, 0, 200, 100)))
    assert m2(found, "supplied_m2") == pytest.approx([0], abs=0.02)
    assert found.parcels.empty


def test_nothing_supplied_and_nothing_approved_are_answers() -> None:
    none = table(plot(0, 0, 1, 1)).iloc[:0]
    found = by_shape(approved(plot(0, 0, 100, 100)), none)
    assert m2(found, "unsupplied_m2") == m2(found, "approved_m2")
    bare = by_shape(approved(plot(0, 0, 1, 1)).iloc[:0], table(plot(0, 0, 100, 100)))
    assert sheet(bare).rows == ()
    assert sheet(bare).total.areas_m2 == (0, 0, 0)
    assert bare.outside["area_m2"].item() == pytest.approx(10_000, rel=NEAR)


def test_plots_of_several_parts_and_with_holes() -> None:
    ring = plot(0, 0, 100, 100).difference(plot(25, 25, 75, 75))
    both = MultiPolygon([ring, plot(200, 0, 250, 100)])
    found = by_shape(approved(both), table(plot(0, 0, 50, 100), plot(225, 0, 250, 100)))
    assert m2(found, "approved_m2") == pytest.approx([12_500], rel=NEAR)
    assert m2(found, "supplied_m2") == pytest.approx([3_750 + 2_500], rel=NEAR)


@given(st.lists(st.tuples(*[st.integers(0, 90)] * 2, *[st.integers(5, 60)] * 2), max_size=6))
def test_every_row_closes_and_the_rest_is_what_was_not_supplied(cuts: list[Any]) -> None:
    shapes = [plot(x, y, x + w, y + h) for x, y, w, h in cuts]
    given_ = table(*shapes) if shapes else table(plot(0, 0, 1, 1)).iloc[:0]
    plots = approved(plot(0, 0, 100, 100), plot(30, 30, 130, 130))
    found = by_shape(plots, given_)
    cells = {(x + i, y + j) for x, y, w, h in cuts for i in range(w) for j in range(h)}
    for start, row in zip((0, 30), found.table.itertuples(), strict=True):
        held = sum(start <= x < start + 100 and start <= y < start + 100 for x, y in cells)
        assert row.supplied_m2 == pytest.approx(held, rel=NEAR, abs=2)
        assert row.supplied_m2 + row.unsupplied_m2 == pytest.approx(row.approved_m2, abs=1e-6)
    assert found.rest is not None
    drawn = found.rest.to_crs(4550).area.to_numpy()
    assert drawn == pytest.approx(m2(found, "unsupplied_m2"), rel=NEAR, abs=2)


# ---- by register ----------------------------------------------------------------------------

PLOTS = pd.DataFrame(
    {
        "id": ["P1", "P2", "P3", "P4"],
        "name": ["示例甲", "示例甲", "示例乙", "示例丙"],
        "batch": ["一批次", "一批次", "二批次", ""],
        "year": [2022, 2022, 2023, None],
        "unit": ["甲街道", "乙街道", "甲街道", None],
        "document": ["示例1号", "示例1号", "示例2号", ""],
        "area_m2": [40_000.0, 25_000.0, 30_000.0, None],
    }
)
GIVEN = pd.DataFrame(
    {
        "id": ["G1", "G2", "G3", "G4", "G5"],
        "batch": ["一批次", "一批次", "二批次", "九批次", None],
        "year": [2022, 2022, 2023, 2021, None],
        "unit": ["甲街道", "甲街道", "甲街道", "甲街道", "甲街道"],
        "area_m2": [12_000.0, None, 31_000.0, 500.0, 700.0],
    }
)


def told(row: Row) -> tuple[Any, ...]:
    return row.batch, row.year, row.unit, *row.areas_m2, row.plots, row.parcels, row.blank


def test_by_register_rows_are_batch_year_and_unit() -> None:
    found = by_register(PLOTS, GIVEN)
    assert found.basis is Basis.REGISTERED
    assert (found.rest, found.overlap_m2) == (None, None)
    assert found.outside["id"].to_list() == ["G4", "G5"]
    made = sheet(found)
    assert {told(row) for row in made.rows} == {
        ("", "", "", 0, 0, 0, 1, 0, 1),  # the plot without an area: blank, not nothing
        ("一批次", "2022", "甲街道", 40_000, 12_000, 28_000, 1, 2, 1),
        ("一批次", "2022", "乙街道", 25_000, 0, 25_000, 1, 0, 0),
        ("二批次", "2023", "甲街道", 30_000, 31_000, -1_000, 1, 1, 0),  # more than approved
    }
    assert told(made.total) == ("", "", "", 95_000, 43_000, 52_000, 4, 3, 2)
    named = {row.batch: (row.name, row.document) for row in made.rows}
    assert named["二批次"] == ("示例乙", "示例2号")


def test_the_table_by_year_or_unit_has_the_same_total() -> None:
    found = by_register(PLOTS, GIVEN)
    years = sheet(found, ["year"])
    assert [(r.year, *r.areas_m2) for r in years.rows] == [
        ("", 0, 0, 0),
        ("2022", 65_000, 12_000, 53_000),
        ("2023", 30_000, 31_000, -1_000),
    ]
    assert years.rows[1].name == ""
    assert years.total == sheet(found).total == sheet(found, ["unit", "batch"]).total


def test_what_is_printed_adds_up_both_ways() -> None:
    thirds = PLOTS.assign(area_m2=[3_333.0, 3_333.0, 3_334.0, 0.0])
    given_ = GIVEN.assign(area_m2=[1_666.0, 1_667.0, 1_667.0, 0.0, 0.0])
    made = sheet(by_register(thirds, given_), unit=AreaUnit.MU)
    for row in (*made.rows, made.total):
        assert row.approved == row.supplied + row.unsupplied
    assert made.total.approved == Decimal("15.0")  # 10,000 m²
    assert made.total.supplied == Decimal("7.5")  # 5,000 m²
    for name in ("approved", "supplied", "unsupplied"):
        assert sum(getattr(row, name) for row in made.rows) == getattr(made.total, name)
    assert sheet(by_register(thirds, given_), decimals=4).total.approved == Decimal("1.0000")


def test_a_parcel_in_two_plots_is_one_parcel_in_the_total() -> None:
    plots = approved(plot(0, 0, 100, 100), plot(100, 0, 200, 100), batch=["一批次", "二批次"])
    made = sheet(by_shape(plots, table(plot(50, 0, 150, 100))))
    assert [row.parcels for row in made.rows] == [1, 1]
    assert made.total.parcels == 1


def test_a_missing_column_is_told() -> None:
    with pytest.raises(DataError, match="batch、year"):
        by_register(PLOTS.drop(columns=["batch", "year"]), GIVEN)


# ---- from the ledger ------------------------------------------------------------------------


def test_plots_and_parcels_come_from_the_ledger() -> None:
    def parcel(id_: str, status: str, ended: date | None = None, **fields: Any) -> Parcel:
        return Parcel(id_, status, date(2024, 1, 1), fields, ended=ended)

    plots, given_ = batches(
        [
            parcel("A", "approved", batch="一批次", approved_year=2023, area_m2=100.0),
            parcel("B", "started", batch="一批次", approved_year=2023, area_m2=60.0, unit_id="U1"),
            parcel("C", "approved", batch="一批次", ended=date(2024, 2, 1)),
            parcel("D", "supplied", area_m2=1.0),
            parcel("E", "supplied", batch="一批次", approved_year=2023),
        ],
        {"supplied", "started"},
    )
    assert plots["id"].to_list() == ["A", "B", "E"]
    assert given_["id"].to_list() == ["B", "E"]
    total = sheet(by_register(plots, given_)).total
    assert told(total) == ("", "", "", 160, 60, 100, 3, 2, 2)
    empty = batches([], {"supplied"})
    assert sheet(by_register(*empty)).rows == ()


def test_shapes_may_be_points_and_then_cover_nothing() -> None:
    point = stored(Point(EAST + 50, NORTH + 50))
    found = by_shape(approved(plot(0, 0, 100, 100)), table(point))
    assert m2(found, "supplied_m2") == [0]
