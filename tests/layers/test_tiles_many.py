"""A crowded set looks the same at its rim as in its middle, and lines and points show."""

import gzip
import math
from collections.abc import Callable

import numpy as np
import pytest
import shapely

from geo.model import Boundaries
from layers.tiles import MANY, SIDE, TileSet

MakeSet = Callable[..., Boundaries]
WEST, SOUTH = 122.0, 37.0


def at(lon: float, lat: float, z: int) -> tuple[int, int, int]:
    """The tile that holds a place, by the rule of web maps."""
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return z, int((lon / 360 + 0.5) * 2**z), int(y * 2**z)


def kind(tiles: TileSet, lon: float, lat: float, z: int) -> int:
    found = tiles.tile(*at(lon, lat, z))
    assert found is not None
    return gzip.decompress(found)[0]


@pytest.fixture(scope="module")
def crowd(make_set: MakeSet) -> TileSet:
    """60 × 60 squares of 0.004°, a place of 0.24° on each side."""
    columns, rows = np.meshgrid(np.arange(60), np.arange(60))
    west, south = WEST + columns.ravel() * 0.004, SOUTH + rows.ravel() * 0.004
    return TileSet(make_set("parcel", list(shapely.box(west, south, west + 0.004, south + 0.004))))


def test_a_rim_that_few_features_meet_is_a_picture_where_the_middle_is_one(crowd: TileSet) -> None:
    # a tile of zoom 10 is 0.35° wide, so it could hold 88 × 70 squares; one of zoom 13, 11 × 9
    z, x, y = at(WEST + 0.12, SOUTH + 0.12, 10)
    around = [crowd.tile(z, x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
    assert {gzip.decompress(one)[0] for one in around if one} == {1}
    assert kind(crowd, WEST + 0.001, SOUTH + 0.001, 13) == 2


def test_a_set_that_fits_a_tile_is_always_outlines(make_set: MakeSet) -> None:
    west = WEST + np.arange(MANY) * 1e-4
    few = TileSet(make_set("parcel", list(shapely.box(west, SOUTH, west + 1e-4, SOUTH + 1e-4))))
    assert kind(few, WEST + 0.01, SOUTH + 5e-5, 9) == 2


def test_roads_and_wells_show_as_outlines_and_in_the_picture(make_set: MakeSet) -> None:
    road = shapely.LineString([(WEST, SOUTH), (WEST + 0.05, SOUTH)])
    mixed = TileSet(make_set("pipeline", [road, shapely.Point(WEST + 0.02, SOUTH + 0.02)]))
    found = gzip.decompress(mixed.tile(*at(WEST + 0.02, SOUTH + 0.01, 11)) or b"")
    rings = int(np.frombuffer(found, "<u4", 1, 4)[0])
    assert sorted(np.frombuffer(found, "<u4", rings * 2, 8)[::2]) == [0, 1]
    picture, left, top = mixed.picture()
    side = 2.0**mixed.zoom * SIDE
    y = (1 - math.asinh(math.tan(math.radians(SOUTH + 0.02))) / math.pi) / 2 * side
    x = ((WEST + 0.02) / 360 + 0.5) * side
    assert picture[int(y) - top, int(x) - left] == 2
    assert set(np.unique(picture)) == {0, 1, 2}
