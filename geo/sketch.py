"""Points that a person drew: the shape they make and its numbers."""

from collections.abc import Mapping, Sequence

import numpy as np
from shapely.geometry import Polygon

from geo import measure
from geo.errors import DataError


def polygon(ring: Sequence[tuple[float, float]]) -> Polygon:
    """A region from the points of its ring in degrees; refuses fewer than three."""
    if len(ring) < 3 or not np.isfinite(ring).all():
        raise DataError("范围至少需要三个有效的点，请继续点选", "RING")
    return Polygon(ring)


def measured(points: Sequence[tuple[float, float]], shape: str) -> Mapping[str, object]:
    """Numbers of a sketch: lengths in m, areas in m², bearing of the last leg in degrees.

    `shape` is ``line``, ``area`` (closed ring) or ``circle`` (centre and a point on it).
    """
    if len(points) < 2 or not np.isfinite(points).all():
        raise DataError("至少需要两个有效的点才能量算，请继续点选", "POINTS")
    legs = measure.legs(points)
    out: dict[str, object] = {
        "length_m": sum(leg.length_m for leg in legs),
        "bearing_deg": legs[-1].bearing_deg,
        "area_m2": None,
        "plane_m2": None,
        "ring": None,
    }
    if shape == "line" or (shape == "area" and len(points) < 3):
        return out
    region = measure.circle(*points[0], legs[-1].length_m) if shape == "circle" else polygon(points)
    if region.is_valid:
        out["area_m2"] = measure.area_m2(region)
        out["plane_m2"] = measure.plane_area_m2(region)
    if shape == "area":
        out["length_m"] = measure.length_m(region)
        out["bearing_deg"] = None
    else:
        out["ring"] = [list(point) for point in region.exterior.coords]
    return out
