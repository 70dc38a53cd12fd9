"""Shapes against one another: overlaps, the same shape twice, gaps and slivers."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from geo import measure
from geo.checks import TOLERANCE_M, parts, ring
from geo.errors import Issue

THIN_M = 0.5  # below this, an overlap must show in the plane and in degrees: see `_overlapping`
SLIVER_M = 1.0


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two areas that claim the same ground; positions in the array of shapes, first < second."""

    first: int
    second: int
    m2: float


def twins(shapes: np.ndarray, rows: np.ndarray) -> Iterator[Issue]:
    """Rows whose shape another row has too, to the last digit, however it is drawn."""
    boxes = ring.hashed(shapely.bounds(shapes).reshape(-1, 2)).reshape(-1, 2)
    _, group, size = np.unique(
        boxes[:, 0] ^ (boxes[:, 1] << np.uint64(1)), return_inverse=True, return_counts=True
    )
    alike = np.flatnonzero(size[group] > 1)  # the same box is rare, and the rest need no look
    seen: dict[bytes, int] = {}
    keys = shapely.to_wkb(shapely.normalize(shapes[alike])).tolist()
    for at, key in zip(alike.tolist(), keys, strict=True):
        if key is None:
            continue
        first = seen.setdefault(key, at)
        if first != at:
            message = f"图形与第 {rows[first]} 行完全相同，请核对是否重复"
            yield Issue("DUPLICATE_SHAPE", message, "warning", int(rows[at]), "geometry")


def overlap_issues(
    shapes: np.ndarray, rows: np.ndarray, given: ring.Edges | None = None
) -> Iterator[Issue]:
    """Each pair of rows whose areas overlap, with m²; `given` as for `overlaps`."""
    for one in overlaps(shapes, given):
        row, other = int(rows[one.first]), int(rows[one.second])
        message = f"与第 {other} 行重叠 {_m2(one.m2)} ㎡，请核对界线"
        yield Issue("OVERLAP", message, "warning", row, "geometry", str(other))


def overlaps(shapes: np.ndarray, given: ring.Edges | None = None) -> list[Overlap]:
    """Pairs of areas that overlap by `TOLERANCE_M` or more, in order.

    `given` are the edges of the shapes, if they are at hand.

    Where areas tile the ground, every inner edge is run along once in each direction. How
    many areas lie over a place changes only across edges that are not; so if none of the
    areas that own such edges overlaps another, none does, and most need not be compared.
    Those that do overlap are compared with all in turn, until no more are found.
    """
    areal = shapes.copy()
    areal[shapely.get_dimensions(shapes) != 2] = None
    tree = shapely.STRtree(areal)
    due = ring.unshared(given or ring.edges(areal))
    done = np.zeros(len(areal), dtype=bool)
    found: dict[tuple[int, int], float] = {}
    while due.size:
        done[due] = True
        new = _overlapping(areal, _pairs(tree, areal, due))
        found |= new
        reached = np.unique(np.array(list(new), dtype=np.int64).reshape(-1))
        due = reached[~done[reached]]
    return [Overlap(first, second, m2) for (first, second), m2 in sorted(found.items())]


def gaps(shapes: np.ndarray, *, outline: shapely.Geometry | None = None) -> Iterator[Issue]:
    """Holes in the cover of a set that should leave none, or what of `outline` is not covered."""
    found, widths = holes(shapes, outline=outline)
    for hole, width, m2 in zip(found, widths, measure.areas_m2(found), strict=True):
        place = shapely.point_on_surface(hole)
        where = f"{place.x:.6f},{place.y:.6f}"
        what = "狭缝" if width < SLIVER_M else "缝隙"
        message = f"{what} {_m2(m2)} ㎡，平均宽 {width:.3f} 米，位于 {where}，请核对相邻界线"
        yield Issue("GAP", message, "warning", 0, "geometry", where)


def holes(
    shapes: np.ndarray, *, outline: shapely.Geometry | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """The gaps as areas in EPSG:4490, and their mean widths in metres."""
    planes = measure.to_planes(shapes[shapely.get_dimensions(shapes) == 2])
    # Grown by a hair, so that corners along a neighbour's edge leave no crack into the open.
    cover = shapely.union_all(shapely.buffer(planes, TOLERANCE_M / 2, join_style="mitre"))
    if outline is None:
        whole = shapely.union_all(shapely.polygons(shapely.get_exterior_ring(_parts(cover))))
    else:
        whole = measure.to_plane(outline)
    left = _parts(shapely.difference(whole, cover))
    grown = shapely.buffer(left, TOLERANCE_M / 2, join_style="mitre")
    widths = measure.plane_widths(grown)
    real = widths >= TOLERANCE_M
    return measure.to_storeds(grown[real]), widths[real]


def slivers(shapes: np.ndarray, rows: np.ndarray) -> Iterator[Issue]:
    """Areas on average narrower than a metre."""
    areal = np.flatnonzero(shapely.get_dimensions(shapes) == 2)
    widths = measure.plane_widths(measure.to_planes(shapes[areal]))
    for at, width in zip(areal, widths, strict=True):
        if width < SLIVER_M:
            message = f"狭长碎面，平均宽 {width:.3f} 米，请核对是否应并入相邻图斑"
            yield Issue("SLIVER", message, "warning", int(rows[at]), "geometry")


def _pairs(tree: shapely.STRtree, shapes: np.ndarray, due: np.ndarray) -> np.ndarray:
    """Pairs (n, 2), first < second, of `due` areas and any whose box meets theirs."""
    one, two = tree.query(shapes[due], predicate="intersects")
    pairs = np.sort(np.column_stack([due[one], two]), axis=1)
    return np.unique(pairs[pairs[:, 0] < pairs[:, 1]], axis=0)


def _overlapping(shapes: np.ndarray, pairs: np.ndarray) -> dict[tuple[int, int], float]:
    """Overlap in m² of the pairs that overlap.

    An edge that is straight in the plane is not quite straight in degrees. Neighbours drawn
    in one, whose corners lie along each other's edges, seem to overlap in the other by some
    millimetres; so a thin overlap counts only where it shows in both.
    """
    pairs = pairs[parts.at_once(_within, shapes[pairs[:, 0]], shapes[pairs[:, 1]])]
    a, b = shapes[pairs[:, 0]], shapes[pairs[:, 1]]
    shared = _areas_only(parts.at_once(shapely.intersection, a, b))
    some = np.flatnonzero(~shapely.is_empty(shared))
    pairs, shared, a, b = pairs[some], shared[some], a[some], b[some]
    widths = measure.plane_widths(measure.to_planes(shared))
    thin = np.flatnonzero((widths < THIN_M) & (widths >= TOLERANCE_M))
    if thin.size:
        planes = shapely.intersection(measure.to_planes(a[thin]), measure.to_planes(b[thin]))
        widths[thin] = np.minimum(widths[thin], measure.plane_widths(_areas_only(planes)))
    real = widths >= TOLERANCE_M
    areas = measure.areas_m2(shared[real])
    return {(int(i), int(j)): float(m2) for (i, j), m2 in zip(pairs[real], areas, strict=True)}


def _within(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Pairs whose insides meet; most merely touch, and need not be cut with one another."""
    return np.asarray(shapely.relate_pattern(a, b, "T********"))


def _areas_only(shapes: np.ndarray) -> np.ndarray:
    """Shapes without the points and lines in which neighbours merely touch."""
    out = shapes.copy()
    flat = shapely.get_dimensions(shapes) < 2
    out[flat] = shapely.Polygon()
    for at in np.flatnonzero(shapely.get_type_id(out) == shapely.GeometryType.GEOMETRYCOLLECTION):
        out[at] = shapely.union_all(_parts(out[at]))
    return out


def _parts(shape: shapely.Geometry) -> np.ndarray:
    """The polygons of a shape."""
    every = shapely.get_parts(shape)
    return np.asarray(every[shapely.get_dimensions(every) == 2])


def _m2(value: float) -> str:
    return f"{value:,.1f}" if value >= 0.05 else f"{value:.4f}"
