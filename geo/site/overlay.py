"""Where many sites meet many features, in the plane of EPSG:4550, all at once."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import measure
from geo.site.prepared import NOTHING_M2, Prepared

_GRID_M = 1e-4
_ROUND = 64  # chords to a quarter circle: 15 mm at 200 m
_OUTSIDE = 1 / np.cos(np.pi / (4 * _ROUND))  # so that chords lie outside the true circle
_CLEAN_M = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Sites and features that meet, ordered by site; `pieces` are what they share, EPSG:4550."""

    site: np.ndarray
    row: np.ndarray
    pieces: np.ndarray

    def kept(self, mask: np.ndarray) -> "Pairs":
        """Some of the pairs."""
        return Pairs(self.site[mask], self.row[mask], self.pieces[mask])

    def by_site(self) -> Iterator[tuple[int, slice]]:
        """Each site that meets anything, with the slice of its pairs."""
        return slices(self.site)


def slices(numbers: np.ndarray) -> Iterator[tuple[int, slice]]:
    """Each number of an ordered array, with the slice where it stands."""
    if not len(numbers):
        return
    starts = [0, *(np.flatnonzero(numbers[1:] != numbers[:-1]) + 1).tolist()]
    for start, end in zip(starts, [*starts[1:], len(numbers)], strict=True):
        yield int(numbers[start]), slice(start, end)


def meet(planes: np.ndarray, prepared: Prepared) -> Pairs:
    """Pairs that share more than an edge, with what they share.

    Areas keep only their areal part, so neighbours along an edge are no pair.
    """
    site, row = prepared.tree.query(planes, predicate="intersects")
    order = np.lexsort((row, site))
    site, row = site[order], row[order]
    pieces = intersect(planes[site], prepared.planes[row])
    areal = prepared.dimensions[row] == 2
    pieces[areal] = areas_only(pieces[areal])
    enough = np.where(
        areal,
        measure.plane_areas(pieces) >= NOTHING_M2,
        shapely.get_dimensions(pieces) == prepared.dimensions[row],
    )
    return Pairs(site, row, pieces).kept(enough)


def intersect(ones: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Intersections pair by pair; a pair that cannot be told apart is snapped to 0.1 mm."""
    try:
        return np.asarray(shapely.intersection(ones, others))
    except shapely.errors.GEOSException:  # find the pair; the others keep their answer
        out = np.empty(len(ones), dtype=object)
        out[:] = [_snapped(one, other) for one, other in zip(ones, others, strict=True)]
        return out


def _snapped(one: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    try:
        return shapely.intersection(one, other)
    except shapely.errors.GEOSException:
        pair = [shapely.make_valid(given) for given in (one, other)]
        return shapely.intersection(*pair, grid_size=_GRID_M)


def subtract(one: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    """What is left of one area without another, robustly."""
    try:
        left = shapely.difference(one, other)
    except shapely.errors.GEOSException:
        pair = [shapely.make_valid(given) for given in (one, other)]
        left = shapely.difference(*pair, grid_size=_GRID_M)
    return areas_only(np.array([left], dtype=object))[0]


def union(shapes: np.ndarray) -> BaseGeometry:
    """One area of many, robustly."""
    if len(shapes) == 1:
        return shapes[0]
    try:
        return shapely.union_all(shapes)
    except shapely.errors.GEOSException:
        return shapely.union_all(shapely.make_valid(shapes), grid_size=_GRID_M)


def areas_only(shapes: np.ndarray) -> np.ndarray:
    """Shapes without the lines and points an overlay leaves where edges touch."""
    mixed = shapely.get_type_id(shapes) == 7
    low = shapely.get_dimensions(shapes) < 2
    if not (mixed.any() or low.any()):
        return shapes
    out = shapes.copy()
    out[low] = shapely.Polygon()
    for i in np.flatnonzero(mixed & ~low):
        parts = shapely.get_parts(shapes[i])
        out[i] = shapely.union_all(parts[shapely.get_dimensions(parts) == 2])
    return out


def solid(shapes: np.ndarray, least_m2: float, least_m: float) -> np.ndarray:
    """Whether an area has a part that is no sliver: large enough and wide enough on average."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    fine = (measure.plane_areas(parts) >= max(least_m2, NOTHING_M2)) & (
        measure.plane_widths(parts) >= least_m
    )
    out = np.zeros(len(shapes), dtype=bool)
    out[owner[fine]] = True
    return out


def strip(site: BaseGeometry, features: np.ndarray, reach: np.ndarray) -> BaseGeometry:
    """The part of a site within reach (m) of features; all EPSG:4550.

    Rounded corners are drawn outside the true circle, by 15 mm at 200 m.
    """
    box = np.array(shapely.bounds(site))
    grown = []
    for feature, metres in zip(features, reach, strict=True):
        frame = box + np.array([-1, -1, 1, 1]) * (metres * 1.01 + 1)
        cut = shapely.clip_by_rect(feature, *frame)
        grown.append(shapely.buffer(cut, metres * _OUTSIDE, quad_segs=_ROUND))
    both = np.array([site], dtype=object), np.array([union(np.array(grown, dtype=object))])
    return areas_only(intersect(*both))[0]


def without(site: BaseGeometry, region: BaseGeometry) -> BaseGeometry:
    """A site less a region and a hair (10 mm) more, so that nothing of it remains; EPSG:4550."""
    return subtract(site, shapely.buffer(region, _CLEAN_M, join_style="mitre"))
