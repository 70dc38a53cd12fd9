"""Rules that ask where a site lies: on features, or outside them."""

import dataclasses
from collections.abc import Sequence

import numpy as np
import shapely

from geo import measure
from geo.site.outcome import (
    Batch,
    Outcome,
    Reading,
    Said,
    ellipsoid_areas,
    joined,
    sized,
    total_length,
)
from geo.site.overlay import Pairs, meet, solid, subtract, union
from geo.site.values import Answer, Met, Near


def overlap(reading: Reading, batch: Batch) -> list[Outcome]:
    """Whether sites lie on features; slivers stand apart."""
    out = [Outcome(Answer.CLEAR)] * len(batch.sites)
    pairs = meet(batch.planes, reading.used)
    if not len(pairs.site):
        return out
    met = sized(reading, pairs)
    firm = firmly(reading, pairs)
    for site, where in pairs.by_site():
        part = Pairs(pairs.site[where], pairs.row[where], pairs.pieces[where])
        out[site] = _overlap_of(reading, part, met[where], firm[where])
    return out


def firmly(reading: Reading, pairs: Pairs) -> np.ndarray:
    """Which pairs are no slivers; lines and points always count."""
    areal = reading.used.dimensions[pairs.row] == 2
    rule = reading.rule
    return np.asarray(~areal | solid(pairs.pieces, rule.tolerance_m2, rule.tolerance_m))


def _overlap_of(reading: Reading, pairs: Pairs, met: Sequence[Met], firm: np.ndarray) -> Outcome:
    waiting = reading.used.pending[pairs.row]
    said = list[Said]()
    thin = ~firm & ~waiting
    if thin.sum() > 1:
        whole = np.array([union(pairs.pieces[thin])], dtype=object)
        if solid(whole, reading.rule.tolerance_m2, reading.rule.tolerance_m)[0]:
            said.append(("SMALL_PIECES", {"count": int(thin.sum())}))
            firm, thin = firm | thin, np.zeros_like(thin)
    hits = firm & ~waiting
    hit = [one for one, take in zip(met, hits, strict=True) if take]
    features = picked(met, hits)
    return Outcome(
        Answer.HIT if features else Answer.CLEAR,
        features,
        tuple(sliver(reading, one) for one in picked(met, thin)),
        picked(met, firm & waiting),
        tuple(said),
        length_m=total_length(features),
        **joined(reading, pairs.pieces[hits], hit),
    )


def picked(met: Sequence[Met], mask: np.ndarray) -> tuple[Met, ...]:
    """Some of the features, the largest share first."""
    chosen = [one for one, take in zip(met, mask, strict=True) if take]
    return tuple(sorted(chosen, key=lambda one: (-(one.overlap_m2 or one.length_m or 0), one.id)))


def sliver(reading: Reading, met: Met) -> Near:
    """A near miss by overlap."""
    return Near(met, "sliver", reading.rule.tolerance_m2, reading.rule.tolerance_m)


def within(reading: Reading, batch: Batch) -> list[Outcome]:
    """Whether sites reach outside the features; what they lie in is told."""
    pairs = meet(batch.planes, reading.used)
    met = sized(reading, pairs)
    grade = reading.used.worst
    out = [Outcome(Answer.HIT, land=(plane,), grade=grade) for plane in batch.planes]
    for site, where in pairs.by_site():
        waiting = reading.used.pending[pairs.row[where]]
        inside = picked(met[where], ~waiting)
        pending = picked(met[where], waiting)
        left = uncovered(batch.planes[site], pairs.pieces[where][~waiting])
        rule = reading.rule
        out_of_it = solid(np.array([left]), rule.tolerance_m2, rule.tolerance_m)[0]
        if out_of_it:
            out[site] = Outcome(Answer.HIT, inside, (), pending, land=(left,), grade=grade)
        else:
            near = _edge(reading, left, inside)
            out[site] = Outcome(Answer.CLEAR, inside, near, pending)
    return out


def uncovered(plane: shapely.Geometry, pieces: np.ndarray) -> shapely.Geometry:
    """What of a site the pieces leave bare."""
    areal = pieces[shapely.get_dimensions(pieces) == 2]
    return subtract(plane, union(areal)) if len(areal) else plane


def _edge(reading: Reading, left: shapely.Geometry, inside: Sequence[Met]) -> tuple[Near, ...]:
    """A sliver of the site that is outside, as a near miss of the feature it mostly lies in."""
    bare = np.array([left], dtype=object)
    if not inside or measure.plane_areas(bare)[0] < 0.01:
        return ()
    share = float(ellipsoid_areas(bare)[0])
    return (sliver(reading, dataclasses.replace(inside[0], overlap_m2=share)),)
