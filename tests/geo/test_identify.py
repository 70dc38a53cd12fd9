"""What lies at a point or in a region, with squares placed by hand."""

import math
from collections.abc import Callable

import pytest
from pyproj import Geod
from shapely import LineString, Point, Polygon, box

from geo import identify, sketch
from geo.errors import DataError
from geo.model import Boundaries, Grade
from geo.zone import Zone

MakeSet = Callable[..., Boundaries]
GEOD = Geod(a=6378137.0, rf=298.257222101)
WEST, EAST = box(122.20, 37.40, 122.21, 37.41), box(122.21, 37.40, 122.22, 37.41)


def east_of(lon: float, lat: float, metres: float) -> Point:
    """A point due east, on the ellipsoid."""
    there = GEOD.fwd(lon, lat, 90, metres)
    return Point(there[0], there[1])


@pytest.fixture
def squares(make_set: MakeSet) -> Boundaries:
    return make_set("parcel", [WEST, EAST, box(122.19, 37.39, 122.23, 37.42)])


def found(known: Boundaries, lon: float, lat: float, tolerance_m: float = 30) -> list[str]:
    return [hit.id for hit in identify.at([known], lon, lat, tolerance_m)]


def test_areas_that_contain_the_point_come_smallest_first(squares: Boundaries) -> None:
    assert found(squares, 122.205, 37.405) == ["S1", "S3"]
    assert found(squares, 122.215, 37.405) == ["S2", "S3"]


def test_a_point_on_a_shared_edge_lies_in_both(squares: Boundaries) -> None:
    assert sorted(found(squares, 122.21, 37.405)) == ["S1", "S2", "S3"]


def test_a_point_just_outside_an_area_is_not_in_it_whatever_the_tolerance(
    squares: Boundaries,
) -> None:
    assert found(squares, 122.20499, 37.4101, 1000) == ["S3"]
    assert found(squares, 122.2301, 37.405, 1000) == []


def test_a_point_in_a_hole_is_not_in_the_area(make_set: MakeSet) -> None:
    ring = Polygon(box(122.19, 37.39, 122.23, 37.42).exterior, [WEST.exterior.coords])
    assert found(make_set("parcel", [ring]), 122.205, 37.405) == []


def test_symbols_and_lines_count_within_the_tolerance_in_metres(make_set: MakeSet) -> None:
    near, far = east_of(122.2, 37.4, 29.5), east_of(122.2, 37.4, 30.5)
    line = LineString([east_of(122.2, 37.4, 10), east_of(122.2, 37.401, 10)])
    known = make_set("station", [far, near, line])
    hits = identify.at([known], 122.2, 37.4, 30)
    assert [hit.id for hit in hits] == ["S3", "S2"]
    # The plane of EPSG:4550 shortens here by about 4 cm a kilometre.
    assert hits[0].distance_m == pytest.approx(10, abs=0.01)
    assert hits[1].distance_m == pytest.approx(29.5, abs=0.01)
    assert found(known, 122.2, 37.4, 31) == ["S3", "S2", "S1"]


def test_symbols_come_before_the_areas_around_them(make_set: MakeSet) -> None:
    known = make_set("park", [WEST, Point(122.205, 37.405)])
    assert found(known, 122.205, 37.405) == ["S2", "S1"]


def test_an_area_is_measured_on_the_ellipsoid_and_a_line_in_metres(make_set: MakeSet) -> None:
    line = LineString([(122.205, 37.405), (122.205, 37.415)])
    area, length = identify.inside([make_set("parcel", [WEST, line])], WEST)
    expected, _ = GEOD.geometry_area_perimeter(WEST.segmentize(0.0005))
    assert area.area_m2 == pytest.approx(abs(expected), rel=1e-6)
    assert area.length_m is None
    assert length.area_m2 is None
    along = GEOD.line_length(*line.segmentize(0.0005).xy)
    assert length.length_m == pytest.approx(along, rel=1e-4)  # EPSG:4550 at 67 km from 123 E


def test_the_share_of_an_area_in_a_region_is_its_part_inside(make_set: MakeSet) -> None:
    region = box(122.205, 37.39, 122.215, 37.42)
    hits = identify.inside([make_set("parcel", [WEST, EAST])], region)
    for hit, part in zip(
        hits, (box(122.205, 37.40, 122.21, 37.41), box(122.21, 37.40, 122.215, 37.41)), strict=True
    ):
        expected, _ = GEOD.geometry_area_perimeter(part.segmentize(0.0005))
        assert hit.share_m2 == pytest.approx(abs(expected), rel=1e-6)
        assert hit.share_m2 == pytest.approx(hit.area_m2 / 2, rel=1e-6)


def test_a_region_that_only_touches_an_edge_does_not_meet_the_area(make_set: MakeSet) -> None:
    known = make_set("parcel", [WEST, Point(122.215, 37.405)])
    hits = identify.inside([known], EAST)
    assert [(hit.id, hit.share_m2) for hit in hits] == [("S2", None)]


def test_a_region_that_crosses_itself_is_refused(squares: Boundaries) -> None:
    bow = Polygon([(122.2, 37.4), (122.21, 37.41), (122.21, 37.4), (122.2, 37.41)])
    with pytest.raises(DataError, match="自相交") as refusal:
        identify.inside([squares], bow)
    assert refusal.value.code == "SELF_INTERSECTION"


@pytest.mark.parametrize("ring", [[], [(1, 2)], [(1, 2), (3, 4)], [(1, 2), (3, 4), (math.nan, 1)]])
def test_a_ring_of_fewer_than_three_points_is_refused(ring: list[tuple[float, float]]) -> None:
    with pytest.raises(DataError, match="三个") as refusal:
        sketch.polygon(ring)
    assert refusal.value.code == "RING"


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [(37.4, 122.2, "POSITION"), (math.nan, 37.4, "POSITION"), (122.2, math.inf, "POSITION")],
)
def test_a_position_that_is_none_is_refused(
    squares: Boundaries, lon: float, lat: float, code: str
) -> None:
    with pytest.raises(DataError) as refusal:
        found(squares, lon, lat)
    assert refusal.value.code == code


@pytest.mark.parametrize("tolerance", [0, -1, math.nan, math.inf])
def test_a_tolerance_that_is_no_distance_is_refused(squares: Boundaries, tolerance: float) -> None:
    with pytest.raises(DataError) as refusal:
        found(squares, 122.2, 37.4, tolerance)
    assert refusal.value.code == "TOLERANCE"


def test_the_ground_of_the_map_is_never_an_answer(make_set: MakeSet) -> None:
    sets = [make_set(name, [WEST]) for name in ("land", "sea", "unit")]
    assert [hit.set for hit in identify.at(sets, 122.205, 37.405, 30)] == ["unit"]
    assert [hit.set for hit in identify.inside(sets, WEST)] == ["unit"]


def test_attributes_nobody_gave_are_empty_and_the_grade_is_the_sources(make_set: MakeSet) -> None:
    (bare,) = identify.at([make_set("parcel", [WEST])], 122.205, 37.405, 30)
    assert (bare.kind, bare.basis, bare.parent, bare.error_m) == ("", "", "", None)
    assert bare.grade is Grade.TRACED
    known = make_set(
        "parcel", [WEST], kind=["宗地"], grade=["surveyed"], error_m=[0.1], declared_m2=[None]
    )
    (full,) = identify.at([known], 122.205, 37.405, 30)
    assert (full.kind, full.grade, full.error_m) == ("宗地", Grade.SURVEYED, 0.1)
    assert full.declared_m2 is None


def test_the_500_mu_park_its_subdistrict_district_and_zone_lie_at_one_point(zone: Zone) -> None:
    hits = {hit.set: hit for hit in zone.identify(122.1717, 37.4198)}
    assert (hits["park"].id, hits["park"].name) == ("P05", "东方智慧谷服务贸易产业园")
    assert (hits["unit"].name, hits["district"].id, hits["zone"].id) == ("凤林街道", "D02", "Z01")
    assert hits["park"].area_m2 == pytest.approx(516 * 2000 / 3, rel=0.01)  # drawn to match 516 mu


def test_a_region_of_the_whole_zone_holds_all_its_units_whole(zone: Zone) -> None:
    west, south, east, north = zone.extent()
    ring = [(west, south), (east, south), (east, north), (west, north)]
    units = [hit for hit in zone.inside(ring) if hit.set == "unit"]
    assert len(units) == 6
    assert all(hit.share_m2 == pytest.approx(hit.area_m2, rel=1e-6) for hit in units)


def test_a_point_at_sea_has_no_feature(zone: Zone) -> None:
    assert zone.identify(122.45, 37.45) == []
