"""Ellipsoid areas of shapes in the plane, held to a geodesic polygon of very short edges."""

import numpy as np
import pytest
import shapely

from geo import measure

EAST, NORTH = 430_000.0, 4_143_000.0  # near the zone, EPSG:4550
SHAPES = [
    shapely.box(EAST, NORTH, EAST + 200, NORTH + 150),
    shapely.box(EAST, NORTH, EAST + 200, NORTH + 150).reverse(),
    shapely.Point(EAST, NORTH).buffer(800).difference(shapely.Point(EAST, NORTH).buffer(300)),
    shapely.MultiPolygon(
        [shapely.box(EAST + x, NORTH, EAST + x + 900, NORTH + 90) for x in (0, 2_000)]
    ),
    shapely.box(EAST, NORTH, EAST + 40_000, NORTH + 40_000),
    shapely.box(EAST + 69_000, NORTH, EAST + 71_000, NORTH + 1_000),  # over the meridian
]


@pytest.mark.parametrize("plane", SHAPES)
def test_an_area_is_that_of_a_geodesic_polygon_of_short_edges(plane: shapely.Geometry) -> None:
    fine = measure.to_stored(shapely.segmentize(plane, 5))
    geodesic = measure.GEOD.geometry_area_perimeter(shapely.orient_polygons(fine))[0]
    found = measure.ellipsoid_areas(np.array([plane]))
    assert found == pytest.approx([abs(geodesic)], rel=2e-8)


def test_many_shapes_have_the_areas_of_each_and_what_is_no_area_has_none() -> None:
    low = [shapely.Point(EAST, NORTH), shapely.LineString([(0, 0), (1, 1)]), shapely.Polygon()]
    many = measure.ellipsoid_areas(np.array([SHAPES[0], *low, *SHAPES[1:]], dtype=object))
    each = [measure.ellipsoid_areas(np.array([one]))[0] for one in SHAPES]
    assert list(many[1:4]) == [0, 0, 0]
    assert many[[0, 4, 5, 6, 7, 8]] == pytest.approx(each, rel=1e-12)
    assert measure.ellipsoid_areas(np.empty(0, dtype=object)).shape == (0,)


def test_lengths_in_the_plane_are_plain_lengths() -> None:
    path = shapely.LineString([(EAST, NORTH), (EAST + 3, NORTH + 4)])
    assert measure.plane_lengths(np.array([path])) == pytest.approx([5.0])
