"""Numbers of what a person draws, against pyproj and by hand."""

import math

import pytest
from pyproj import Geod

from geo import sketch
from geo.errors import DataError

GEOD = Geod(a=6378137.0, rf=298.257222101)
CORNERS = [(122.20, 37.40), (122.21, 37.40), (122.21, 37.41), (122.20, 37.41)]


def test_a_line_has_a_length_and_the_bearing_of_its_last_leg_and_no_area() -> None:
    told = sketch.measured([(122.2, 37.4), (122.2, 37.41), (122.21, 37.41)], "line")
    metres = GEOD.line_length([122.2, 122.2, 122.21], [37.4, 37.41, 37.41])
    # At 0.8 degrees from its meridian the plane is 58 ppm longer than the ground.
    assert told["length_m"] == pytest.approx(metres, rel=1e-4)
    assert told["bearing_deg"] == pytest.approx(90, abs=0.01)
    assert (told["area_m2"], told["plane_m2"], told["ring"]) == (None, None, None)


def test_an_area_is_told_on_the_ellipsoid_and_in_the_plane_with_its_perimeter() -> None:
    told = sketch.measured(CORNERS, "area")
    lons, lats = zip(*CORNERS, strict=True)
    area, around = GEOD.polygon_area_perimeter(lons, lats)
    assert told["area_m2"] == pytest.approx(abs(area), rel=1e-5)
    assert told["plane_m2"] == pytest.approx(abs(area) * (1 + 2 * 58e-6), rel=3e-5)
    assert told["length_m"] == pytest.approx(around, rel=1e-4)
    assert told["bearing_deg"] is None


def test_an_area_of_two_points_is_still_a_line() -> None:
    told = sketch.measured(CORNERS[:2], "area")
    assert told["area_m2"] is None
    assert told["bearing_deg"] == pytest.approx(90, abs=0.01)


def test_an_area_that_crosses_itself_has_no_area() -> None:
    crossed = [CORNERS[0], CORNERS[2], CORNERS[1], CORNERS[3]]
    told = sketch.measured(crossed, "area")
    assert (told["area_m2"], told["plane_m2"]) == (None, None)


def test_a_circle_goes_through_its_second_point_and_comes_back_as_a_ring() -> None:
    told = sketch.measured(CORNERS[:2], "circle")
    radius = told["length_m"]
    assert isinstance(radius, float)
    # 128 corners on the circle: 0.04 % less than the disc.
    disc = 64 * math.sin(2 * math.pi / 128) * radius**2
    assert told["plane_m2"] == pytest.approx(disc, rel=1e-6)
    ring = told["ring"]
    assert isinstance(ring, list)
    assert (len(ring), ring[0]) == (129, ring[-1])


@pytest.mark.parametrize("points", [[], CORNERS[:1], [*CORNERS[:2], (math.nan, 37.4)]])
@pytest.mark.parametrize("shape", ["line", "area", "circle"])
def test_less_than_two_sound_points_cannot_be_measured(
    points: list[tuple[float, float]], shape: str
) -> None:
    with pytest.raises(DataError, match="两个有效的点") as refusal:
        sketch.measured(points, shape)
    assert refusal.value.code == "POINTS"
