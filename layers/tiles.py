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
import shapely

from geo.errors import DataError
from geo.model import Boundaries

SIDE = 256
UNITS = 16
MANY = 1_500  # features meeting a tile, above which it is a picture
PICTURE_ZOOM = 14  # zoom whose pixels the one picture of a set has, if that is not too many
MOST_PIXELS = 2**26  # of the picture; the zone needs a third
_BUFFER = 4  # px of outline kept beyond the tile's edge so that no seam shows
_RADIUS = np.array([3.5, 1.2, 0.0])  # px around points and lines, which have no area to fill
_BATCH = 20_000  # features drawn into the picture at a time, to bound the memory it takes


@dataclass(slots=True)
class TileSet:
    """One set made ready for tiles: shapes in Web Mercator tile units (world = 1).

    Web Mercator is only the page's drawing plane; nothing is measured here.
    """

    boundaries: Boundaries
    shapes: np.ndarray = field(init=False)
    tree: shapely.STRtree = field(init=False)
    zoom: int = field(init=False)
    crowd: float = field(init=False)
    _picture: tuple[np.ndarray, int, int] | None = None
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        shapes = np.asarray(self.boundaries.table.geometry.array)
        self.shapes = np.asarray(shapely.transform(shapes, _world))
        self.tree = shapely.STRtree(self.shapes)
        self.zoom = _picture_zoom(shapely.total_bounds(self.shapes))
        west, north, east, south = shapely.bounds(self.shapes).T
        typical = np.median((east - west) * (south - north)) if len(self.shapes) > MANY else 0.0
        self.crowd = 1 / typical if typical else 0.0  # features that would fill the tile of zoom 0

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """One gzipped tile, or None where the set has nothing."""
        if not (0 <= z <= 22 and 0 <= x < 2**z and 0 <= y < 2**z):
            raise DataError(f"瓦片 {z}/{x}/{y} 不存在", "TILE")
        n = 2.0**z
        edge = _BUFFER / SIDE / n
        box = shapely.box(x / n - edge, y / n - edge, (x + 1) / n + edge, (y + 1) / n + edge)
        hits = np.sort(self.tree.query(box))  # those whose bounds meet it; cheap, unlike the test
        many = len(hits) > MANY or self.crowd / 4.0**z > MANY / 2  # at the rim as in the middle
        if not len(hits):
            body = None
        elif z > self.zoom or not many:
            hits = hits[shapely.intersects(self.shapes[hits], box)]
            body = self._outlines(hits, z, x, y, box) if len(hits) else None
        else:
            body = self._numbers(z, x, y)
        return gzip.compress(body, 4, mtime=0) if body else None

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
        # twice as wide as on a tile of this zoom: most tiles take one pixel of several
        shapes = _widened(self.shapes, 2 / pixels)
        west, north, east, south = shapely.total_bounds(shapes) * pixels
        left, top = math.floor(west), math.floor(north)
        picture = np.zeros((math.ceil(south) - top, math.ceil(east) - left), dtype="<u4")
        for first in range(0, len(shapes), _BATCH):
            xy, owner = _edges(shapes[first : first + _BATCH])
            _fill(picture, xy * pixels - np.array([left, top]), owner + first + 1)
        return picture, left, top

    def _outlines(self, hits: np.ndarray, z: int, x: int, y: int, box: shapely.Polygon) -> bytes:
        scale = 2.0**z * SIDE
        clipped = shapely.clip_by_rect(_widened(self.shapes[hits], 1 / scale), *box.bounds)
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


def _widened(shapes: np.ndarray, pixel: float) -> np.ndarray:
    """Shapes with points and lines made areas that show; `pixel` in the unit of the shapes."""
    radius = _RADIUS[shapely.get_dimensions(shapes)]
    if not radius.any():
        return shapes
    return np.asarray(np.where(radius, shapely.buffer(shapes, radius * pixel, quad_segs=2), shapes))


def _edges(shapes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Edges of polygons as (n, 2 ends, 2), and the index of the shape each belongs to."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    areal = shapely.get_type_id(parts) == 3
    rings, part_of = shapely.get_rings(parts[areal], return_index=True)
    xy, ring_of = shapely.get_coordinates(rings, return_index=True)
    within = ring_of[1:] == ring_of[:-1]
    ends = np.stack([xy[:-1], xy[1:]], axis=1)[within]
    return ends, owner[areal][part_of][ring_of[:-1][within]]


def _fill(picture: np.ndarray, edges: np.ndarray, numbers: np.ndarray) -> None:
    """Write each shape's number on the pixels whose centre it holds; later ones win.

    Edges are in pixels of the picture. A centre on a shared edge belongs to one side only.
    """
    upward = edges[:, 0, 1] > edges[:, 1, 1]
    edges[upward] = edges[upward, ::-1]  # same arithmetic for both neighbours of an edge
    (x0, y0), (x1, y1) = edges[:, 0].T, edges[:, 1].T
    first = np.ceil(y0 - 0.5).astype(np.int64)
    rows, edge = _runs(first, np.ceil(y1 - 0.5).astype(np.int64) - first)
    x = x0[edge] + (rows + 0.5 - y0[edge]) * ((x1 - x0)[edge] / (y1 - y0)[edge])
    columns = np.clip(np.ceil(x - 0.5), 0, picture.shape[1]).astype(np.int64)
    order = np.lexsort((columns, rows, numbers[edge]))
    enter, leave = order[::2], order[1::2]  # a row enters and leaves a closed shape in turn
    start = rows[enter] * picture.shape[1] + columns[enter]
    pixels, span = _runs(start, columns[leave] - columns[enter])
    picture.reshape(-1)[pixels] = numbers[edge[enter]][span]


def _runs(start: np.ndarray, count: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """``start, start + 1, …`` of each run one after another, and the run of each."""
    run = np.repeat(np.arange(len(count)), count)
    before = np.cumsum(count) - count
    return start[run] + np.arange(len(run)) - before[run], run


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
