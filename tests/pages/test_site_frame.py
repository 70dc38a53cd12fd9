"""Corners of a site as a table: there and back, faults named, systems held to."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Polygon, shape

from geo.errors import DataError
from layers import site_frame

SQUARE = [[122.20, 37.40], [122.21, 37.40], [122.21, 37.41], [122.20, 37.41]]
HOLE = [[122.203, 37.403], [122.206, 37.403], [122.206, 37.406]]
OTHER = [[122.22, 37.40], [122.23, 37.40], [122.23, 37.41]]


def flat(areas: list[list[list[list[float]]]]) -> list[float]:
    return [x for rings in areas for ring in rings for at in ring for x in at]


def test_corners_are_numbered_by_area_and_ring_north_before_east() -> None:
    table = site_frame.corners([[SQUARE, HOLE], [OTHER]])
    assert list(table["area"]) == [1] * 7 + [2] * 3
    assert list(table["ring"]) == [1] * 4 + [2] * 3 + [1] * 3
    assert table["x"].between(4_138_000, 4_145_000).all()
    assert table["y"].between(41_425_000, 41_435_000).all()


def test_the_zone_number_is_what_the_two_systems_differ_by() -> None:
    with_number = site_frame.corners([[SQUARE]], 4529)
    without = site_frame.corners([[SQUARE]], 4550)
    assert (with_number["x"] == without["x"]).all()
    assert ((with_number["y"] - without["y"]).round(3) == 41_000_000).all()


def test_a_site_without_corners_is_an_empty_table_and_back() -> None:
    table = site_frame.corners([])
    assert list(table.columns) == list(site_frame.COLUMNS)
    assert site_frame.areas(table) == []


@given(
    st.lists(st.tuples(st.floats(122.1, 122.5), st.floats(37.2, 37.5)), min_size=3, max_size=12),
    st.sampled_from([4529, 4550]),
)
def test_corners_come_back_to_the_millimetre(ring: list[tuple[float, float]], epsg: int) -> None:
    drawn = [[[list(at) for at in ring]]]
    back = site_frame.areas(site_frame.corners(drawn, epsg), epsg)
    assert flat(back) == pytest.approx(flat(drawn), abs=2e-8)


def test_rows_left_half_empty_are_all_named() -> None:
    table = site_frame.corners([[SQUARE]]).astype(float)
    table.loc[1, "x"] = None
    table.loc[3, "y"] = None
    with pytest.raises(DataError) as fault:
        site_frame.areas(table)
    assert fault.value.code == "SITE_CORNERS"
    assert [one.row for one in fault.value.issues] == [2, 4]


def test_empty_rows_are_passed_over_and_two_corners_are_no_ring() -> None:
    table = site_frame.corners([[SQUARE]]).astype(float)
    longer = pd.concat([table, pd.DataFrame([dict.fromkeys(table)], dtype=float)])
    assert len(site_frame.areas(longer)[0][0]) == 4
    with pytest.raises(DataError, match="三个角点"):
        site_frame.areas(table.head(2))


def test_another_system_is_refused() -> None:
    with pytest.raises(DataError) as fault:
        site_frame.corners([[SQUARE]], 3857)
    assert fault.value.code == "SITE_CRS"


def test_areas_with_holes_become_shapes_and_back() -> None:
    drawn = [[SQUARE, HOLE], [OTHER]]
    found = shape(site_frame.geojson(drawn))
    assert found == MultiPolygon([Polygon(SQUARE, [HOLE]), Polygon(OTHER)])
    assert site_frame.of_geojson(found) == drawn
    assert site_frame.of_geojson(Polygon(SQUARE)) == [[SQUARE]]
