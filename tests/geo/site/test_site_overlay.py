"""The overlay itself: shapes that GEOS refuses, sets that overlap themselves, and slivers."""

import numpy as np
import pytest
import shapely

from geo import measure, site
from geo.site import overlay
from tests.geo.site.squares import DAY, EAST, NORTH, asked, layer, only, plane, square


def test_a_pair_that_geos_refuses_is_mended_and_the_others_keep_their_answer() -> None:
    # a bow tie of two triangles of 25 m² each, and a square over its left half
    tie = shapely.Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])
    ones = np.array([tie, plane(0, 0, 10)], dtype=object)
    others = np.array([shapely.box(0, 0, 5, 10), plane(4, 0, 10)], dtype=object)
    with pytest.raises(shapely.errors.GEOSException):
        shapely.intersection(ones, others)
    found = measure.plane_areas(overlay.intersect(ones, others))
    assert found == pytest.approx([25, 60], abs=1e-6)


def test_what_is_left_where_edges_touch_is_no_area() -> None:
    mixed = shapely.GeometryCollection(
        [shapely.box(0, 0, 2, 2), shapely.LineString([(5, 0), (6, 0)])]
    )
    line = shapely.LineString([(0, 0), (1, 0)])
    found = overlay.areas_only(np.array([mixed, line], dtype=object))
    assert measure.plane_areas(found) == pytest.approx([4, 0])


def test_a_sliver_is_small_or_narrow() -> None:
    shapes = [plane(0, 0, 2), plane(0, 0, 0.9), plane(0, 0, 0.08, 100)]
    both = shapely.union_all([plane(0, 0, 0.08, 100), plane(50, 0, 3)])
    found = overlay.solid(np.array([*shapes, both], dtype=object), 1.0, 0.1)
    assert list(found) == [True, False, False, True]


def test_a_rounded_strip_never_falls_short_of_the_circle() -> None:
    ground = plane(-300, -300, 600)
    corner = np.array([shapely.Point(EAST, NORTH)])
    found = overlay.strip(ground, corner, np.array([200.0]))
    circle = np.pi * 200**2
    assert circle <= measure.plane_areas(np.array([found]))[0] <= circle * 1.0002
    rest = overlay.without(ground, found)
    assert 200 <= shapely.distance(rest, corner[0]) <= 200.05


@pytest.mark.parametrize(
    ("more", "apart"),
    [
        ([], True),
        ([square(150, 30, 40)], True),  # touches along a part of an edge
        ([square(20, 20, 10)], False),  # lies wholly in another
        ([square(0, 0, 50)], False),  # is another
        ([square(149, 0, 50)], False),
    ],
)
def test_a_look_at_whether_a_set_overlaps_itself_changes_no_answer(
    more: list[shapely.Geometry], apart: bool
) -> None:
    given = layer("farmland", [square(x, y, 50) for x in (0, 50, 100) for y in (0, 50)] + more)
    looked = site.LayerInput(given.boundaries, site.prepare(given.boundaries, look=True))
    assert looked.prepared.apart is apart
    assert not given.prepared.apart
    areas = []
    for one in (given, looked):
        report = site.check(asked(), {"farmland": one}, only("farmland"), DAY)
        assert report.findings[0].overlap_plane_m2 == pytest.approx(10_000, abs=1e-4)
        assert measure.plane_area_m2(report.findings[0].region) == pytest.approx(10_000, abs=1e-4)
        areas.append(report.findings[0].overlap_m2)
    assert areas[0] == pytest.approx(areas[1], rel=1e-9)
