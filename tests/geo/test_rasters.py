"""GeoTIFF in: read in the jail, moved to metres, cut to the zone, kept, read again, refused."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pyproj import Transformer
from rasterio import Affine
from rasterio.io import MemoryFile
from rasterio.windows import Window
from shapely import Point

from geo import rasters
from geo.__main__ import main
from geo.errors import ConflictError, DataError
from geo.intake import Papers
from geo.model import Boundaries, Grade, Raster
from geo.rasters import Coming, Wanted
from geo.zone import Zone, open_zone
from tests.geo.rasters import HOME, cone, geotiff, ramp

DEM, COVER = Wanted("dem"), Wanted("landcover")
PAPERS = Papers("测试高程", Grade.TRACED, "CC0", issuer="测试所")
PLANE = Transformer.from_crs(4490, 4550, always_xy=True)
VRT = b'<VRTDataset rasterXSize="2" rasterYSize="2"><VRTRasterBand><SimpleSource>'
VRT += b"<SourceFilename>/etc/passwd</SourceFilename></SimpleSource></VRTRasterBand></VRTDataset>"


def look(zone: Zone, data: bytes, wanted: Wanted = DEM, name: str = "高程.tif") -> Coming:
    return rasters.look(zone, data, name, wanted)


def refused(zone: Zone, data: bytes, wanted: Wanted = DEM, name: str = "a.tif") -> str:
    with pytest.raises(DataError) as caught:
        rasters.look(zone, data, name, wanted)
    return caught.value.code


def keep(zone: Zone, data: bytes, wanted: Wanted = DEM) -> int:
    return rasters.put(zone, look(zone, data, wanted), PAPERS, by="甲")


def centres(raster: Raster) -> tuple[np.ndarray, np.ndarray]:
    """East and north of the middle of every cell."""
    rows, columns = raster.values.shape
    row, column = np.mgrid[0:rows, 0:columns]
    step = raster.step
    return raster.left + (column + 0.5) * step, raster.top - (row + 0.5) * step


def test_a_grid_already_in_metres_keeps_its_very_cells(zone: Zone) -> None:
    values = cone(80)
    found = look(zone, geotiff(values)).raster
    assert (found.values == values).all()
    assert (found.left, found.top, found.step) == (*HOME, 10.0)
    assert (found.crs, found.nodata, found.classes) == ("EPSG:4550", "", False)


def test_a_zone_prefix_moves_the_corner_and_nothing_else(zone: Zone) -> None:
    values = cone(60)
    found = look(zone, geotiff(values, (41_000_000.0 + HOME[0], HOME[1]), crs="EPSG:4529")).raster
    np.testing.assert_allclose(found.values, values, atol=1e-4)
    assert (found.left, found.top, found.step) == (*HOME, 10.0)


@pytest.mark.parametrize("crs", ["EPSG:4490", "EPSG:4326"])
def test_degrees_are_moved_to_metres_as_pyproj_says(zone: Zone, crs: str) -> None:
    # A plane in degrees: the value at any place is known from its longitude and latitude.
    row, column = np.mgrid[0:400, 0:500].astype(np.float32)
    size, (west, north) = 0.0003, (122.15, 37.43)
    values = 2 * (column + np.float32(0.5)) + 3 * (row + np.float32(0.5))
    found = look(zone, geotiff(values, (west, north), size, crs)).raster
    lon, lat = PLANE.transform(*centres(found), direction="INVERSE")
    expected = 2 * (lon - west) / size + 3 * (north - lat) / size
    known = ~found.gaps
    inside = (lon > west + size) & (lon < west + 499 * size)
    inside &= (lat < north - size) & (lat > north - 399 * size)
    assert known[inside].all()
    assert np.abs(found.values - expected)[inside].max() < 2e-3  # float32 of 2 000
    assert found.step == pytest.approx(29.7, abs=0.1)


def test_a_peak_stands_where_pyproj_puts_it(zone: Zone) -> None:
    values = np.zeros((200, 200), dtype=np.float32)
    values[73, 41] = 100.0
    found = look(zone, geotiff(values, (122.2, 37.42), 0.0003, "EPSG:4490")).raster
    row, column = np.unravel_index(np.nanargmax(found.values), found.values.shape)
    east, north = centres(found)
    there = PLANE.transform(122.2 + 41.5 * 0.0003, 37.42 - 73.5 * 0.0003)
    assert abs(east[row, column] - there[0]) <= found.step
    assert abs(north[row, column] - there[1]) <= found.step


def test_utm_is_read_with_a_shift_of_zero_that_is_told(zone: Zone) -> None:
    found = look(zone, geotiff(cone(80), crs="EPSG:32651"))
    assert [one.code for one in found.issues if one.code != "JAIL_WEAK"] == ["NULL_SHIFT"]
    row, column = np.unravel_index(np.nanargmax(found.raster.values), found.raster.values.shape)
    source = np.unravel_index(np.argmax(cone(80)), (80, 80))
    x, y = HOME[0] + 10 * (source[1] + 0.5), HOME[1] - 10 * (source[0] + 0.5)
    lon, lat = Transformer.from_crs(32651, 4326, always_xy=True).transform(x, y)
    east, north = centres(found.raster)
    there = PLANE.transform(lon, lat)
    assert abs(east[row, column] - there[0]) <= 10.1
    assert abs(north[row, column] - there[1]) <= 10.1


def test_what_lies_outside_the_zone_is_cut_away_with_a_margin_of_a_kilometre(zone: Zone) -> None:
    wide = np.zeros((900, 900), dtype=np.float32)
    found = look(zone, geotiff(wide, (390_000.0, 4_180_000.0), 100.0)).raster
    west, south, east, north = zone.extent()
    rows, columns = found.values.shape
    right, bottom = found.left + columns * 100, found.top - rows * 100
    left_edge = PLANE.transform([west, west], [south, north])[0]
    right_edge = PLANE.transform([east, east], [south, north])[0]
    assert 900 <= min(left_edge) - found.left <= 1300
    assert 900 <= right - max(right_edge) <= 1300
    low = PLANE.transform([west, (west + east) / 2, east], [south] * 3)[1]
    assert 900 <= min(low) - bottom <= 1300


def test_nodata_and_nan_stay_gaps_and_never_bleed(zone: Zone) -> None:
    values = ramp(60, 60) + 500
    values[10:20, 10:20] = -9999.0
    values[40, 40] = np.nan
    found = look(zone, geotiff(values, nodata=-9999.0))
    assert found.raster.gaps.sum() == found.facts["gaps"] == 101
    assert found.raster.gaps[10:20, 10:20].all()
    assert found.raster.nodata == "-9999.0"
    moved = look(zone, geotiff(values, (122.2, 37.42), 0.0003, "EPSG:4490", nodata=-9999.0)).raster
    assert moved.gaps.any()
    assert np.nanmin(moved.values) >= 500  # no mixture of heights and -9999


def test_classes_are_never_mixed(zone: Zone) -> None:
    values = np.where(np.indices((90, 90)).sum(0) // 9 % 2, 10, 80).astype(np.uint8)
    data = geotiff(values, (122.2, 37.42), 0.0003, "EPSG:4490", nodata=0)
    found = look(zone, data, COVER)
    assert set(np.unique(found.raster.values[~found.raster.gaps])) == {10.0, 80.0}
    assert found.raster.classes
    assert set(found.facts["counts"]) == {"10", "80"}


def test_colours_of_the_file_are_kept(zone: Zone) -> None:
    values = np.array([[1, 2], [2, 1]], dtype=np.uint8)
    colors = {1: (0, 100, 0, 255), 2: (255, 187, 34, 255), 3: (9, 9, 9, 0)}
    found = look(zone, geotiff(values, colors=colors), COVER).facts["colors"]
    assert (found["1"], found["2"]) == ("#006400", "#FFBB22")


def test_stored_integers_are_scaled_as_the_file_says(zone: Zone) -> None:
    values = np.array([[100, 200], [300, 400]], dtype=np.int16)
    found = look(zone, geotiff(values, scales=((0.1,), (5.0,)))).raster
    assert found.values == pytest.approx(np.array([[15, 25], [35, 45]]))


def test_a_huge_image_is_shown_as_an_overview_and_that_is_told(zone: Zone) -> None:
    assert look(zone, geotiff(ramp(10, 10))).facts["overview"] is False
    found = look(zone, huge())
    told = [one for one in found.issues if one.code == "RASTER_OVERVIEW"]
    assert "影像过大，仅显示概览" in told[0].message
    assert found.facts["overview"] is True
    assert found.facts["size"] == [30_000, 30_000]
    assert found.raster.values.size <= 1_100_000


def huge() -> bytes:
    """An image of 900 million pixels in few bytes: nearly every block is left out."""
    how = {"driver": "GTiff", "width": 30_000, "height": 30_000, "count": 1, "dtype": "uint8"}
    how |= {"tiled": True, "blockxsize": 512, "blockysize": 512, "compress": "deflate"}
    place = {"crs": "EPSG:4550", "transform": Affine(1, 0, 415_000.0, 0, -1, 4_150_000.0)}
    with MemoryFile() as memory:
        with memory.open(**how, **place, SPARSE_OK=True) as file:
            file.write(np.full((1, 512, 512), 9, np.uint8), window=Window(10240, 10240, 512, 512))
        return bytes(memory.read())


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a VRT under our extension": (lambda: VRT, "TYPE_MISMATCH"),
    "nothing": (lambda: b"", "EMPTY_FILE"),
    "text": (lambda: b"x,y\n1,2\n", "TYPE_MISMATCH"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(64), "TYPE_MISMATCH"),
    "a head alone": (lambda: b"II*\0\x08\0\0\0" + bytes(64), "TIFF_CORRUPT"),
    "noise after the head": (lambda: b"II*\0" + b"\xff" * 999, "TIFF_CORRUPT"),
    "half a file": (lambda: geotiff(cone(200))[:60_000], "TIFF_CORRUPT"),
    "no place": (lambda: geotiff(ramp(9, 9), crs=None), "CRS_MISSING"),
    "a place of its own": (
        lambda: geotiff(ramp(9, 9), (5.0, 5.0), 1.0, 'LOCAL_CS["x",UNIT["metre",1]]'),
        "CRS_MISSING",
    ),
    "Xian 80": (
        lambda: geotiff(ramp(9, 9), (122.2, 37.4), 0.001, "EPSG:4610"),
        "DATUM_NEEDS_PARAMETERS",
    ),
    "Beijing 54": (
        lambda: geotiff(ramp(9, 9), (41_420_000.0, 4_150_000.0), 10.0, "EPSG:2417"),
        "DATUM_NEEDS_PARAMETERS",
    ),
    "an unknown datum": (
        lambda: geotiff(ramp(9, 9), (122.2, 37.4), 0.001, "EPSG:4612"),
        "CRS_UNKNOWN",
    ),
    "elsewhere": (
        lambda: geotiff(ramp(9, 9), (116.0, 40.0), 0.001, "EPSG:4490"),
        "OUTSIDE_ZONE",
    ),
    "three bands": (lambda: geotiff(np.zeros((3, 9, 9), dtype=np.uint8)), "MANY_BANDS"),
    "complex numbers": (lambda: geotiff(np.zeros((9, 9), dtype=np.complex64)), "TIFF_TYPE"),
    "gaps alone": (
        lambda: geotiff(np.full((9, 9), -1, dtype=np.float32), nodata=-1.0),
        "NO_VALUES",
    ),
}


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
@pytest.mark.parametrize("what", HOSTILE)
def test_what_cannot_be_read_is_refused_by_name(zone: Zone, what: str) -> None:
    made, code = HOSTILE[what]
    assert refused(zone, made()) == code


def test_a_geotiff_under_another_name_is_refused(zone: Zone) -> None:
    assert refused(zone, geotiff(ramp(9, 9)), name="a.gpkg") == "TYPE_MISMATCH"
    assert refused(zone, geotiff(ramp(9, 9)), name="a.vrt") == "TYPE_MISMATCH"


def test_heights_are_no_classes(zone: Zone) -> None:
    assert refused(zone, geotiff(cone(20)), COVER) == "CLASSES_NOT_WHOLE"


@pytest.mark.parametrize("name", ["slope", "park", "DEM", "地形", "a/b", ""])
def test_a_name_that_is_taken_or_no_name_is_refused(zone: Zone, name: str) -> None:
    assert refused(zone, geotiff(ramp(9, 9)), Wanted(name)) == "RASTER_NAME"


def test_a_raster_is_kept_with_its_file_and_its_papers(own_zone: Zone) -> None:
    data = geotiff(cone(80), nodata=-9999.0)
    assert keep(own_zone, data) == own_zone.version == 17
    (one,) = rasters.held(own_zone)
    assert (one.name, one.since, one.unit, one.title) == ("dem", 17, "m", "地形（高程）")
    assert (one.source.title, one.source.grade, one.source.issuer, one.by) == (
        *("测试高程", Grade.TRACED, "测试所", "甲"),
    )
    assert own_zone.file(one.facts["digest"]) == data
    assert one.facts["min"] == pytest.approx(float(cone(80).min()))
    assert (one.facts["size"], one.facts["cells"]) == ([80, 80], [80, 80])
    assert list(own_zone.verify()) == []


def test_looking_writes_nothing(own_zone: Zone) -> None:
    look(own_zone, geotiff(cone(20)))
    assert (own_zone.version, rasters.held(own_zone)) == (16, [])


def test_another_edition_leaves_the_old_one_in_history(own_zone: Zone, tmp_path: Path) -> None:
    keep(own_zone, geotiff(cone(40)))
    keep(own_zone, geotiff(cone(40) + 1000))
    assert [one.since for one in rasters.held(own_zone)] == [18]
    assert [one.since for one in rasters.held(own_zone, 17)] == [17]
    assert rasters.held(own_zone, 16) == []
    assert np.nanmin(rasters.grid(own_zone, "dem").values) > 900
    assert np.nanmax(rasters.grid(own_zone, "dem", 17).values) < 200
    again = open_zone(f"sqlite:///{tmp_path / 'zone.db'}")  # another process reads the same
    assert (rasters.grid(again, "dem", 17).values == cone(40)).all()


def test_whoever_looked_before_another_wrote_is_told(own_zone: Zone) -> None:
    seen = look(own_zone, geotiff(cone(20)))
    keep(own_zone, geotiff(cone(30)))
    with pytest.raises(ConflictError):
        rasters.put(own_zone, seen, PAPERS, by="乙")


@pytest.mark.parametrize(
    ("papers", "by", "code"),
    [
        (Papers("", Grade.TRACED, "CC0"), "甲", "TITLE_MISSING"),
        (Papers("高程", Grade.TRACED, " "), "甲", "LICENCE_MISSING"),
        (Papers("高程", Grade.OFFICIAL, "内部使用"), "甲", "DOCUMENT_MISSING"),
        (Papers("高程", Grade.TRACED, "内部使用", secrecy="秘密"), "甲", "SECRECY_LIMIT"),
        (Papers("高程", Grade.TRACED, "内部使用", secrecy="很密"), "甲", "SECRECY_LEVEL"),
        (PAPERS, " ", "BY_MISSING"),
    ],
)
def test_papers_must_be_in_order(own_zone: Zone, papers: Papers, by: str, code: str) -> None:
    seen = look(own_zone, geotiff(cone(20)))
    with pytest.raises(DataError) as caught:
        rasters.put(own_zone, seen, papers, by=by)
    assert (caught.value.code, own_zone.version) == (code, 16)


def test_slope_and_aspect_come_with_heights_and_are_no_better(own_zone: Zone) -> None:
    assert rasters.with_derived(own_zone) == []
    keep(own_zone, geotiff(ramp(40, 40)))
    found = {one.name: one for one in rasters.with_derived(own_zone)}
    assert list(found) == ["dem", "slope", "aspect"]
    assert found["slope"].source.grade is Grade.TRACED
    assert found["slope"].since == 17
    slope = rasters.grid(own_zone, "slope").values[1:-1, 1:-1]
    assert slope == pytest.approx(19.8270, abs=1e-3)


def test_a_place_is_told_by_every_raster_that_knows_it(own_zone: Zone) -> None:
    keep(own_zone, geotiff(ramp(40, 40)))
    values = np.full((40, 40), 20, dtype=np.uint8)
    keep(own_zone, geotiff(values), Wanted("landcover", labels={20: "林地"}))
    lon, lat = PLANE.transform(HOME[0] + 105, HOME[1] - 205, direction="INVERSE")
    found = {one.name: one for one in rasters.at(own_zone, lon, lat)}
    assert (found["dem"].value, found["dem"].unit) == (80.0, "m")  # column 10, row 20
    assert found["slope"].value == pytest.approx(19.8270, abs=1e-4)
    assert found["aspect"].value == pytest.approx(326.3099, abs=1e-4)  # falls west and north
    assert (found["landcover"].value, found["landcover"].label) == (20.0, "林地")
    assert {one.grade for one in found.values()} == {Grade.TRACED}


@pytest.mark.parametrize(("lon", "lat"), [(122.38, 37.28), (0.0, 0.0), (float("inf"), 37.0)])
def test_a_place_off_the_raster_is_told_by_none(own_zone: Zone, lon: float, lat: float) -> None:
    keep(own_zone, geotiff(ramp(10, 10)))
    assert rasters.at(own_zone, lon, lat) == []


def test_asking_for_a_raster_nobody_brought_names_those_there_are(zone: Zone) -> None:
    with pytest.raises(DataError) as caught:
        rasters.grid(zone, "dem")
    assert caught.value.code == "RASTER_UNKNOWN"
    assert "无" in str(caught.value)


def test_what_is_recorded_is_plain_json(
    own_zone: Zone, make_set: Callable[..., Boundaries]
) -> None:
    keep(own_zone, geotiff(cone(20)))
    own_zone.replace(make_set("relic", [Point(122.2, 37.4)]), by="甲", reason="试")
    (event,) = own_zone.events("raster/dem")
    assert json.loads(json.dumps(dict(event.data), allow_nan=False))["crs"] == "EPSG:4550"
    assert (event.verb, rasters.held(own_zone)[0].since) == ("replaced", 17)


def test_the_shell_lists_rasters_with_stable_keys(
    own_zone: Zone, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    keep(own_zone, geotiff(ramp(40, 40), nodata=-9999.0))
    store = f"sqlite:///{tmp_path / 'zone.db'}"
    assert main(["rasters", "--json", "--store", store]) == 0
    dem, slope, aspect = json.loads(capfd.readouterr().out)
    assert (dem["name"], dem["min"], dem["max"], dem["unit"]) == ("dem", 0.0, 195.0, "m")
    assert (dem["step_m"], dem["crs"], dem["nodata"]) == (10.0, "EPSG:4550", "-9999.0")
    assert (dem["grade"], dem["version"], dem["file"]) == ("traced", 17, "高程.tif")
    assert (slope["derived"], slope["min"], aspect["unit"]) == (True, None, "°")
    assert main(["rasters", "--store", store]) == 0
    assert "地形（高程）" in capfd.readouterr().out
    assert main(["rasters", "--json", "--at", "16", "--store", store]) == 0
    assert json.loads(capfd.readouterr().out) == []
