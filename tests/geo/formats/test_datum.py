"""Coordinates of unknown origin: what lands in the zone is offered, nothing is assumed."""

import math

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import CRS, Transformer
from shapely.geometry import Point, Polygon, box

from geo.errors import DataError
from geo.formats import datum, datum_shift, gauss
from geo.formats.datum_names import Named, named
from geo.formats.datum_shift import Four, Seven, with_parameters

ZONE = box(122.08, 37.27, 122.46, 37.47)
# cs2cs: 122.20 E 37.42 N in the planes of meridians 123 and 120
EAST_123, NORTH_123 = 429183.636, 4143423.670
EAST_120, NORTH_120 = 694755.966, 4145395.920

# x = a λ, y = a ln tan(45° + φ/2)
MERCATOR = (
    6378137 * math.radians(122.20),
    6378137 * math.log(math.tan(math.radians(45 + 37.42 / 2))),
)


def table(*points: tuple[float, float]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"id": [str(i) for i in range(len(points))]}, geometry=[*map(Point, points)]
    )


def around(east: float, north: float) -> gpd.GeoDataFrame:
    return table(*[(east + d, north + d) for d in (-100, 0, 100)])


@pytest.mark.parametrize(
    ("east", "north", "epsg"),
    [
        (122.20, 37.42, 4490),
        (EAST_123, NORTH_123, 4550),
        (41_000_000 + EAST_123, NORTH_123, 4529),
        (EAST_120, NORTH_120, 4549),
        (40_000_000 + EAST_120, NORTH_120, 4528),
        (21_000_000 + EAST_123, NORTH_123, 4499),  # 6-degree zone 21 has the same meridian
        (*MERCATOR, 3857),
    ],
)
@pytest.mark.parametrize("swapped", [False, True])
def test_exactly_one_system_lands_in_the_zone_and_is_offered(
    east: float, north: float, epsg: int, swapped: bool
) -> None:
    points = np.array([(north, east) if swapped else (east, north)])
    verdict = datum.judge(points, ZONE)
    assert verdict.offer is not None
    assert (verdict.offer.epsg, verdict.offer.swapped) == (epsg, swapped)
    assert verdict.offer.inside_share == 1.0
    assert sum(guess.lands for guess in verdict.guesses) == 1
    codes = [issue.code for issue in verdict.issues]
    assert ("AXIS_SWAPPED" in codes) == swapped
    assert ("NULL_SHIFT" in codes) == (epsg == 3857)
    (moved,) = datum.apply(table(*points.tolist()), verdict.offer).geometry
    assert (moved.x, moved.y) == pytest.approx((122.20, 37.42), abs=1e-6)


def test_the_stored_result_is_cgcs2000_with_all_attributes() -> None:
    given = around(41_000_000 + EAST_123, NORTH_123)
    offer = datum.judge(given, ZONE).offer
    assert offer is not None
    moved = datum.apply(given, offer)
    assert moved.crs.to_epsg() == 4490
    assert moved["id"].tolist() == ["0", "1", "2"]
    # one millimetre is 9e-9 degrees
    assert (moved.geometry[1].x, moved.geometry[1].y) == pytest.approx((122.2, 37.42), abs=9e-9)


def test_a_statement_that_lands_is_kept_without_questions() -> None:
    verdict = datum.judge(around(41_000_000 + EAST_123, NORTH_123), ZONE, Named(4529))
    assert verdict.offer is not None
    assert (verdict.offer.epsg, verdict.issues) == (4529, ())


def test_the_wrong_meridian_is_told_with_the_distance_and_the_right_one() -> None:
    # a plane of meridian 123 read as meridian 120 lies three degrees further west:
    # cos 37.42° × 3° × 111.3 km ≈ 265 km
    verdict = datum.judge(around(EAST_123, NORTH_123), ZONE, Named(4549))
    (issue,) = verdict.issues
    assert issue.code == "OUTSIDE_ZONE"
    distance = int(issue.message.split("约 ")[1].split(" km")[0])
    assert 250 <= distance <= 270
    assert issue.message.endswith("疑为中央子午线 123°")
    assert verdict.offer is not None and verdict.offer.epsg == 4550


def test_a_prefix_against_the_statement_is_told() -> None:
    for stated, east, epsg in ((4550, 41_000_000 + EAST_123, 4529), (4529, EAST_123, 4550)):
        verdict = datum.judge(around(east, NORTH_123), ZONE, Named(stated))
        assert {"OUTSIDE_ZONE", "ZONE_PREFIX"} == {issue.code for issue in verdict.issues}
        assert verdict.offer is not None and verdict.offer.epsg == epsg


def test_a_prefix_that_contradicts_the_place_is_taken_off_only_when_confirmed() -> None:
    given = around(40_000_000 + EAST_123, NORTH_123)  # zone 41's numbers under zone 40's prefix
    verdict = datum.judge(given, ZONE)
    assert verdict.offer is not None
    assert (verdict.offer.epsg, verdict.offer.prefixed) == (4550, True)
    assert "ZONE_PREFIX" in [issue.code for issue in verdict.issues]
    assert datum.apply(given, verdict.offer).geometry[1].x == pytest.approx(122.2, abs=1e-7)


def test_a_place_elsewhere_is_not_offered() -> None:
    for given in (
        table((116.4, 39.9)),
        table((500.0, 300.0), (700.0, 900.0)),
        table((448253, 4417657)),
    ):
        verdict = datum.judge(given, ZONE)
        assert verdict.offer is None
        assert [issue.code for issue in verdict.issues] == ["OUTSIDE_ZONE"]
        assert "请指定坐标系" in verdict.issues[0].message


def test_shapes_without_any_position_cannot_be_judged() -> None:
    empty = gpd.GeoDataFrame({"id": ["1"]}, geometry=[None])
    with pytest.raises(DataError) as refusal:
        datum.candidates(empty, ZONE)
    assert refusal.value.code == "GEOMETRY_EMPTY"


def test_a_layer_larger_than_the_zone_is_found_by_its_share() -> None:
    side = 20_000.0
    big = box(EAST_123 - side, NORTH_123 - side, EAST_123 + side, NORTH_123 + side)
    grid = (
        shapely.get_coordinates(shapely.segmentize(big, 500.0)) * 0.5
        + np.array([EAST_123, NORTH_123]) * 0.5
    )
    guess = datum.candidates(grid, ZONE)[0]
    assert guess.epsg == 4550
    assert 0 < guess.inside_share < 1


def test_missing_shapes_and_heights_survive_the_move() -> None:
    given = gpd.GeoDataFrame({"id": ["1", "2"]}, geometry=[Point(EAST_123, NORTH_123, 12.5), None])
    offer = datum.judge(given, ZONE).offer
    assert offer is not None
    moved = datum.apply(given, offer).geometry
    assert moved[0].z == 12.5
    assert moved[1] is None


@pytest.mark.parametrize(
    ("text", "epsg"),
    [
        ("EPSG:4529", 4529),
        ("epsg::4550", 4550),
        ("4490", 4490),
        ("urn:ogc:def:crs:EPSG::4490", 4490),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", 4326),
        ("2000国家大地坐标系 3度带 41带", 4529),
        ("2000国家大地坐标系", 4490),
        ("国家2000，三度带，带号41", 4529),
        ("CGCS2000 3度带 中央子午线123", 4550),
        ("CGCS2000 6度带 21带", 4499),
        ("CGCS2000_3_Degree_GK_Zone_41", 4529),
        ("CGCS2000_3_Degree_GK_CM_123E", 4550),
        ("CGCS2000 / 3-degree Gauss-Kruger zone 40", 4528),
        ("GCS_China_Geodetic_Coordinate_System_2000", 4490),
        ("WGS84", 4326),
        ("GCS_WGS_1984", 4326),
        ("3857", 3857),
    ],
)
def test_names_of_systems_are_understood(text: str, epsg: int) -> None:
    assert named(text) == Named(epsg)


@pytest.mark.parametrize(
    ("text", "epsg"),
    [
        ("西安80坐标系 3度带 41带", 2365),
        ("1980西安坐标系 中央经线123", 2386),
        ("Xian_1980_3_Degree_GK_Zone_41", 2365),
        ("北京54 6度带 21带", 21421),
        ("Beijing_1954_3_Degree_GK_CM_123E", 2438),
        ("EPSG:4610", 4610),
        ("1954北京坐标系", 4214),
    ],
)
def test_old_datums_are_understood_but_need_parameters(text: str, epsg: int) -> None:
    found = named(text)
    assert found.epsg == epsg
    assert [issue.code for issue in found.issues] == ["DATUM_NEEDS_PARAMETERS"]
    with pytest.raises(DataError) as refusal:
        datum.judge(around(41_000_000 + EAST_123, NORTH_123), ZONE, found)
    assert refusal.value.code == "DATUM_NEEDS_PARAMETERS"


@pytest.mark.parametrize("epsg", [4490, 4529, 4550, 4528, 4326, 3857])
@pytest.mark.parametrize("form", ["WKT1_ESRI", "WKT1_GDAL", "WKT2_2019"])
def test_prj_files_of_any_program_are_read(epsg: int, form: str) -> None:
    assert named(CRS.from_epsg(epsg).to_wkt(form)) == Named(epsg)


LOCAL = (
    'PROJCS["City_CM_122",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",'
    'DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],'
    'PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],'
    'PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",122.0],'
    'PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)


def test_a_citys_own_plane_is_kept_by_its_text_and_told() -> None:
    found = named(LOCAL)
    assert (found.epsg, found.wkt) == (0, LOCAL)
    assert [issue.code for issue in found.issues] == ["CRS_OWN"]
    # cs2cs +proj=tmerc +lon_0=122 +k=1 +x_0=500000 +ellps=GRS80
    by = Transformer.from_pipeline("+proj=tmerc +lon_0=122 +k=1 +x_0=500000 +ellps=GRS80")
    given = table(by.transform(122.2, 37.42))
    verdict = datum.judge(given, ZONE, found)
    assert verdict.offer is not None
    (moved,) = datum.apply(given, verdict.offer).geometry
    assert (moved.x, moved.y) == pytest.approx((122.2, 37.42), abs=1e-8)
    assert datum.judge(given, ZONE).offer is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "CRS_MISSING"),
        ("http://www.opengis.net/def/crs/EPSG/0/4490", "CRS_LINK"),
        ("file:///etc/passwd", "CRS_LINK"),
        ("+proj=tmerc +nadgrids=x", "CRS_UNKNOWN"),
        ("EPSG:32651", "CRS_UNKNOWN"),
        ("大地坐标系", "CRS_UNKNOWN"),
        ("CGCS2000 高斯投影", "CRS_MISSING"),
        ("CGCS2000 中央子午线122", "CRS_UNKNOWN"),
        ("CGCS2000 3度带 21带", "ZONE_NUMBER"),
        ("PROJCS[broken", "CRS_UNKNOWN"),
        ("火星坐标系", "POSSIBLE_GCJ02"),
        ("BD-09", "POSSIBLE_GCJ02"),
        (CRS.from_epsg(32651).to_wkt("WKT1_ESRI"), "CRS_UNKNOWN"),
    ],
)
def test_other_names_are_refused_by_code(text: str, code: str) -> None:
    with pytest.raises(DataError) as refusal:
        named(text)
    assert refusal.value.code == code


def test_codes_of_planes_are_those_of_the_registry() -> None:
    for name, word in (
        (gauss.Datum.CGCS2000, "CGCS2000"),
        (gauss.Datum.XIAN80, "Xian 1980"),
        (gauss.Datum.BEIJING54, "Beijing 1954"),
    ):
        for degrees, zones in ((3, range(25, 46)), (6, range(13, 24))):
            for zone in zones:
                for prefixed in (True, False):
                    plane = gauss.Plane(degrees, zone, prefixed)
                    crs = CRS.from_epsg(gauss.epsg(name, plane))
                    assert crs.name.startswith(word)
                    wanted = f"zone {zone}" if prefixed else f"CM {plane.meridian}E"
                    assert crs.name.endswith(wanted)
                    assert ("3-degree" in crs.name) == (degrees == 3)
                    assert gauss.described(crs.to_epsg()) == (name, plane)


# A reader's own parameters


def test_seven_parameters_give_the_example_of_the_epsg_guidance_note() -> None:
    # Guidance Note 7-2, position vector: WGS 72 55°N 4°E -> 55°00'00.090"N 4°00'00.554"E
    params = Seven(4322, 0.0, 0.0, 4.5, 0.0, 0.0, 0.554, 0.219)
    (moved,) = with_parameters(table((4.0, 55.0)), params).geometry
    assert moved.x == pytest.approx(4 + 0.554 / 3600, abs=0.0005 / 3600)
    assert moved.y == pytest.approx(55 + 0.090 / 3600, abs=0.0005 / 3600)


def by_hand(lon: float, lat: float, params: Seven) -> tuple[float, float]:
    """Bursa-Wolf by its matrix, Krasovsky to GRS 80, with rotations as a position vector."""
    a, f = 6378245.0, 1 / 298.3
    e2 = f * (2 - f)
    n = a / math.sqrt(1 - e2 * math.sin(math.radians(lat)) ** 2)
    p, q = math.radians(lat), math.radians(lon)
    xyz = np.array([n * math.cos(p) * math.cos(q), n * math.cos(p) * math.sin(q)])
    xyz = np.append(xyz, n * (1 - e2) * math.sin(p))
    rx, ry, rz = (math.radians(r / 3600) for r in (params.rx, params.ry, params.rz))
    turn = np.array([[1, -rz, ry], [rz, 1, -rx], [-ry, rx, 1]])
    x, y, z = (params.dx, params.dy, params.dz) + (1 + params.ppm * 1e-6) * turn @ xyz
    a, f = 6378137.0, 1 / 298.257222101
    e2 = f * (2 - f)
    lat_ = math.atan2(z, math.hypot(x, y))
    for _ in range(20):
        n = a / math.sqrt(1 - e2 * math.sin(lat_) ** 2)
        lat_ = math.atan2(z + e2 * n * math.sin(lat_), math.hypot(x, y))
    return math.degrees(math.atan2(y, x)), math.degrees(lat_)


@pytest.mark.parametrize("source", [4214, 2417])
def test_beijing_54_moves_by_the_parameters_given_from_degrees_and_from_metres(source: int) -> None:
    params = Seven(source, 12.5, -130.25, -75.5, 0.3, -0.2, 0.9, 1.7)
    lon, lat = 122.2, 37.42
    start = (lon, lat)
    if source == 2417:
        start = Transformer.from_crs(4214, 2417, always_xy=True).transform(lon, lat)
    given = table(start)
    given["name"] = ["甲"]
    moved = with_parameters(given, params)
    assert moved.crs.to_epsg() == 4490
    assert moved["name"][0] == "甲"
    assert (moved.geometry[0].x, moved.geometry[0].y) == pytest.approx(
        by_hand(lon, lat, params), abs=2e-9
    )
    other = Seven(source, 12.5, -130.25, -75.5, -0.3, 0.2, -0.9, 1.7, "coordinate_frame")
    again = with_parameters(given, other).geometry[0]
    assert (again.x, again.y) == pytest.approx(by_hand(lon, lat, params), abs=2e-9)


def test_four_parameters_move_the_plane_as_computed_by_hand() -> None:
    # k = 1.000002, a = 3.6": cos a = 1 - 1.52e-10, sin a = 1.745329e-5
    # north = 10 + k (4143423.670 cos a - 429183.636 sin a) = 4143434.4655
    # east  = 20 + k (4143423.670 sin a + 429183.636 cos a) = 429276.8103
    params = Four(4550, 10.0, 20.0, 3.6, 2.0)
    turn = math.radians(3.6 / 3600)
    north = 10 + 1.000002 * (4143423.670 * math.cos(turn) - 429183.636 * math.sin(turn))
    east = 20 + 1.000002 * (4143423.670 * math.sin(turn) + 429183.636 * math.cos(turn))
    (moved,) = with_parameters(table((EAST_123, NORTH_123)), params).geometry
    back = Transformer.from_crs(4490, 4550, always_xy=True).transform(moved.x, moved.y)
    assert back == pytest.approx((east, north), abs=1e-4)


def test_no_parameters_at_all_leave_a_cgcs2000_plane_where_it_was() -> None:
    (moved,) = with_parameters(table((EAST_123, NORTH_123)), Four(4550, 0, 0, 0, 0)).geometry
    assert (moved.x, moved.y) == pytest.approx((122.2, 37.42), abs=9e-9)


def test_parameters_are_never_shown_and_bad_ones_are_refused() -> None:
    assert "130.25" not in repr(Seven(4214, 12.5, -130.25, 0, 0, 0, 0, 0))
    assert "987.5" not in repr(Four(4550, 987.5, 0, 0, 0))
    for params in (
        Seven(4214, math.nan, 0, 0, 0, 0, 0, 0),
        Seven(4214, 0, 0, 0, 0, 0, 0, 0, "guess"),
        Four(4550, 1e15, 0, 0, 0),
    ):
        with pytest.raises(DataError) as refusal:
            with_parameters(table((122.0, 37.0)), params)
        assert refusal.value.code == "PARAMETERS"


def test_polygons_keep_their_corners_in_order() -> None:
    shape = Polygon([(122.1, 37.3), (122.2, 37.3), (122.2, 37.4)], [])
    given = gpd.GeoDataFrame({"id": ["1"]}, geometry=[shape])
    moved = datum.apply(given, datum.candidates(given, ZONE)[0])
    assert moved.geometry[0].equals_exact(shape, 0.0)


def test_parameters_are_read_as_offices_write_them() -> None:
    seven = datum_shift.read("1.5, -2; 3，0.1 0.2 0.3 4", 4610)
    assert seven == datum_shift.Seven(4610, 1.5, -2.0, 3.0, 0.1, 0.2, 0.3, 4.0)
    assert datum_shift.read("10 20 30 40", 0) == datum_shift.Four(4550, 10.0, 20.0, 30.0, 40.0)
    assert datum_shift.read("  ", 4610) is None


@pytest.mark.parametrize("text", ["1 2 3", "1,2,3,4,5,6,7", "甲 2 3 4", "1 2 3 4 5"])
def test_other_numbers_are_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(DataError) as refused:
        datum_shift.read(text, 0)
    assert refused.value.code == "DATUM_PARAMETERS"
    assert text not in str(refused.value)
