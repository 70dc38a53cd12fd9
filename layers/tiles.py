"""Tiles of big sets: a picture of feature numbers where many meet, outlines where few do.

A tile is bytes the browser reads without a library. First byte 1: after 4 bytes, 256×256
unsigned 32-bit little-endian feature numbers + 1, row by row, 0 for none. First byte 2:
after 4 bytes the number of rings n (uint32), then n pairs (feature number, points), then
int16 x, y in sixteenths of a pixel. Colours are not in a tile: they come by feature number,
so another colouring needs no new tile.
"""

import gzip
import math
from dataclasses import dataclass, field
from threading import Lock

import numpy as np
import rasterio.features
import shapely
from rasterio import Affine

from geo.errors import DataError
from geo.model import Boundaries

SIDE = 256
UNITS = 16
MANY = 1_500  # features meeting a tile, above which it is a picture
PICTURE_ZOOM = 14  # zoom whose pixels the one picture of a set has, if that is not too many
MOST_PIXELS = 2**26  # of the picture; the zone needs a third
_BUFFER = 4  # px of outline kept beyond the tile's edge so that no seam shows


@dataclass(slots=True)
class TileSet:
    """One set made ready for tiles: shapes in Web Mercator tile units (world = 1).

    Web Mercator is only the page's drawing plane; nothing is measured here.
    """

    boundaries: Boundaries
    shapes: np.ndarray = field(init=False)
    tree: shapely.STRtree = field(init=False)
    zoom: int = field(init=False)
    _picture: tuple[np.ndarray, int, int] | None = None
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        shapes = np.asarray(self.boundaries.table.geometry.array)
        self.shapes = np.asarray(shapely.transform(shapes, _world))
        self.tree = shapely.STRtree(self.shapes)
        self.zoom = _picture_zoom(shapely.total_bounds(self.shapes))

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """One gzipped tile, or None where the set has nothing."""
        if not (0 <= z <= 22 and 0 <= x < 2**z and 0 <= y < 2**z):
            raise DataError(f"瓦片 {z}/{x}/{y} 不存在", "TILE")
        n = 2.0**z
        edge = _BUFFER / SIDE / n
        box = shapely.box(x / n - edge, y / n - edge, (x + 1) / n + edge, (y + 1) / n + edge)
        hits = np.sort(self.tree.query(box, predicate="intersects"))
        if not len(hits):
            return None
        body = (
            self._numbers(z, x, y)
            if len(hits) > MANY and z <= self.zoom
            else self._outlines(hits, z, x, y, box)
        )
        packed: bytes = gzip.compress(body, 4, mtime=0)
        return packed

    def _numbers(self, z: int, x: int, y: int) -> bytes:
        picture, left, top = self.picture()
        step = 2 ** (self.zoom - z)
        # the middle pixel of each block stands for it
        rows = y * SIDE * step + np.arange(SIDE) * step + step // 2 - top
        cols = x * SIDE * step + np.arange(SIDE) * step + step // 2 - left
        out = np.zeros((SIDE, SIDE), dtype="<u4")
        in_rows = (rows >= 0) & (rows < picture.shape[0])
        in_cols = (cols >= 0) & (cols < picture.shape[1])
        out[np.ix_(in_rows, in_cols)] = picture[np.ix_(rows[in_rows], cols[in_cols])]
        return b"\x01\0\0\0" + out.tobytes()

    def picture(self) -> tuple[np.ndarray, int, int]:
        """Feature numbers + 1 of the whole set at `zoom`, with its left and top pixel.

        Drawn once per set and kept; other threads wait for it instead of drawing it again.
        """
        with self._lock:
            if self._picture is None:
                self._picture = self._drawn()
            return self._picture

    def _drawn(self) -> tuple[np.ndarray, int, int]:
        pixels = 2.0**self.zoom * SIDE
        west, north, east, south = shapely.total_bounds(self.shapes) * pixels
        left, top = math.floor(west), math.floor(north)
        right, bottom = math.ceil(east), math.ceil(south)
        height, width = bottom - top, right - left
        frame = Affine(1 / pixels, 0, left / pixels, 0, 1 / pixels, top / pixels)
        burn = zip(self.shapes, range(1, len(self.shapes) + 1), strict=True)
        picture = rasterio.features.rasterize(
            burn, out_shape=(height, width), transform=frame, dtype="uint32"
        )
        return picture, left, top

    def _outlines(self, hits: np.ndarray, z: int, x: int, y: int, box: shapely.Polygon) -> bytes:
        scale = 2.0**z * SIDE
        clipped = shapely.clip_by_rect(self.shapes[hits], *box.bounds)
        simple = shapely.simplify(clipped, 0.4 / scale, preserve_topology=False)
        parts, owner = shapely.get_parts(simple, return_index=True)
        areal = shapely.get_type_id(parts) == 3
        rings, part_of = shapely.get_rings(parts[areal], return_index=True)
        points = shapely.get_num_coordinates(rings)
        table = np.column_stack([hits[owner[areal]][part_of], points]).astype("<u4")
        xy = shapely.get_coordinates(rings) * scale - np.array([x, y]) * SIDE
        body = np.clip(np.rint(xy * UNITS), -32768, 32767).astype("<i2")
        count = np.array([len(rings)], dtype="<u4")
        return b"".join([b"\x02\0\0\0", count.tobytes(), table.tobytes(), body.tobytes()])


def _picture_zoom(bounds: np.ndarray) -> int:
    """The deepest zoom up to `PICTURE_ZOOM` whose picture is not too big; world from 0 to 1."""
    west, north, east, south = bounds * SIDE
    zoom = PICTURE_ZOOM
    while zoom and (east - west) * (south - north) * 4.0**zoom > MOST_PIXELS:
        zoom -= 1
    return zoom


def _world(lonlat: np.ndarray) -> np.ndarray:
    """Degrees to Web Mercator with the world from 0 to 1, y downwards."""
    sin = np.sin(np.radians(lonlat[:, 1]))
    x = lonlat[:, 0] / 360 + 0.5
    y = 0.5 - np.log((1 + sin) / (1 - sin)) / (4 * np.pi)
    return np.column_stack([x, y])
