"""Corners to rings, rings to areas. Holes are found by nesting, never by ring numbers.

Sizes here are in the units of the file's own plane, to sort rings and to compare with what
the file declares; what the product shows is measured in `geo.measure`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon

CLOSE = 5e-5  # in units of the file: far below any 精度 in use


@dataclass(frozen=True, slots=True)
class Corner:
    """One corner as written; `x` is east (longitude), `y` north (latitude)."""

    name: str
    ring: str
    x: float
    y: float
    line: int


@dataclass(frozen=True, slots=True)
class Split:
    """Rings of one parcel without closing points, and how they were closed in the file."""

    rings: tuple[tuple[Corner, ...], ...]
    unclosed: int
    doubled: int  # corners repeated at once, dropped


def split(corners: Sequence[Corner]) -> Split:
    """Cut corners into rings where the ring number changes or a ring comes back to its start."""
    rings: list[tuple[Corner, ...]] = []
    unclosed = doubled = 0
    for _, group in groupby(corners, key=lambda corner: corner.ring):
        ring: list[Corner] = []
        start: Corner | None = None  # of the ring just closed
        for corner in group:
            if (ring and same(ring[-1], corner)) or (not ring and start and same(start, corner)):
                doubled += 1
            elif len(ring) >= 3 and same(ring[0], corner):
                rings.append(tuple(ring))
                ring, start = [], corner
            else:
                ring.append(corner)
        if ring:
            rings.append(tuple(ring))
            unclosed += 1
    return Split(tuple(rings), unclosed, doubled)


def same(one: Corner, other: Corner) -> bool:
    """Whether two corners are at one place."""
    return abs(one.x - other.x) <= CLOSE and abs(one.y - other.y) <= CLOSE


def positions(ring: Sequence[Corner]) -> np.ndarray:
    """Corners as an (n, 2) array, east first."""
    return np.array([(corner.x, corner.y) for corner in ring], dtype=float).reshape(-1, 2)


def twice(ring: np.ndarray) -> float:
    """Twice the signed size of a ring of (n, 2) positions: above 0 if it runs anticlockwise."""
    x, y = (ring - ring[0]).T
    return float(np.dot(x[:-1], y[1:]) - np.dot(y[:-1], x[1:]))  # the last edge ends at 0, 0


def sizes(shapes: np.ndarray) -> np.ndarray:
    """Sizes of areas in square units of their own plane; 0 for None, points and lines."""
    areas = shapely.get_dimensions(shapes) == 2
    parts, owner = shapely.get_parts(shapes[areas], return_index=True)
    owner = np.flatnonzero(areas)[owner]
    rings, part = shapely.get_rings(parts, return_index=True)
    at, ring = shapely.get_coordinates(rings, return_index=True)
    if not len(at):
        return np.zeros(len(shapes))
    inner = ring[1:] == ring[:-1]
    start = np.flatnonzero(np.concatenate([[True], ~inner]))
    x, y = (at - at[start][ring]).T
    crossed = np.where(inner, x[:-1] * y[1:] - y[:-1] * x[1:], 0.0)
    each = np.abs(np.bincount(ring[:-1], crossed, len(rings))) / 2
    hole = np.concatenate([[False], part[1:] == part[:-1]])
    return np.bincount(owner[part], np.where(hole, -each, each), len(shapes))


def nested(rings: Sequence[np.ndarray]) -> Polygon | MultiPolygon:
    """The area that rings of at least three positions enclose, by even-odd nesting."""
    if len(rings) == 1:
        return Polygon(rings[0])
    faces = np.array([Polygon(ring) for ring in rings], dtype=object)
    big = np.array([abs(twice(ring)) for ring in rings])
    points = shapely.point_on_surface(faces)
    inner, outer = shapely.STRtree(faces).query(points, predicate="intersects")
    real = big[outer] > big[inner]
    inner, outer = inner[real], outer[real]
    depth = np.bincount(inner, minlength=len(rings))
    holes: dict[int, list[np.ndarray]] = {i: [] for i in np.flatnonzero(depth % 2 == 0).tolist()}
    for hole in np.flatnonzero(depth % 2).tolist():
        around = outer[(inner == hole) & (depth[outer] == depth[hole] - 1)]
        if around.size:
            holes[int(around[np.argmin(big[around])])].append(rings[hole])
        else:  # rings that cross one another: kept as read, for the checks to tell
            holes[hole] = []
    parts = [Polygon(rings[shell], inside) for shell, inside in sorted(holes.items())]
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)
