"""Measures against truths found another way: the official area formula, published test points,
circles and squares whose size is known beforehand."""

import itertools
import math
from collections.abc import Sequence

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod, Transformer
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from geo import measure
from geo.errors import DataError

LON, LAT = 122.20, 37.42
SIDE_500_MU = math.sqrt(500 * 2000 / 3)  # 577.350 m
E2 = 2 / 298.257222101 - 1 / 298.257222101**2  # first eccentricity squared of CGCS2000
POLAR = 6378137.0 * (1 - 1 / 298.257222101)
ONTO_EARTH = Transformer.from_crs("EPSG:4550", "EPSG:4490", always_xy=True)
near_weihai = st.tuples(st.floats(121.6, 122.8), st.floats(36.9, 37.6))


def under_edges(points: Sequence[tuple[float, float]]) -> float:
    """Ellipsoid area in m² by the formula of 国土调查办发〔2008〕32号, coded from the notice.

    Trapezia between each edge and a meridian, added with their sign; points in degrees.
    """
    a = 1 + 3 / 6 * E2 + 30 / 80 * E2**2 + 35 / 112 * E2**3 + 630 / 2304 * E2**4
    b = 1 / 6 * E2 + 15 / 80 * E2**2 + 21 / 112 * E2**3 + 420 / 2304 * E2**4
    c = 3 / 80 * E2**2 + 7 / 112 * E2**3 + 180 / 2304 * E2**4
    d = 1 / 112 * E2**3 + 45 / 2304 * E2**4
    e = 5 / 2304 * E2**4
    terms = ((a, 1), (-b, 3), (c, 5), (-d, 7), (e, 9))
    total = []
    for (lon1, lat1), (lon2, lat2) in itertools.pairwise(points):
        width = math.radians((lon1 + lon2) / 2 - 122)  # mean distance from a meridian nearby
        half, middle = math.radians(lat2 - lat1) / 2, math.radians(lat1 + lat2) / 2
        series = (k * math.sin(n * half) * math.cos(n * middle) for k, n in terms)
        total.append(2 * POLAR**2 * width * math.fsum(series))
    return abs(math.fsum(total))


def by_the_notice(ring: Sequence[tuple[float, float]]) -> float:
    """The official area of a ring given in EPSG:4550: edges cut below 70 m, then the formula."""
    cut: list[tuple[float, float]] = []
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        parts = int(math.hypot(x2 - x1, y2 - y1) / 70) + 1
        cut += [(x1 + (x2 - x1) * k / parts, y1 + (y2 - y1) * k / parts) for k in range(parts)]
    lons, lats = ONTO_EARTH.transform(*zip(*[*cut, ring[0]], strict=True))
    return under_edges(list(zip(lons, lats, strict=True)))


def square(side: float, east: float = 429_183.636, north: float = 4_143_423.670) -> Polygon:
    return box(east, north, east + side, north + side)


def stored(plane: BaseGeometry) -> BaseGeometry:
    return shapely.transform(
        plane, lambda xy: np.column_stack(ONTO_EARTH.transform(xy[:, 0], xy[:, 1]))
    )


@pytest.mark.parametrize(
    ("epsg", "east", "north"),
    [
        (4550, 429_183.636, 4_143_423.670),
        (4529, 41_429_183.636, 4_143_423.670),
        (4549, 694_755.966, 4_145_395.920),
        (4528, 40_694_755.966, 4_145_395.920),
    ],
)
def test_a_published_point_lands_on_its_published_coordinates(
    epsg: int, east: float, north: float
) -> None:
    point = measure.project(Point(LON, LAT), 4490, epsg)
    assert (point.x, point.y) == pytest.approx((east, north), abs=0.0006)


def test_northing_comes_first_and_easting_carries_the_zone() -> None:
    assert measure.northing_easting(LON, LAT) == pytest.approx(
        (4_143_423.670, 41_429_183.636), abs=0.0006
    )
    assert measure.northing_easting(LON, LAT, prefixed=False) == pytest.approx(
        (4_143_423.670, 429_183.636), abs=0.0006
    )


@pytest.mark.parametrize(
    ("zone", "prefixed", "epsg"),
    [
        *((40, True, 4528), (40, False, 4549), (41, True, 4529), (41, False, 4550)),
        *((25, True, 4513), (25, False, 4534), (45, True, 4533), (45, False, 4554)),
    ],
)
def test_zones_have_their_epsg_codes(zone: int, prefixed: bool, epsg: int) -> None:
    assert measure.plane_epsg(zone, prefixed=prefixed) == epsg


@pytest.mark.parametrize("zone", [24, 46, 0, -1])
def test_zones_outside_china_are_refused(zone: int) -> None:
    with pytest.raises(DataError) as refused:
        measure.plane_epsg(zone, prefixed=True)
    assert refused.value.code == "ZONE_NUMBER"
    assert str(zone) in str(refused.value)


@pytest.mark.parametrize(
    ("lon", "zone"), [(122.2, 41), (121.5, 41), (121.49999, 40), (118.5, 40), (124.5, 42)]
)
def test_a_longitude_falls_in_its_zone(lon: float, zone: int) -> None:
    assert measure.zone_of(lon) == zone


@pytest.mark.parametrize("epsg", [4610, 2365, 2386, 4214, 2417, 2438])
def test_xian_80_and_beijing_54_are_refused_because_nobody_published_parameters(epsg: int) -> None:
    with pytest.raises(DataError) as refused:
        measure.transformer(epsg, 4490)
    assert refused.value.code == "DATUM_NEEDS_PARAMETERS"
    assert str(epsg) in str(refused.value)


def test_a_square_of_500_mu_has_the_area_of_the_official_formula() -> None:
    plane = square(SIDE_500_MU)
    official = by_the_notice(list(plane.exterior.coords))
    assert measure.area_m2(stored(plane)) == pytest.approx(official, abs=0.001)


def test_a_region_as_large_as_the_zone_has_the_area_of_the_official_formula() -> None:
    plane = Polygon(
        [(424_000, 4_130_000), (441_500, 4_129_200), (443_000, 4_146_100), (425_300, 4_145_000)]
    )
    official = by_the_notice(list(plane.exterior.coords))
    assert 270e6 < official < 300e6
    assert measure.area_m2(stored(plane)) == pytest.approx(official, abs=1)


@pytest.mark.parametrize(("from_meridian", "wider"), [(75_250, 46.5), (70_500, 40.8)])
def test_the_plane_shows_500_mu_larger_than_the_ellipsoid_by_the_law_of_the_projection(
    from_meridian: float, wider: float
) -> None:
    """By hand: 333,333 m² x (distance from the meridian / 6,372,500 m mean radius)²."""
    shape = stored(square(SIDE_500_MU, 500_000 - from_meridian - SIDE_500_MU / 2))
    assert measure.plane_area_m2(shape) == pytest.approx(500 * 2000 / 3, abs=0.001)
    assert measure.plane_area_m2(shape) - measure.area_m2(shape) == pytest.approx(wider, abs=0.05)


def test_a_hole_is_left_out_and_parts_are_added() -> None:
    outer, hole, other = square(900), square(300, 429_400, 4_143_600), square(200, 431_000)
    shape = stored(MultiPolygon([Polygon(outer.exterior, [hole.exterior]), other]))
    by_hand = sum(
        sign * by_the_notice(list(ring.exterior.coords))
        for sign, ring in ((1, outer), (-1, hole), (1, other))
    )
    assert measure.area_m2(shape) == pytest.approx(by_hand, abs=0.002)


def test_the_turn_of_a_ring_does_not_matter() -> None:
    shape = stored(square(500))
    assert measure.area_m2(shape.reverse()) == pytest.approx(measure.area_m2(shape), abs=1e-6)


@pytest.mark.parametrize(
    "shape", [Point(LON, LAT), LineString([(122, 37), (122.1, 37)]), Polygon()], ids=str
)
def test_what_has_no_inside_has_no_area(shape: BaseGeometry) -> None:
    assert measure.area_m2(shape) == 0


def test_many_areas_and_lengths_at_once_are_those_taken_one_by_one() -> None:
    planes = [square(side, 425_000 + 40 * side, 4_130_000) for side in (10, 77, 250, 577.35, 9000)]
    shapes = [stored(plane) for plane in planes]
    official = [by_the_notice(list(plane.exterior.coords)) for plane in planes]
    assert measure.areas_m2(shapes) == pytest.approx(official, rel=1e-8)
    around = [4 * side for side in (10, 77, 250, 577.35, 9000)]
    assert measure.lengths_m(shapes) == pytest.approx(around, abs=0.001)


def test_lengths_and_distances_are_those_of_the_plane() -> None:
    line = stored(LineString([(430_000, 4_140_000), (430_300, 4_140_400), (430_300, 4_141_000)]))
    assert measure.length_m(line) == pytest.approx(500 + 600, abs=0.001)
    assert measure.length_m(stored(square(250))) == pytest.approx(1000, abs=0.001)
    there = stored(Point(430_000 - 30, 4_140_000 - 40))
    assert measure.distance_m(line, there) == pytest.approx(50, abs=0.001)
    assert measure.distance_m(line, line) == 0


def test_a_circle_of_a_kilometre_has_nearly_the_area_of_pi_r_squared() -> None:
    around = measure.circle(LON, LAT, 1000)
    sides = 128  # a circle is drawn with 32 chords a quarter
    polygon = sides / 2 * 1000**2 * math.sin(2 * math.pi / sides)
    assert measure.plane_area_m2(around) == pytest.approx(polygon, rel=1e-9)
    assert measure.plane_area_m2(around) == pytest.approx(math.pi * 1000**2, rel=0.0005)
    assert around.exterior.is_ring


@pytest.mark.parametrize("radius", [0.0, -5.0, math.nan])
def test_a_circle_needs_a_radius(radius: float) -> None:
    with pytest.raises(DataError) as refused:
        measure.circle(LON, LAT, radius)
    assert refused.value.code == "RADIUS"


def test_growing_by_metres_adds_a_rim_of_that_width() -> None:
    grown = measure.grow(stored(square(400)), 50)
    rim = 400 * 400 + 4 * 400 * 50 + math.pi * 50**2
    assert measure.plane_area_m2(grown) == pytest.approx(rim, rel=0.0005)
    assert measure.plane_area_m2(measure.grow(stored(square(400)), -50)) == pytest.approx(
        300 * 300, rel=1e-6
    )


def test_bearings_run_clockwise_from_north() -> None:
    step = 0.001
    path = [(LON, LAT), (LON, LAT + step), (LON + step, LAT + step), (LON + step, LAT), (LON, LAT)]
    assert [round(leg.bearing_deg, 2) for leg in measure.legs(path)] == [0.0, 90.0, 180.0, 270.0]


def test_a_leg_measures_the_side_of_a_known_right_triangle() -> None:
    corners = [(430_000.0, 4_140_000.0), (430_300.0, 4_140_000.0), (430_300.0, 4_140_400.0)]
    path = [ONTO_EARTH.transform(*corner) for corner in corners]
    east, north = measure.legs(path)
    assert (east.length_m, north.length_m) == pytest.approx((300, 400), abs=0.001)
    assert measure.legs(path[:1]) == ()


def test_one_kilometre_on_the_ground_is_one_kilometre() -> None:
    """Against the geodesic: the plane stretches by at most 1 in 16,000 within the zone."""
    lon, lat, _ = Geod(ellps="GRS80").fwd(LON, LAT, 33, 1000)
    (leg,) = measure.legs([(LON, LAT), (lon, lat)])
    assert leg.length_m == pytest.approx(1000, abs=0.07)
    assert leg.bearing_deg == pytest.approx(33, abs=1e-6)


@given(near_weihai)
def test_going_to_the_plane_and_back_moves_nothing(at: tuple[float, float]) -> None:
    there_and_back = measure.to_stored(measure.to_plane(Point(at)))
    assert (there_and_back.x, there_and_back.y) == pytest.approx(at, abs=1e-9)


@given(near_weihai, st.floats(5, 3000), st.floats(5, 3000))
def test_any_rectangle_has_the_area_of_the_official_formula(
    at: tuple[float, float], width: float, height: float
) -> None:
    east, north = Transformer.from_crs(4490, 4550, always_xy=True).transform(*at)
    plane = box(east, north, east + width, north + height)
    official = by_the_notice(list(plane.exterior.coords))
    assert measure.area_m2(stored(plane)) == pytest.approx(official, rel=1e-8, abs=0.001)
