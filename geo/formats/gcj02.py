"""GCJ-02 (高德、腾讯) and BD-09 (百度) positions: formulas both ways, and how to suspect them.

The published formulas; inverses by three fixed-point steps (under 0.03 mm at Weihai). Their
bounding box also shifts parts of neighbouring countries, as all libraries do. For display
only: a boundary that went through these formulas has no legal standing (仅供参考).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely

from geo import measure
from geo.errors import Issue

_A, _EE = 6378245.0, 0.00669342162296594323
_BD = 3000.0 * np.pi / 180.0
_STEPS = 3
_NEARER = 0.25  # converted positions must lie this much nearer to the known layer
OFFSETS = {"GCJ-02": (300.0, 600.0), "BD-09": (1100.0, 1400.0)}


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A shift that converting would undo: how far in m, and of which kind."""

    offset_m: float
    kind: str


def from_wgs84(points: np.ndarray) -> np.ndarray:
    """WGS 84 to GCJ-02: (n, 2) longitude, latitude in degrees; unchanged outside China's box."""
    inside = _inside(points)
    x, y = points[:, 0] - 105.0, points[:, 1] - 35.0
    wave = 20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)
    north = wave + 20.0 * np.sin(y * np.pi) + 40.0 * np.sin(y / 3.0 * np.pi)
    north += 160.0 * np.sin(y / 12.0 * np.pi) + 320.0 * np.sin(y * np.pi / 30.0)
    east = wave + 20.0 * np.sin(x * np.pi) + 40.0 * np.sin(x / 3.0 * np.pi)
    east += 150.0 * np.sin(x / 12.0 * np.pi) + 300.0 * np.sin(x / 30.0 * np.pi)
    root = np.sqrt(np.abs(x))
    north = 2 * north / 3 - 100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    east = 2 * east / 3 + 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    latitude = np.radians(points[:, 1])
    magic = 1 - _EE * np.sin(latitude) ** 2
    dlat = np.degrees(north / (_A * (1 - _EE) / magic**1.5))
    dlon = np.degrees(east / (_A / np.sqrt(magic) * np.cos(latitude)))
    return points + np.where(inside[:, None], np.column_stack([dlon, dlat]), 0.0)


def to_wgs84(points: np.ndarray) -> np.ndarray:
    """GCJ-02 to WGS 84."""
    return _undone(points, from_wgs84)


def bd09_from_gcj02(points: np.ndarray) -> np.ndarray:
    """GCJ-02 to BD-09."""
    x, y = points.T
    radius = np.hypot(x, y) + 0.00002 * np.sin(y * _BD)
    theta = np.arctan2(y, x) + 0.000003 * np.cos(x * _BD)
    moved = np.column_stack([radius * np.cos(theta) + 0.0065, radius * np.sin(theta) + 0.006])
    return np.where(_inside(points)[:, None], moved, points)


def bd09_to_gcj02(points: np.ndarray) -> np.ndarray:
    """BD-09 to GCJ-02."""
    return _undone(points, bd09_from_gcj02)


def bd09_from_wgs84(points: np.ndarray) -> np.ndarray:
    """WGS 84 to BD-09."""
    return bd09_from_gcj02(from_wgs84(points))


def bd09_to_wgs84(points: np.ndarray) -> np.ndarray:
    """BD-09 to WGS 84."""
    return to_wgs84(bd09_to_gcj02(points))


def suspect(points: np.ndarray, reference: np.ndarray) -> Suspicion | None:
    """Whether positions would fall on a known layer if a shift were undone; asked, never done.

    Parameters
    ----------
    points
        Positions of the new data, (n, 2) longitude and latitude.
    reference
        Positions of a stored layer that show the same things (corners, stations), (m, 2).

    Returns
    -------
    The likeliest kind, if undoing it brings the points at least four times nearer to the
    reference and the shift is one of `OFFSETS`; else None.
    """
    if not len(points) or not len(reference):
        return None
    tree = shapely.STRtree(_planes(reference))
    as_they_are = _gap(tree, points)
    best: tuple[float, Suspicion] | None = None
    for kind, undo in UNDO.items():
        moved = undo(points)
        gap = _gap(tree, moved)
        shift = float(np.median(shapely.distance(_planes(points), _planes(moved))))
        low, high = OFFSETS[kind]
        fits = low <= shift <= high and gap < _NEARER * as_they_are
        if fits and (best is None or gap < best[0]):
            best = gap, Suspicion(shift, kind)
    return best[1] if best else None


def issue(found: Suspicion) -> Issue:
    """The question to ask about a suspicion."""
    name = "火星坐标（GCJ-02）" if found.kind == "GCJ-02" else "百度坐标（BD-09）"
    message = f"疑似{name}：整体偏离已有图层约 {found.offset_m:.0f} m，请确认是否换算"
    return Issue("POSSIBLE_GCJ02", message, "warning", 0, "坐标", found.kind)


UNDO: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "GCJ-02": to_wgs84,
    "BD-09": bd09_to_wgs84,
}


def _undone(points: np.ndarray, forward: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    found = points
    for _ in range(_STEPS):
        found = points - (forward(found) - found)
    return found


def _inside(points: np.ndarray) -> np.ndarray:
    x, y = points.T
    return np.asarray((x >= 72.004) & (x <= 137.8347) & (y >= 0.8293) & (y <= 55.8271))


def _planes(points: np.ndarray) -> np.ndarray:
    return measure.to_planes(shapely.points(points))


def _gap(tree: shapely.STRtree, points: np.ndarray) -> float:
    """Median distance in m from points to the nearest of the tree."""
    at = _planes(points)
    _, distances = tree.query_nearest(at, return_distance=True, all_matches=False)
    return float(np.median(distances))
