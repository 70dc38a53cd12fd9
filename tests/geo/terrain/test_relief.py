"""Slope and aspect by hand and beside gdaldem; what grids hold where."""

import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import rasterio

from geo import terrain
from geo.errors import DataError
from geo.model import Raster
from tests.geo.rasters import HOME, cone, geotiff, ramp

NONE = float("nan")


def heights(values: np.ndarray, step: float = 10.0) -> Raster:
    return Raster(values.astype(np.float32), *HOME, step)


def test_a_plane_has_the_slope_that_geometry_gives() -> None:
    found = terrain.slope(heights(ramp(5, 5)))  # 0.2 east and 0.3 south per metre
    assert found.values[1:-1, 1:-1] == pytest.approx(19.8270, abs=1e-4)  # atan(sqrt(0.13))
    percent = terrain.slope(heights(ramp(5, 5)), percent=True)
    assert percent.values[1:-1, 1:-1] == pytest.approx(36.0555, abs=1e-4)


@pytest.mark.parametrize(
    ("east", "south", "falls_to"),
    [(0, 1, 0), (-1, 0, 90), (0, -1, 180), (1, 0, 270), (-1, 1, 45), (1, -1, 225)],
)
def test_a_plane_falls_to_the_side_where_it_is_lowest(
    east: int, south: int, falls_to: float
) -> None:
    row, column = np.mgrid[0:3, 0:3]
    assert terrain.aspect(heights(east * column + south * row)).values[1, 1] == falls_to


def test_level_ground_has_a_slope_of_nought_and_faces_nowhere() -> None:
    level = heights(np.full((3, 3), 7.0))
    assert terrain.slope(level).values[1, 1] == 0
    assert np.isnan(terrain.aspect(level).values[1, 1])


def test_edges_and_neighbours_of_gaps_have_no_slope() -> None:
    values = ramp(7, 7)
    values[3, 3] = NONE
    found = terrain.slope(heights(values)).gaps
    expected = np.ones((7, 7), dtype=bool)
    expected[1:6, 1:6] = False
    expected[2:5, 2:5] = True
    assert (found == expected).all()


def test_a_grid_too_small_for_a_slope_has_none() -> None:
    assert terrain.slope(heights(ramp(2, 9))).gaps.all()


def gdaldem(what: str, folder: Path, values: np.ndarray, *more: str) -> np.ndarray:
    program = shutil.which("gdaldem")
    if program is None:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("gdaldem is not installed (package gdal-bin), so slopes are not compared")
    (folder / "dem.tif").write_bytes(geotiff(values, nodata=-9999.0))
    made = folder / f"{what}.tif"
    command = [program, what, str(folder / "dem.tif"), str(made), "-q", *more]
    subprocess.run(command, check=True, timeout=60)
    with rasterio.open(made) as file:
        return np.asarray(file.read(1, masked=True).filled(np.nan))


def holed() -> tuple[np.ndarray, np.ndarray]:
    """Heights with a gap, as the file has them and as we do."""
    known = cone(120)
    known[40:43, 60] = -9999.0
    return known, np.where(known == -9999.0, np.nan, known)


def test_slope_is_that_of_gdaldem(tmp_path: Path) -> None:
    file, ours = holed()
    theirs = gdaldem("slope", tmp_path, file)
    np.testing.assert_allclose(terrain.slope(heights(ours)).values, theirs, atol=1e-3)


def test_slope_in_percent_is_that_of_gdaldem(tmp_path: Path) -> None:
    file, ours = holed()
    theirs = gdaldem("slope", tmp_path, file, "-p")
    found = terrain.slope(heights(ours), percent=True)
    np.testing.assert_allclose(found.values, theirs, atol=1e-3)


def test_aspect_is_that_of_gdaldem(tmp_path: Path) -> None:
    file, ours = holed()
    theirs = gdaldem("aspect", tmp_path, file)
    found = terrain.aspect(heights(ours)).values
    assert (np.isnan(found) == np.isnan(theirs)).all()
    turn = (found - theirs + 180) % 360 - 180  # 359.9999 and 0.0001 are neighbours
    assert np.nanmax(np.abs(turn)) < 1e-3


def test_a_place_has_the_value_of_its_cell_and_none_outside() -> None:
    known = heights(np.array([[1, 2], [3, NONE]]))
    east, north = HOME
    assert terrain.value(known, east, north) == 1
    assert terrain.value(known, east + 10, north - 1) == 2
    assert terrain.value(known, east + 9.99, north - 10.01) == 3
    assert terrain.value(known, east + 15, north - 15) is None  # a gap
    assert terrain.value(known, east - 0.01, north) is None
    assert terrain.value(known, east, north - 20.5) is None


def test_nine_cells_tell_the_same_slope_as_the_whole_grid() -> None:
    known = heights(cone(30))
    whole = terrain.slope(known)
    for row, column in [(0, 0), (0, 5), (29, 29), (12, 1), (15, 28), (7, 20)]:
        place = HOME[0] + column * 10 + 4, HOME[1] - row * 10 - 4
        near = terrain.slope(terrain.window(known, *place))
        assert terrain.value(near, *place) == terrain.value(whole, *place)


def test_a_place_far_away_has_no_neighbours() -> None:
    known = heights(cone(30))
    for place in [(0.0, 0.0), (1e7, 1e7), (HOME[0] - 5000, HOME[1])]:
        assert terrain.value(terrain.window(known, *place), *place) is None


def test_the_span_leaves_gaps_out() -> None:
    assert terrain.span(heights(np.array([[NONE, -3.5], [8, 2]]))) == (-3.5, 8.0)


def test_a_grid_of_gaps_is_refused() -> None:
    with pytest.raises(DataError) as caught:
        terrain.span(heights(np.full((2, 2), NONE)))
    assert caught.value.code == "NO_VALUES"


def test_classes_are_counted() -> None:
    assert terrain.counts(heights(np.array([[10, 20], [20, NONE]]))) == {10: 1, 20: 2}


@pytest.mark.parametrize(
    ("values", "code"),
    [
        (np.array([[1.5, 2]]), "CLASSES_NOT_WHOLE"),
        (np.array([[1, 2.0**25]]), "CLASSES_NOT_WHOLE"),
        (np.arange(256.0).reshape(16, 16), "MANY_CLASSES"),
    ],
)
def test_what_is_no_class_is_refused(values: np.ndarray, code: str) -> None:
    with pytest.raises(DataError) as caught:
        terrain.counts(heights(values))
    assert caught.value.code == code
