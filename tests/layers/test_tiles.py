"""Tiles of big sets, decoded here as the browser does and compared with shapes by hand.

The tile plane is written out again from the definition of Web Mercator: x = (λ + 180)/360,
y = (1 - asinh(tan φ)/π)/2, times 256·2^z pixels.
"""

import gzip
import math
import struct
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import shapely
from shapely import MultiPolygon, Point, Polygon, affinity, box

from geo.errors import DataError
from geo.model import Boundaries
from layers.tiles import MANY, MOST_PIXELS, TileSet

MakeSet = Callable[..., Boundaries]
EDGE = 4  # px kept beyond the tile
LON, LAT = 122.2105, 37.4005
CELL = 0.0003  # degrees: 3.5 px wide at zoom 14


def pixel(lon: float, lat: float, z: int) -> tuple[float, float]:
    """Position in the world's pixels."""
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return (lon + 180) / 360 * 256 * 2**z, y * 256 * 2**z


def degrees(x: float, y: float, z: int) -> tuple[float, float]:
    world = 256 * 2**z
    return x / world * 360 - 180, math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / world))))


def tile_at(lon: float, lat: float, z: int) -> tuple[int, int, int]:
    x, y = pixel(lon, lat, z)
    return z, int(x // 256), int(y // 256)


def picture(data: bytes | None) -> np.ndarray:
    """Feature numbers of a picture tile, -1 for none."""
    assert data is not None
    body = gzip.decompress(data)
    assert body[:4] == b"\1\0\0\0"
    assert len(body) == 4 + 4 * 256 * 256
    return np.array(struct.unpack("<65536I", body[4:]), dtype=np.int64).reshape(256, 256) - 1


def outlines(data: bytes | None) -> list[tuple[int, list[tuple[float, float]]]]:
    """Feature number and points in pixels of each ring of an outline tile."""
    assert data is not None
    body = gzip.decompress(data)
    assert body[:4] == b"\2\0\0\0"
    (count,) = struct.unpack_from("<I", body, 4)
    head = [struct.unpack_from("<II", body, 8 + 8 * i) for i in range(count)]
    at, out = 8 + 8 * count, []
    for number, points in head:
        flat = struct.unpack_from(f"<{2 * points}h", body, at)
        out.append((number, [(x / 16, y / 16) for x, y in zip(*[iter(flat)] * 2, strict=True)]))
        at += 4 * points
    assert at == len(body)
    return out


def drawn(data: bytes | None) -> dict[int, shapely.Geometry]:
    """The area each feature paints: rings of one number together, even-odd as the canvas does."""
    out: dict[int, shapely.Geometry] = {}
    for number, ring in outlines(data):
        area = Polygon(ring).buffer(0)
        out[number] = out[number].symmetric_difference(area) if number in out else area
    return out


def by_hand(shape: shapely.Geometry, z: int, x: int, y: int) -> shapely.Geometry:
    """A shape in the tile's pixels, clipped to the tile and its edge."""
    flat = shapely.transform(
        shape, lambda xy: np.array([pixel(*p, z) for p in xy]) - (256 * x, 256 * y)
    )
    return flat & box(-EDGE, -EDGE, 256 + EDGE, 256 + EDGE)


def grid(columns: int, rows: int, turned: float = 7.0) -> list[Polygon]:
    """Parcels side by side, the whole turned a little so that no edge follows the pixels."""
    cells = [
        box(LON + i * CELL, LAT + j * CELL, LON + (i + 0.9) * CELL, LAT + (j + 0.9) * CELL)
        for j in range(rows)
        for i in range(columns)
    ]
    return [affinity.rotate(cell, turned, origin=(LON, LAT)) for cell in cells]


@pytest.fixture(scope="module")
def parcels() -> list[Polygon]:
    return grid(60, 50)


@pytest.fixture(scope="module")
def tiles(parcels: list[Polygon], make_set: MakeSet) -> TileSet:
    return TileSet(make_set("parcel", parcels))


def sampled(z: int, x: int, y: int) -> Iterator[tuple[int, int, Point]]:
    """Row, column and place of each pixel: the middle of the pixel of zoom 14 it stands for."""
    step = 2 ** (14 - z)
    for row in range(256):
        for col in range(256):
            across = (x * 256 + col) * step + step // 2 + 0.5
            down = (y * 256 + row) * step + step // 2 + 0.5
            yield row, col, Point(degrees(across, down, 14))


@pytest.mark.parametrize("z", [14, 12])
def test_each_pixel_of_a_picture_names_the_parcel_its_centre_lies_in(
    tiles: TileSet, parcels: list[Polygon], z: int
) -> None:
    z, x, y = tile_at(LON + 25 * CELL, LAT + 20 * CELL, z)
    numbers = picture(tiles.tile(z, x, y))
    spots = list(sampled(z, x, y))
    places = np.array([place for _, _, place in spots], dtype=object)
    tree = shapely.STRtree(parcels)
    inside = np.full(len(spots), -1)
    place, parcel = tree.query(places, predicate="within")
    inside[place] = parcel
    edges = shapely.STRtree([cell.exterior for cell in parcels])
    doubtful = set(edges.query(places, predicate="dwithin", distance=1e-8)[0].tolist())
    told = numpy_of(numbers, spots)
    sure = np.array([i not in doubtful for i in range(len(spots))])
    assert (told[sure] == inside[sure]).all()
    assert len(doubtful) < 100
    assert (inside >= 0).sum() > (10_000 if z == 14 else 1_000)


def numpy_of(numbers: np.ndarray, spots: list[tuple[int, int, Point]]) -> np.ndarray:
    return np.array([numbers[row, col] for row, col, _ in spots])


def test_a_picture_of_a_lower_zoom_shows_the_same_parcel_within_one_pixel(
    tiles: TileSet, parcels: list[Polygon]
) -> None:
    z, x, y = tile_at(LON, LAT, 11)
    numbers = picture(tiles.tile(z, x, y))
    rows, cols = np.nonzero(numbers >= 0)
    assert len(rows) > 100
    for row, col in zip(rows, cols, strict=True):
        corners = [(col, row), (col + 1, row + 1)]
        west, north, east, south = (
            edge for c, r in corners for edge in degrees(x * 256 + c, y * 256 + r, z)
        )
        assert parcels[numbers[row, col]].intersects(box(west, south, east, north))


@pytest.mark.parametrize("z", [15, 16, 18])
def test_outlines_are_the_clipped_parcels_within_half_a_pixel(
    tiles: TileSet, parcels: list[Polygon], z: int
) -> None:
    z, x, y = tile_at(LON + 20 * CELL, LAT + 20 * CELL, z)
    painted = drawn(tiles.tile(z, x, y))
    expected = {i: by_hand(parcel, z, x, y) for i, parcel in enumerate(parcels)}
    expected = {i: area for i, area in expected.items() if area.area > 0}
    # A sliver thinner than half a pixel may vanish at the edge beyond the tile.
    assert {i for i, area in expected.items() if area.area > 2} <= set(painted) <= set(expected)
    for i, area in painted.items():
        assert area.hausdorff_distance(expected[i]) < 0.55


def test_a_hole_stays_a_hole_and_parts_stay_one_feature(make_set: MakeSet) -> None:
    whole = box(122.200, 37.400, 122.204, 37.404)
    ring = whole - box(122.201, 37.401, 122.203, 37.403)
    parts = MultiPolygon(
        [box(122.205, 37.400, 122.206, 37.404), box(122.207, 37.4, 122.208, 37.404)]
    )
    tiles = TileSet(make_set("parcel", [ring, parts]))
    at = tile_at(122.203, 37.402, 14)
    rings = outlines(tiles.tile(*at))
    # Rings of one feature stand together: the browser paints them in one stroke.
    assert [number for number, _ in rings] == [0, 0, 1, 1]
    for i, area in drawn(tiles.tile(*at)).items():
        assert area.hausdorff_distance(by_hand([ring, parts][i], *at)) < 0.55


def test_inside_one_great_parcel_the_tile_is_painted_to_its_edge(make_set: MakeSet) -> None:
    tiles = TileSet(make_set("parcel", [box(122, 37, 123, 38)]))
    (area,) = drawn(tiles.tile(*tile_at(122.5, 37.5, 18))).values()
    assert area.hausdorff_distance(box(-EDGE, -EDGE, 256 + EDGE, 256 + EDGE)) < 0.1


def test_where_the_set_has_nothing_there_is_no_tile(tiles: TileSet) -> None:
    assert tiles.tile(*tile_at(121.0, 36.0, 14)) is None


@pytest.mark.parametrize("at", [(-1, 0, 0), (23, 0, 0), (2, 4, 0), (2, 0, 4), (2, -1, 0)])
def test_a_tile_outside_the_world_is_refused(tiles: TileSet, at: tuple[int, int, int]) -> None:
    with pytest.raises(DataError, match="瓦片") as refusal:
        tiles.tile(*at)
    assert refusal.value.code == "TILE"


def test_many_in_a_tile_make_a_picture_and_few_make_outlines(make_set: MakeSet) -> None:
    kinds = {}
    for count in (MANY, MANY + 1):
        tiles = TileSet(make_set("parcel", grid(40, 40)[:count]))
        data = tiles.tile(*tile_at(LON, LAT, 11))
        assert data is not None
        kinds[count] = gzip.decompress(data)[0]
    assert kinds == {MANY: 2, MANY + 1: 1}


def test_the_same_tile_has_the_same_bytes(parcels: list[Polygon], make_set: MakeSet) -> None:
    one, other = (TileSet(make_set("parcel", parcels)) for _ in range(2))
    for z in (12, 16):
        at = tile_at(LON + 10 * CELL, LAT + 10 * CELL, z)
        assert one.tile(*at) == other.tile(*at)


def test_many_threads_draw_the_picture_once(parcels: list[Polygon], make_set: MakeSet) -> None:
    tiles = TileSet(make_set("parcel", parcels))
    with ThreadPoolExecutor(8) as pool:
        pictures = list(pool.map(lambda _: tiles.picture()[0], range(16)))
    assert all(one is pictures[0] for one in pictures)


def test_a_set_as_wide_as_the_country_does_not_fill_the_memory(make_set: MakeSet) -> None:
    corners = [box(73.5, 18.2, 73.6, 18.3), box(134.6, 53.4, 134.7, 53.5)]
    tiles = TileSet(make_set("parcel", corners))
    (west, north), (east, south) = (pixel(73.5, 53.5, 0), pixel(134.7, 18.2, 0))
    sizes = {z: (east - west) * (south - north) * 4**z for z in range(15)}
    assert tiles.zoom == max(z for z, size in sizes.items() if size <= MOST_PIXELS)
    assert tiles.zoom < 14


def test_the_zone_fits_into_one_picture_at_full_depth(make_set: MakeSet) -> None:
    tiles = TileSet(make_set("parcel", [box(122.05, 37.2, 122.5, 37.47)]))
    assert tiles.zoom == 14
