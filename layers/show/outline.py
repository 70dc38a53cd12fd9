"""Outlines of a set too big to be drawn as shapes: the browser cuts its own tiles of them."""

import gzip

import numpy as np
import shapely

from geo.model import Boundaries

_PER_DEGREE = 10.0**6


def outlines(known: Boundaries) -> bytes:
    """Rings of the areas of a set, gzipped little-endian numbers.

    uint32: rings, points. Then per ring uint32 row of the table and uint32 points; then int32
    steps from point to point, in millionths of a degree: all eastward ones, all northward ones.
    """
    parts, rows = shapely.get_parts(np.asarray(known.table.geometry.array), return_index=True)
    rings, of = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    counts = np.bincount(ring, minlength=len(rings))
    steps = np.diff(np.rint(points * _PER_DEGREE).astype("<i4"), axis=0, prepend=0)
    head = np.array([len(rings), len(points)], dtype="<u4")
    table = np.column_stack([rows[of], counts]).astype("<u4")
    body = head.tobytes() + table.tobytes() + steps.T.astype("<i4").tobytes()
    return gzip.compress(body, 6, mtime=0)
