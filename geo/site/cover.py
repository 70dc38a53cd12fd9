"""Where a set is complete: beyond it, that nothing was found says nothing.

| found | site wholly inside | partly or wholly beyond | nobody said |
|---|---|---|---|
| 涉及 | 涉及 | 涉及, and what lies beyond is told | 涉及 |
| 不涉及 | 不涉及 | 无数据 | 不涉及, and that nobody said |
| 无数据 | 无数据 | 无数据 | 无数据 |

A rule that asks how far away something is looks as far around the site. A rule that a site be
within something is hit by what lies outside it; where all of that lies beyond, nothing is known.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import measure
from geo.site.asked import LayerInput
from geo.site.outcome import Batch, Outcome, Said
from geo.site.overlay import solid, subtract, union
from geo.site.rules import Kind, Rule
from geo.site.values import Answer

_UNSAID: Said = ("COVER_UNSAID", {})
_TOLERANCE_M2, _TOLERANCE_M = 1.0, 0.1  # an edge drawn twice leaves no more


def bounded(
    rule: Rule, layer: LayerInput, outcomes: Sequence[Outcome], batch: Batch
) -> list[Outcome]:
    """Outcomes that do not take a blank for free where the set is not known to be complete."""
    if layer.covers is None:
        return _told(outcomes) if layer.unsaid else list(outcomes)
    covers = measure.to_plane(layer.covers)
    shapely.prepare(covers)
    reach = _reach(rule, batch)
    both = zip(outcomes, batch.planes, strict=True)
    return [_one(rule, one, (plane, reach), covers) for one, plane in both]


def _reach(rule: Rule, batch: Batch) -> float:
    """How far from a site a rule looks, in metres."""
    if rule.kind is not Kind.DISTANCE:
        return 0.0
    said = rule.distance_m or batch.settings.parameters.get(rule.parameter, 0.0)
    return max([said, *(band.from_m + band.distance_m for band in rule.bands)])


def _told(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Clear outcomes with the remark; those that sites share are still shared."""
    known: dict[int, Outcome] = {}
    for one in outcomes:
        if id(one) not in known:
            clear = one.answer is Answer.CLEAR
            known[id(one)] = replace(one, said=(*one.said, _UNSAID)) if clear else one
    return [known[id(one)] for one in outcomes]


def _one(
    rule: Rule, one: Outcome, looked: tuple[BaseGeometry, float], covers: BaseGeometry
) -> Outcome:
    """An outcome of a site `looked` at with so many metres around it."""
    if one.answer not in (Answer.CLEAR, Answer.HIT):
        return one
    plane, reach = looked
    if _beyond(shapely.buffer(plane, reach) if reach else plane, covers) is None:
        return one
    said = (*one.said, _missing(plane, reach, covers))
    if one.answer is Answer.HIT and not _doubtful(rule, one, covers):
        return replace(one, said=said)
    return replace(
        one, answer=Answer.NO_DATA, said=said, land=(), overlap_m2=None, overlap_plane_m2=None
    )


def _missing(plane: BaseGeometry, reach: float, covers: BaseGeometry) -> Said:
    """How much of the site itself lies beyond, or that only its surroundings do."""
    beyond = _beyond(plane, covers)
    if beyond is None:
        return "NOT_COVERED_NEAR", {"m": f"{reach:g}"}
    area = float(measure.ellipsoid_areas(np.array([beyond]))[0])
    return "NOT_COVERED", {"m2": f"{area:.0f}"}


def _doubtful(rule: Rule, one: Outcome, covers: BaseGeometry) -> bool:
    """Whether a site is said to reach outside something only where the set is not complete."""
    if rule.kind is not Kind.WITHIN or not one.land:
        return False
    outside = union(np.array(one.land, dtype=object))
    known = shapely.intersection(outside, covers)
    return not solid(np.array([known], dtype=object), _TOLERANCE_M2, _TOLERANCE_M)[0]


def _beyond(plane: BaseGeometry, covers: BaseGeometry) -> BaseGeometry | None:
    if shapely.covers(covers, plane):
        return None
    left = subtract(plane, covers)
    whole = np.array([left], dtype=object)
    return left if solid(whole, _TOLERANCE_M2, _TOLERANCE_M)[0] else None
