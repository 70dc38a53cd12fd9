"""The rings of many areas as one run of points, to look at all corners at once."""

from dataclasses import dataclass

import numpy as np
import shapely

from geo import measure

_HASH = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], dtype=np.uint64)


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
    parts, of_part = shapely.get_parts(shapes, return_index=True)
    rings, of_ring = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    hole = np.zeros(len(rings), dtype=bool)
    hole[1:] = of_ring[1:] == of_ring[:-1]
    return Edges(points[:-1][same], points[1:][same], ring[:-1][same], of_part[of_ring], hole)


def moves_m(found: Edges) -> np.ndarray:
    """Metres east and north along each edge, (n, 2)."""
    return measure.moves_m(found.start, found.end)


def unshared(found: Edges) -> np.ndarray:
    """Shapes with an edge that no neighbour runs along the other way (ascending)."""
    one, two = hashed(found.start), hashed(found.end)
    key = (one + two) * _HASH[0] ^ (one ^ two)
    turn = np.where(_backward(found)[found.ring], -1, 1)
    sign = np.where(one < two, turn, -turn)
    order = np.argsort(key, kind="stable")
    first = np.flatnonzero(np.concatenate([[True], key[order][1:] != key[order][:-1]]))
    left = np.add.reduceat(sign[order], first) if len(order) else sign
    sizes = np.diff(np.append(first, len(order)))
    single = order[np.repeat(left != 0, sizes)] if len(order) else order
    return np.unique(found.owner[found.ring[single]])


def hashed(points: np.ndarray) -> np.ndarray:
    """One number for each point; equal points have equal numbers."""
    bits = (points + 0.0).view(np.uint64).reshape(-1, 2) * _HASH
    mixed = bits[:, 0] ^ ((bits[:, 1] << np.uint64(31)) | (bits[:, 1] >> np.uint64(33)))
    return np.asarray((mixed ^ (mixed >> np.uint64(29))) * _HASH[1])


def _backward(found: Edges) -> np.ndarray:
    """Rings that run clockwise as shells or counter-clockwise as holes."""
    origin = found.start[np.searchsorted(found.ring, found.ring)]
    (x0, y0), (x1, y1) = (found.start - origin).T, (found.end - origin).T
    doubled = np.bincount(found.ring, x0 * y1 - x1 * y0, minlength=len(found.hole))
    return np.asarray((doubled < 0) != found.hole)
