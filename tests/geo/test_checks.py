"""Checks say what is wrong, in which row, by how much; sizes by hand or by another tool."""

import math
import time
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod, Transformer
from shapely import LineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from geo.checks import between, extent, ring, shape, text
from geo.errors import Issue
from geo.units import AreaUnit

GEOD = Geod(a=6378137.0, rf=298.257222101)
EAST, NORTH = 429_000.0, 4_143_000.0  # in the zone, metres of EPSG:4550
TO_DEGREES = Transformer.from_crs(4550, 4490, always_xy=True)


def ground(shape_m: BaseGeometry) -> BaseGeometry:
    """A shape drawn in metres from a corner in the zone, as longitude and latitude."""
    return shapely.transform(
        shape_m,
        lambda xy: np.column_stack(TO_DEGREES.transform(xy[:, 0] + EAST, xy[:, 1] + NORTH)),
    )


def many(*shapes: BaseGeometry | None) -> tuple[np.ndarray, np.ndarray]:
    array = np.array([*shapes, None], dtype=object)[:-1]
    return array, np.arange(11, 11 + len(array))


def codes(issues: Sequence[Issue]) -> list[tuple[str, int, str]]:
    return [(one.code, one.row, one.severity) for one in issues]


def found_overlaps(*shapes: BaseGeometry) -> list[tuple[int, int, float]]:
    return [(one.first, one.second, one.m2) for one in between.overlaps(many(*shapes)[0])]


BOW_TIE = Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])


def test_a_bow_tie_is_mended_into_two_triangles_and_both_areas_are_told() -> None:
    shapes, rows = many(ground(box(20, 20, 30, 30)), ground(BOW_TIE))
    found = shape.mended(shapes, rows, repair=True)
    assert codes(found.issues) == [("SELF_INTERSECTION", 12, "warning")]
    mend = found.mends[0]
    assert mend.before_m2 == pytest.approx(0, abs=0.01)  # the lobes cancel
    assert mend.after_m2 == pytest.approx(50, rel=1e-3)  # two triangles of 10 by 5
    assert "蝴蝶结" in found.issues[0].message
    assert found.shapes[1].is_valid
    assert found.shapes[0] is shapes[0]


def test_unmended_shapes_are_errors_and_are_left_out() -> None:
    shapes, rows = many(ground(BOW_TIE))
    found = shape.mended(shapes, rows, repair=False)
    assert codes(found.issues) == [("SELF_INTERSECTION", 11, "error")]
    assert found.shapes.tolist() == [None]
    assert found.mends[0].after_m2 == pytest.approx(50, rel=1e-3)


@pytest.mark.parametrize(
    ("drawn", "code", "after"),
    [
        (Polygon(box(0, 0, 10, 10).exterior, [box(20, 20, 22, 22).exterior]), "HOLE_OUTSIDE", 104),
        (
            Polygon(
                box(0, 0, 10, 10).exterior, [box(1, 1, 9, 9).exterior, box(2, 2, 3, 3).exterior]
            ),
            "HOLES_NESTED",
            36,
        ),
        (shapely.MultiPolygon([box(0, 0, 10, 10), box(2, 2, 4, 4)]), "PARTS_NESTED", 100),
        (Polygon([(0, 0), (5, 5), (10, 0), (10, 10), (5, 5), (0, 10)]), "SELF_INTERSECTION", 50),
    ],
)
def test_each_kind_of_invalid_shape_has_its_name(drawn: Polygon, code: str, after: float) -> None:
    shapes, rows = many(ground(drawn))
    found = shape.mended(shapes, rows, repair=True)
    assert codes(found.issues) == [(code, 11, "warning")]
    assert found.mends[0].after_m2 == pytest.approx(after, rel=1e-3)


def test_what_is_no_shape_or_no_number_is_an_error_of_its_row() -> None:
    nan = shapely.set_coordinates(Point(0, 0), [[np.nan, 37.4]])
    mixed = shapely.GeometryCollection([Point(122, 37)])
    flat = Polygon([(122, 37), (122.1, 37), (122, 37)])
    shapes, rows = many(
        None, Polygon(), nan, Point(4_143_000, 429_000), mixed, flat, Point(122, 37)
    )
    found = shape.mended(shapes, rows, repair=True)
    assert codes(found.issues) == [
        ("GEOMETRY_EMPTY", 11, "error"),
        ("GEOMETRY_EMPTY", 12, "error"),
        ("NON_FINITE", 13, "error"),
        ("OUT_OF_RANGE", 14, "error"),
        ("GEOMETRY_TYPE", 15, "error"),
        ("TOO_FEW_POINTS", 16, "error"),
    ]
    assert [one is None for one in found.shapes] == [True] * 6 + [False]


def test_a_spike_is_told_with_its_length_and_an_honest_corner_is_not() -> None:
    spiked = Polygon([(0, 0), (10, 0), (10, 5), (40, 5.05), (10, 5.1), (10, 10), (0, 10)])
    wedge = Polygon([(50, 0), (60, 0), (60, 1)])  # a corner of 5.7 degrees
    shapes, rows = many(ground(spiked), ground(wedge), ground(LineString([(0, 0), (9, 9)])))
    issues = list(shape.oddities(ring.edges(shapes), rows))
    assert codes(issues) == [("SPIKE", 11, "warning")]
    assert "30.00 米" in issues[0].message


def test_points_less_than_a_millimetre_apart_are_counted() -> None:
    twice = Polygon([(0, 0), (10, 0), (10, 0), (10, 10), (10, 10.0005), (0, 10)])
    shapes, rows = many(ground(twice))
    issues = list(shape.oddities(ring.edges(shapes), rows))
    assert codes(issues) == [("REPEATED_POINT", 11, "info")]
    assert issues[0].message.startswith("2 个点")


def test_the_same_shape_is_found_however_it_is_drawn() -> None:
    one = ground(box(0, 0, 10, 10))
    turned = Polygon([*one.exterior.coords[2:-1], *one.exterior.coords[:3]][::-1])
    shapes, rows = many(one, ground(box(0, 0, 10, 11)), turned, None)
    issues = list(between.twins(shapes, rows))
    assert codes(issues) == [("DUPLICATE_SHAPE", 13, "warning")]
    assert "第 11 行" in issues[0].message


def test_an_overlap_is_measured_in_square_metres() -> None:
    found = found_overlaps(
        ground(box(0, 0, 10, 10)), ground(box(8, 0, 20, 10)), ground(box(20, 0, 30, 10))
    )
    assert [one[:2] for one in found] == [(0, 1)]
    assert found[0][2] == pytest.approx(20, rel=1e-3)


def test_one_inside_another_and_twins_overlap_in_full() -> None:
    big, small = ground(box(0, 0, 30, 30)), ground(box(10, 10, 20, 20))
    found = found_overlaps(big, small, small)
    assert [one[:2] for one in found] == [(0, 1), (0, 2), (1, 2)]
    assert [one[2] for one in found] == pytest.approx([100, 100, 100], rel=1e-3)


def test_neighbours_that_touch_do_not_overlap_and_a_millimetre_is_the_limit() -> None:
    left = ground(box(0, 0, 10, 10))
    assert found_overlaps(left, ground(box(10, 0, 20, 10))) == []
    assert found_overlaps(left, ground(box(9.9995, 0, 20, 10))) == []
    assert len(found_overlaps(left, ground(box(9.99, 0, 20, 10)))) == 1


def test_a_corner_on_a_long_edge_of_the_neighbour_is_no_overlap() -> None:
    """2 km edges: straight in the plane they bow by 6 cm in degrees."""
    long = ground(box(0, 0, 2000, 100))
    halves = [ground(box(0, 100, 1000, 200)), ground(box(1000, 100, 2000, 200))]
    assert found_overlaps(long, *halves) == []


def test_two_tilings_laid_over_each_other_are_found_cell_by_cell() -> None:
    """Inner cells of a tiling share every edge with a neighbour, so they are found last."""
    one = [ground(box(i, j, i + 10, j + 10)) for i in range(0, 50, 10) for j in range(0, 50, 10)]
    two = [
        ground(box(i + 5, j + 5, i + 15, j + 15))
        for i in range(0, 50, 10)
        for j in range(0, 50, 10)
    ]
    found = found_overlaps(*one, *two)
    # Each shifted cell meets 4 cells, less those beyond the far edges: 4·16 + 2·8 + 1.
    assert len(found) == 81
    assert all(m2 == pytest.approx(25, rel=1e-3) for _, _, m2 in found)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(*[st.integers(0, 12)] * 2, *[st.integers(1, 5)] * 2), min_size=2, max_size=9)
)
def test_overlaps_are_those_of_rectangles_by_hand(cells: list[tuple[int, int, int, int]]) -> None:
    shapes = [ground(box(x * 10, y * 10, (x + w) * 10, (y + h) * 10)) for x, y, w, h in cells]
    expected = {}
    for i, (x, y, w, h) in enumerate(cells):
        for j, (a, b, c, d) in enumerate(cells[i + 1 :], i + 1):
            wide, high = min(x + w, a + c) - max(x, a), min(y + h, b + d) - max(y, b)
            if wide > 0 and high > 0:
                expected[i, j] = pytest.approx(wide * high * 100, rel=1e-3)
    assert {(i, j): m2 for i, j, m2 in found_overlaps(*shapes)} == expected


def test_a_gap_is_told_with_area_and_width_and_a_sliver_by_its_row() -> None:
    shapes, rows = many(
        *(ground(one) for one in (box(0, 0, 10, 30), box(20, 0, 30, 30), box(0, 30, 30, 40))),
        ground(box(0, -10, 30, 0)),
        ground(box(40, 0, 40.5, 30)),
    )
    gap = list(between.gaps(shapes))
    assert codes(gap) == [("GAP", 0, "warning")]
    assert "300.0 ㎡" in gap[0].message
    assert "7.500 米" in gap[0].message  # 2·300 / 80
    assert codes(list(between.slivers(shapes, rows))) == [("SLIVER", 15, "warning")]


def test_what_an_outline_holds_uncovered_is_a_gap() -> None:
    shapes, _ = many(ground(box(0, 0, 10, 10)))
    left = list(between.gaps(shapes, outline=ground(box(0, 0, 10, 12))))
    assert [one.code for one in left] == ["GAP"]
    assert "20.0 ㎡" in left[0].message


def test_every_row_of_a_repeated_id_is_listed() -> None:
    issues = list(text.id_issues(["a", "b", "a", "a"], np.array([2, 3, 4, 5])))
    assert codes(issues) == [("DUPLICATE_ID", row, "error") for row in (2, 4, 5)]
    assert all("第 2、4、5 行" in one.message for one in issues)


def test_control_characters_are_named_with_row_and_field() -> None:
    table = pd.DataFrame({"名称": ["甲", "乙\x00", "丙\u200b", None], "数": [1, 2, 3, 4]})
    issues = list(text.control_issues(table, np.array([1, 2, 3, 4])))
    assert [(one.code, one.row, one.field, one.value) for one in issues] == [
        ("TEXT_CONTROL", 2, "名称", "\\u4e59\\x00")
    ]


@pytest.mark.parametrize(
    ("column", "per", "unit", "named"),
    [
        ("面积（亩）", 2000 / 3, AreaUnit.MU, True),
        ("宗地面积_公顷", 10_000, AreaUnit.HA, True),
        ("TBMJ", 1, AreaUnit.M2, False),
        ("面积", 10_000, AreaUnit.HA, False),
        ("area_m2", 1, AreaUnit.M2, True),
        ("用地面积(平方公里)", 1e6, AreaUnit.KM2, True),
    ],
)
def test_the_unit_of_stated_areas_is_read_or_found(
    column: str, per: float, unit: AreaUnit, named: bool
) -> None:
    areas = np.array([10_000.0, 25_000.0, 3_000.0])
    table = pd.DataFrame({"建筑面积": areas * 3, column: [f"{one / per:.6f}" for one in areas]})
    found = extent.stated(table, areas)
    assert found is not None
    assert (found.column, found.unit, found.named) == (column, unit, named)
    assert found.m2 == pytest.approx(areas, rel=1e-3)


def test_a_nameless_unit_that_fits_nothing_is_not_guessed() -> None:
    table = pd.DataFrame({"面积": [5.0, 7.0]})
    assert extent.stated(table, np.array([10_000.0, 10_000.0])) is None


def test_stated_areas_off_by_more_than_a_hundredth_are_told() -> None:
    areas = np.array([10_000.0, 10_000.0, 10.0, 10_000.0])
    said = np.array([10_099.0, 10_101.0, 10.9, np.nan])  # the third is off by less than 1 m²
    issues = list(extent.stated_issues(said, areas, np.array([1, 2, 3, 4]), "面积"))
    assert codes(issues) == [("DECLARED_AREA", 2, "warning")]
    assert "+1.0 %" in issues[0].message


def test_distance_outside_the_zone_is_that_on_the_ground() -> None:
    zone = box(122.1, 37.3, 122.3, 37.5)
    shapes, rows = many(Point(122.2, 37.4), Point(122.2, 37.51), None)
    issues = list(extent.zone_issues(shapes, rows, zone))
    assert codes(issues) == [("OUTSIDE_ZONE", 12, "warning")]
    _, _, far = GEOD.inv(122.2, 37.5, 122.2, 37.51)
    assert float(issues[0].value) == pytest.approx(far, rel=5e-3)  # its edge bows by 5 m


def test_a_file_that_lies_wholly_elsewhere_is_refused_with_the_distance() -> None:
    zone = box(122.1, 37.3, 122.3, 37.5)
    shapes, rows = many(Point(119.2, 37.4), Point(119.3, 37.4))
    issues = list(extent.zone_issues(shapes, rows, zone))
    assert codes(issues) == [("OUTSIDE_ZONE", 0, "error")]
    _, _, far = GEOD.inv(122.1, 37.4, 119.3, 37.4)
    assert float(issues[0].value) == pytest.approx(far, rel=2e-3)


def test_more_than_25_square_kilometres_of_detail_may_be_secret() -> None:
    assert not list(extent.secrecy_issues([12.4e6, 12.5e6], 2))
    assert [one.code for one in extent.secrecy_issues([12.6e6, 12.5e6], 2)] == ["SECRECY_25KM2"]


def test_a_hundred_thousand_neighbours_are_compared_in_seconds() -> None:
    side, step = 316, 50.0
    corners = np.arange(side + 1) * step
    x, y = np.meshgrid(corners, corners)
    lon, lat = TO_DEGREES.transform(x.ravel() + EAST - 8000, y.ravel() + NORTH - 8000)
    at = np.column_stack([lon, lat]).reshape(side + 1, side + 1, 2)
    rings = np.stack([at[:-1, :-1], at[:-1, 1:], at[1:, 1:], at[1:, :-1]], axis=2)
    shapes = shapely.polygons(rings.reshape(-1, 4, 2))
    shapes[500] = shapely.transform(shapes[500], lambda xy: xy + 1e-5)
    start = time.perf_counter()
    found = between.overlaps(shapes)
    assert time.perf_counter() - start < 15  # about 1 s alone; generous for a busy machine
    assert {500} == set.intersection(*({one.first, one.second} for one in found))
    assert math.isclose(sum(one.m2 for one in found), 50 * 50 - 49.1 * 48.9, rel_tol=0.2)
