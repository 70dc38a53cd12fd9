"""The rings of many areas as one run of points, to look at all corners at once."""

from dataclasses import dataclass

import numpy as np
import shapely

from geo import measure

_HASH = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], dtype=np.uint64)
_BUCKETS = 1 << 21
AREAL = (3, 6)  # shapely's numbers of polygons and multipolygons


@dataclass(frozen=True, slots=True)
class Edges:
    """Directed edges of rings: from, to (n, 2) lon/lat; ring of each; shape of each ring."""

    start: np.ndarray
    end: np.ndarray
    ring: np.ndarray
    owner: np.ndarray
    hole: np.ndarray


def edges(shapes: np.ndarray) -> Edges:
    """Every edge of the areas among some shapes, in order around each ring."""
    points, sizes, owner, hole = _rings(shapes)
    inner = np.ones(len(points), dtype=bool)
    inner[np.cumsum(sizes) - 1] = False  # no edge from the end of a ring to the next
    ring = np.repeat(np.arange(len(sizes)), sizes - 1)
    start = points[inner]
    inner = np.roll(inner, 1)
    return Edges(start, points[inner], ring, owner, hole)


def _rings(shapes: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Points of all rings; of each ring how many, its shape, and whether it is a hole.

    Most areas are one ring, which their points show; only the others are taken apart.
    """
    kinds = shapely.get_type_id(shapes)
    if (kinds == shapely.GeometryType.GEOMETRYCOLLECTION).any():
        parts = shapely.get_rings(shapely.get_parts(shapes))
        return (shapely.get_coordinates(parts), *_apart(shapes, np.arange(len(shapes))))
    areal = np.flatnonzero(np.isin(kinds, AREAL))
    points, of_point = shapely.get_coordinates(shapes[areal], return_index=True)
    single = measure.single_rings(points, of_point, len(areal))
    plain = np.bincount(of_point, minlength=len(areal))[single]
    sizes, owner, hole = _apart(shapes, areal[~single])
    owner = np.concatenate([areal[single], owner])
    order = np.argsort(owner, kind="stable")
    sizes = np.concatenate([plain, sizes])[order]
    return points, sizes, owner[order], np.concatenate([np.zeros(len(plain), bool), hole])[order]


def _apart(shapes: np.ndarray, which: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of each ring of some shapes: its number of points, its shape, whether it is a hole."""
    parts, of_part = shapely.get_parts(shapes[which], return_index=True)
    rings, of_ring = shapely.get_rings(parts, return_index=True)
    hole = np.zeros(len(rings), dtype=bool)
    hole[1:] = of_ring[1:] == of_ring[:-1]
    return shapely.get_num_coordinates(rings), which[of_part[of_ring]], hole


def unshared(found: Edges) -> np.ndarray:
    """Shapes with an edge that no neighbour runs along the other way (ascending)."""
    if not len(found.ring):
        return np.empty(0, dtype=np.int64)
    first, sizes = _spans(found)
    one = hashed(found.start)
    two = np.append(one[1:], one[:1])
    two[first + sizes - 1] = one[first]  # rings are closed
    key = (one + two) * _HASH[0] ^ (one ^ two)
    turn = np.repeat(np.where(_backward(found, first, sizes), -1, 1)[found.ring[first]], sizes)
    sign = np.where(one < two, turn, -turn)
    some = _uneven(key, sign)
    order = some[np.argsort(key[some])]
    begin = np.flatnonzero(np.concatenate([[True], key[order][1:] != key[order][:-1]]))
    left = np.add.reduceat(sign[order], begin) if len(order) else sign[:0]
    single = order[np.repeat(left != 0, np.diff(np.append(begin, len(order))))]
    return np.unique(found.owner[found.ring[single]])


def hashed(points: np.ndarray) -> np.ndarray:
    """One number for each point; equal points have equal numbers."""
    bits = (points + 0.0).view(np.uint64).reshape(-1, 2) * _HASH
    mixed = bits[:, 0] ^ ((bits[:, 1] << np.uint64(31)) | (bits[:, 1] >> np.uint64(33)))
    return np.asarray((mixed ^ (mixed >> np.uint64(29))) * _HASH[1])


def _uneven(key: np.ndarray, sign: np.ndarray) -> np.ndarray:
    """Edges that may lack their counterpart: their keys, with signs, do not sum up to nothing.

    Edges are summed by bucket. Where all have a counterpart the sum is 0; that it is 0 by
    chance is as unlikely as two edges with one key. Saves sorting the many for the few.
    """
    bucket = (key & np.uint64(_BUCKETS - 1)).astype(np.int64)
    sums = np.zeros(_BUCKETS, dtype=np.uint64)
    np.add.at(sums, bucket, np.where(sign > 0, key, np.uint64(0) - key))
    return np.flatnonzero(sums[bucket] != 0)


def _spans(found: Edges) -> tuple[np.ndarray, np.ndarray]:
    """First edge and number of edges of each ring that has any."""
    sizes = np.bincount(found.ring)
    return (np.cumsum(sizes) - sizes)[sizes > 0], sizes[sizes > 0]


def _backward(found: Edges, first: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Rings that run clockwise as shells or counter-clockwise as holes."""
    x, y = np.ascontiguousarray((found.start - np.repeat(found.start[first], sizes, axis=0)).T)
    onward = np.append(x[1:], 0.0), np.append(y[1:], 0.0)
    for one in onward:
        one[first + sizes - 1] = 0.0  # back at the first point, from which all is measured
    doubled = np.bincount(found.ring, x * onward[1] - onward[0] * y, minlength=len(found.hole))
    return np.asarray((doubled < 0) != found.hole)
