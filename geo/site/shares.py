"""What sites share with the sets that rules read: met and measured once, whatever asks."""

import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import shapely

from geo import measure
from geo.site.overlay import Pairs, meet
from geo.site.prepared import NOTHING_M2, Prepared

_MANY = 32  # sites for which it is worth while to use every core


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """Pairs of sites and features that meet, and how much they share, pair by pair.

    Parameters
    ----------
    pairs
        The pairs, ordered by site.
    areas_m2, plane_m2
        Area shared, on the ellipsoid and in EPSG:4550; NaN where the feature is no area.
    lengths_m
        Length shared in EPSG:4550; NaN where the feature is no line.
    """

    pairs: Pairs
    areas_m2: np.ndarray
    plane_m2: np.ndarray
    lengths_m: np.ndarray
    _owner: np.ndarray
    _part_m2: np.ndarray
    _part_m: np.ndarray

    def solid(self, least_m2: float, least_m: float) -> np.ndarray:
        """Which pairs are no slivers: a part is large and wide enough. Lines and points are not."""
        fine = (self._part_m2 >= max(least_m2, NOTHING_M2)) & (self._part_m >= least_m)
        out: np.ndarray = np.isnan(self.plane_m2)
        out[self._owner[fine]] = True
        return out


def shares(planes: np.ndarray, sets: Iterable[Prepared]) -> Mapping[Prepared, Shares]:
    """What sites in EPSG:4550 share with each of some sets; measured all at once."""
    met = _met(planes, dict.fromkeys(sets))
    if not met:
        return {}
    pieces = np.concatenate([pairs.pieces for pairs in met.values()])
    whole = _measured(pieces)
    ends = np.cumsum([len(pairs.pieces) for pairs in met.values()])
    owner = whole[3]
    out = dict[Prepared, Shares]()
    for (used, pairs), end in zip(met.items(), ends.tolist(), strict=True):
        start = end - len(pairs.pieces)
        first, last = np.searchsorted(owner, [start, end])
        where, parts = slice(start, end), slice(first, last)
        areas, plane, lengths = (one[where] for one in whole[:3])
        apart = owner[parts] - start, whole[4][parts], whole[5][parts]
        out[used] = Shares(pairs, areas, plane, lengths, *apart)
    return out


def _met(planes: np.ndarray, sets: Iterable[Prepared]) -> Mapping[Prepared, Pairs]:
    """Pairs of each set; a part of a set that is asked for too is not met again."""
    asked = list(sets)
    own = [used for used in asked if used.whole not in asked]
    if len(planes) < _MANY or len(own) < 2:
        met = {used: meet(planes, used) for used in own}
    else:  # GEOS lets go of the interpreter while it works
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            found = pool.map(lambda used: meet(planes, used), own)
            met = dict(zip(own, found, strict=True))
    for used in asked:
        if used not in met:
            met[used] = _part(used, met, planes)
    return {used: met[used] for used in asked}


def _part(used: Prepared, met: Mapping[Prepared, Pairs], planes: np.ndarray) -> Pairs:
    """Pairs of a part of a set, from those of the whole."""
    if used.whole is None or used.whole not in met or used.rows is None:
        return meet(planes, used)
    pairs = met[used.whole]
    place = np.minimum(np.searchsorted(used.rows, pairs.row), max(len(used.rows) - 1, 0))
    if not len(used.rows):
        return pairs.kept(np.zeros(len(pairs.row), dtype=bool))
    keep = used.rows[place] == pairs.row
    return Pairs(pairs.site[keep], place[keep], pairs.pieces[keep])


def _measured(pieces: np.ndarray) -> tuple[np.ndarray, ...]:
    """Areas, plane areas, lengths; then owner, area and mean width of each part."""
    parts, owner = shapely.get_parts(pieces, return_index=True)
    dimensions = shapely.get_dimensions(pieces)
    areas = np.where(dimensions == 2, measure.ellipsoid_areas(pieces), np.nan)
    part_m2, part_m = measure.plane_areas(parts), measure.plane_widths(parts)
    plane = np.bincount(owner, part_m2, len(pieces))
    lengths = np.where(dimensions == 1, measure.plane_lengths(pieces), np.nan)
    return areas, np.where(dimensions == 2, plane, np.nan), lengths, owner, part_m2, part_m
