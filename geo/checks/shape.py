"""Each shape for itself: is it there, is it finite, does it cross itself, what would mend it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import shapely

from geo import measure
from geo.checks import TOLERANCE_M, parts, ring
from geo.errors import Issue

TYPES = ("Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon")
_CODES = (0, 1, 3, 4, 5, 6)  # shapely's numbers of them
_BARBED = -np.cos(np.radians(1.0))  # a corner sharper than 1 degree is a spike
_SHARP = np.tan(np.radians(10.0))
_LEG_M = 0.05
_LEAST_RADIUS_M = 6.33e6  # no way along the ellipsoid bends more anywhere
_WHY = {
    "Self-intersection": ("SELF_INTERSECTION", "自相交"),
    "Ring Self-intersection": ("SELF_INTERSECTION", "边界自相接"),
    "Too few points in geometry component": ("TOO_FEW_POINTS", "点数不足"),
    "Hole lies outside shell": ("HOLE_OUTSIDE", "洞在外环之外"),
    "Holes are nested": ("HOLES_NESTED", "洞相互嵌套"),
    "Interior is disconnected": ("INTERIOR_SPLIT", "内部被洞隔断"),
    "Nested shells": ("PARTS_NESTED", "部分相互嵌套"),
    "Duplicate Rings": ("DUPLICATE_RINGS", "环重复"),
}


@dataclass(frozen=True, slots=True)
class Mend:
    """A proposed repair of one row; areas in m², `before` as a naive sum takes the original."""

    row: int
    code: str
    why: str
    before_m2: float
    after_m2: float
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Mended:
    """Shapes with every repair made (None where there is none), the repairs, what was found."""

    shapes: np.ndarray
    mends: tuple[Mend, ...]
    issues: tuple[Issue, ...]


def mended(shapes: np.ndarray, rows: np.ndarray, *, repair: bool) -> Mended:
    """Find shapes that cannot be stored as they are; mend those that can be, if asked to.

    Not mended, a faulty shape is an error of its row; mended, a warning with both areas.
    """
    infinite = _infinite(shapes)
    out, issues = shapes.copy(), list(_absent(shapes, rows, infinite))
    out[_nothing(shapes) | _strange(shapes) | infinite] = None
    valid = parts.at_once(shapely.is_valid, out)
    bad = np.flatnonzero(~valid & ~shapely.is_missing(out))
    better = shapely.make_valid(out[bad], method="structure", keep_collapsed=False)
    whole = (shapely.get_dimensions(better) == shapely.get_dimensions(out[bad])) & ~(
        shapely.is_empty(better)
    )
    mends = tuple(_mends(out[bad], better, rows[bad]))
    for at, new, good, mend in zip(bad, better, whole, mends, strict=True):
        fixed = bool(good and repair)
        out[at] = new if fixed else None
        issues.append(_told(mend, fixed=fixed, can=bool(good)))
    return Mended(out, mends, tuple(issues))


def oddities(given: ring.Edges, rows: np.ndarray) -> Iterator[Issue]:
    """Spikes and repeated points of areas that are valid all the same: to be looked at."""
    tiny = _tiny(given)
    doubled = np.bincount(given.owner[given.ring[tiny]], minlength=len(rows))
    for at in np.flatnonzero(doubled):
        message = f"{doubled[at]} 个点与前一点相距不足 1 毫米，已原样保留"
        yield Issue("REPEATED_POINT", message, "info", int(rows[at]), "geometry")
    if tiny.size:
        real = np.ones(len(given.ring), dtype=bool)
        real[tiny] = False
        given = replace(given, start=given.start[real], end=given.end[real], ring=given.ring[real])
    yield from _spikes(given, rows)


def _tiny(given: ring.Edges) -> np.ndarray:
    """Positions of edges shorter than a millimetre; few are measured, the rest cannot be."""
    if not len(given.ring):
        return np.empty(0, dtype=np.int64)
    east, north = np.abs(given.end - given.start).T
    least = np.cos(np.radians(min(90.0, float(np.abs(given.start[:, 1]).max()))))
    near = np.degrees(1.01 * TOLERANCE_M / _LEAST_RADIUS_M)
    some = np.flatnonzero((north <= near) & (east * least <= near))
    return np.asarray(some[measure.steps_m(given.start[some], given.end[some]) < TOLERANCE_M])


def _spikes(given: ring.Edges, rows: np.ndarray) -> Iterator[Issue]:
    """Corners where an edge runs back along the one before it."""
    if not len(given.ring):
        return
    after = np.arange(1, len(given.ring) + 1)
    last = np.flatnonzero(np.append(given.ring[1:] != given.ring[:-1], True))
    after[last] = np.append(0, last[:-1] + 1)
    some = _sharp(given, after)
    one, two = (_ways(given, at) for at in (some, after[some]))
    back = (one[0] * two[0]).sum(axis=1)
    legs = np.minimum(one[1], two[1])
    for at in np.flatnonzero((back < _BARBED) & (legs > _LEG_M)):
        lon, lat = given.end[some[at]]
        message = f"尖刺，长约 {legs[at]:.2f} 米，位于 {lon:.6f}, {lat:.6f}，请核对该点"
        row = int(rows[given.owner[given.ring[some[at]]]])
        yield Issue("SPIKE", message, "warning", row, "geometry", f"{lon:.7f},{lat:.7f}")


def _ways(given: ring.Edges, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Unit steps (n, 2) along some edges, and their lengths in m."""
    moves = measure.moves_m(given.start[at], given.end[at])
    size = np.hypot(*moves.T)
    return moves / size[:, None], size


def _sharp(given: ring.Edges, after: np.ndarray) -> np.ndarray:
    """Corners that may be sharper than a degree on the ground, being sharp in degrees.

    Up to 60 degrees north a degree is at most twice as long one way as the other, so that
    an angle on the ground of 1 degree is at most 4 here, if no edge spans a degree.
    """
    x, y = np.ascontiguousarray((given.end - given.start).T)
    x2, y2 = x[after], y[after]
    along, across = x * x2 + y * y2, np.abs(x * y2 - x2 * y)
    sharp = across <= _SHARP * -along
    if np.abs(given.start[:, 1]).max() > 60 or np.abs(y).max() > 1:
        sharp[:] = True
    return np.flatnonzero(sharp)


def _nothing(shapes: np.ndarray) -> np.ndarray:
    return np.asarray(shapely.is_missing(shapes) | shapely.is_empty(shapes))


def _strange(shapes: np.ndarray) -> np.ndarray:
    return ~np.isin(shapely.get_type_id(shapes), (-1, *_CODES))


def _infinite(shapes: np.ndarray) -> np.ndarray:
    out = np.zeros(len(shapes), dtype=bool)
    points = shapely.get_coordinates(shapes)
    if len(points) and (np.abs(points).max(axis=0) <= (180.0, 90.0)).all():  # not so with NaN
        return out
    points, owner = shapely.get_coordinates(shapes, return_index=True)
    out[owner[~(np.abs(points) <= (180.0, 90.0)).all(axis=1)]] = True
    return out


def _absent(shapes: np.ndarray, rows: np.ndarray, infinite: np.ndarray) -> Iterator[Issue]:
    nothing, strange = _nothing(shapes), _strange(shapes)
    for at in np.flatnonzero(nothing | strange | infinite):
        row, shape = int(rows[at]), shapes[at]
        if nothing[at]:
            yield Issue("GEOMETRY_EMPTY", "没有图形，请补上或搁置该行", "error", row, "geometry")
        elif strange[at]:
            message = f"图形类型 {shape.geom_type} 不受支持，只能是点、线、面"
            yield Issue("GEOMETRY_TYPE", message, "error", row, "geometry", shape.geom_type)
        elif np.isfinite(shapely.get_coordinates(shape)).all():
            message = "坐标超出经纬度范围，疑为坐标系不符或经纬度颠倒"
            yield Issue("OUT_OF_RANGE", message, "error", row, "geometry")
        else:
            message = "坐标无效（不是有限的数），请改正该行坐标"
            yield Issue("NON_FINITE", message, "error", row, "geometry")


def _mends(bad: np.ndarray, better: np.ndarray, rows: np.ndarray) -> Iterator[Mend]:
    # The plane area of the ring as drawn: cutting long edges would mend it in passing.
    before = measure.plane_areas(measure.to_planes(bad))
    after = measure.areas_m2(better)
    for at, reason in enumerate(shapely.is_valid_reason(bad)):
        said, _, place = str(reason).partition("[")
        code, why = _WHY.get(said.strip(), ("GEOMETRY_INVALID", said.strip()))
        crossed = code == "SELF_INTERSECTION" and before[at] < after[at] / 2
        lon, lat = (float(one) for one in place.rstrip("]").split()[:2])
        row = int(rows[at])
        yield Mend(
            row, code, f"{why}（蝴蝶结形）" if crossed else why, before[at], after[at], lon, lat
        )


def _told(mend: Mend, *, fixed: bool, can: bool) -> Issue:
    where = f"{mend.why}，位于 {mend.lon:.6f}, {mend.lat:.6f}"
    areas = f"原图形面积 {mend.before_m2:,.1f} ㎡，修复后 {mend.after_m2:,.1f} ㎡"
    if fixed:
        message = f"{where}；{areas}；已按修复后的图形，请核对"
    elif can:
        message = f"{where}，面积不计入；{areas}；请采用修复或改正原图"
    else:
        message = f"{where}，无法修复，面积不计入；请改正原图"
    severity = "warning" if fixed else "error"
    return Issue(mend.code, message, severity, mend.row, "geometry", f"{mend.lon},{mend.lat}")
