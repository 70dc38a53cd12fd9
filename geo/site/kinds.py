"""Rules that ask where a site lies: on features, or outside them."""

import dataclasses
from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import measure
from geo.site.outcome import Batch, Outcome, Reading, Said, joined, sized, total_length
from geo.site.overlay import solid, subtract, union
from geo.site.prepared import NOTHING_M2
from geo.site.shares import Shares
from geo.site.values import Answer, Met, Near

NOWHERE = shapely.Polygon()


def overlap(reading: Reading, batch: Batch) -> list[Outcome]:
    """Whether sites lie on features; slivers stand apart."""
    out = [Outcome(Answer.CLEAR)] * len(batch.sites)
    shares = batch.shares[reading.used]
    met, firm = sized(reading, shares), firmly(reading, shares)
    for site, where in shares.pairs.by_site():
        out[site] = _overlap_of(reading, shares, where, (met[where], firm[where]))
    return out


def firmly(reading: Reading, shares: Shares) -> np.ndarray:
    """Which pairs are no slivers; lines and points always count."""
    return shares.solid(reading.rule.tolerance_m2, reading.rule.tolerance_m)


def _overlap_of(
    reading: Reading, shares: Shares, where: slice, told: tuple[Sequence[Met], np.ndarray]
) -> Outcome:
    met, firm = told
    waiting = reading.used.pending[shares.pairs.row[where]]
    said = list[Said]()
    thin = ~firm & ~waiting
    if np.count_nonzero(thin) > 1:
        whole = np.array([union(shares.pairs.pieces[where][thin])], dtype=object)
        if solid(whole, reading.rule.tolerance_m2, reading.rule.tolerance_m)[0]:
            said.append(("SMALL_PIECES", {"count": int(thin.sum())}))
            firm, thin = firm | thin, np.zeros_like(thin)
    hits = firm & ~waiting
    features = picked(met, hits)
    return Outcome(
        Answer.HIT if features else Answer.CLEAR,
        features,
        tuple(sliver(reading, one) for one in picked(met, thin)),
        picked(met, firm & waiting),
        tuple(said),
        length_m=total_length(features),
        **joined(reading, shares, where.start + np.flatnonzero(hits)),
    )


def picked(met: Sequence[Met], mask: np.ndarray) -> tuple[Met, ...]:
    """Some of the features, the largest share first."""
    chosen = [met[i] for i in np.flatnonzero(mask).tolist()]
    return tuple(sorted(chosen, key=lambda one: (-(one.overlap_m2 or one.length_m or 0), one.id)))


def sliver(reading: Reading, met: Met) -> Near:
    """A near miss by overlap."""
    return Near(met, "sliver", reading.rule.tolerance_m2, reading.rule.tolerance_m)


def within(reading: Reading, batch: Batch) -> list[Outcome]:
    """Whether sites reach outside the features; what they lie in is told."""
    rule, shares = reading.rule, batch.shares[reading.used]
    met = sized(reading, shares)
    grade = reading.used.worst
    out = [Outcome(Answer.HIT, land=(plane,), grade=grade) for plane in batch.planes]
    for site, where in shares.pairs.by_site():
        waiting = reading.used.pending[shares.pairs.row[where]]
        inside = picked(met[where], ~waiting)
        pending = picked(met[where], waiting)
        holding = where.start + np.flatnonzero(~waiting)
        left = uncovered(reading, batch.planes[site], shares, holding)
        if _is_land(left, rule.tolerance_m2, rule.tolerance_m):
            out[site] = Outcome(Answer.HIT, inside, (), pending, land=(left,), grade=grade)
        else:
            near = _edge(reading, left, inside)
            out[site] = Outcome(Answer.CLEAR, inside, near, pending)
    return out


def _is_land(left: BaseGeometry, least_m2: float, least_m: float) -> bool:
    return left is not NOWHERE and bool(solid(np.array([left]), least_m2, least_m)[0])


def uncovered(
    reading: Reading, plane: BaseGeometry, shares: Shares, where: np.ndarray
) -> BaseGeometry:
    """What of a site some of its pairs leave bare; `NOWHERE` where that is nothing."""
    areal = where[~np.isnan(shares.plane_m2[where])]
    if not len(areal):
        return plane
    if reading.used.apart or len(areal) == 1:  # shares may be added: nothing is left, or not
        bare = measure.plane_areas(np.array([plane]))[0] - shares.plane_m2[areal].sum()
        if abs(bare) < NOTHING_M2:
            return NOWHERE
    return subtract(plane, union(shares.pairs.pieces[areal]))


def _edge(reading: Reading, left: BaseGeometry, inside: Sequence[Met]) -> tuple[Near, ...]:
    """A sliver of the site that is outside, as a near miss of the feature it mostly lies in."""
    bare = np.array([left], dtype=object)
    if left is NOWHERE or not inside or measure.plane_areas(bare)[0] < NOTHING_M2:
        return ()
    share = float(measure.ellipsoid_areas(bare)[0])
    return (sliver(reading, dataclasses.replace(inside[0], overlap_m2=share)),)
