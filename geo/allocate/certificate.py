"""Why demands cannot be met: a set of uses that asks for more than the land open to it.

By duality (Farkas; for whole land Hall's theorem) the demands cannot all be met if and only if
there are weights on the uses under which they ask for more than all units can give. The worst
such weights are found by the same descent as the prices, with every score zero and every
weight between -1 and 1; what is missing under them is the proof, and adding up shows it.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from geo.allocate.answers import Reason, Reduction, Removal
from geo.allocate.ground import CLOSED, Ground, prepared
from geo.allocate.plan import Way, closed, divide
from geo.allocate.prices import opened, refine
from geo.allocate.response import OPEN, ask, pays
from geo.allocate.values import Effort, Problem, Watch

FAR = 1e3  # weight that no demand in doubt can pay
EXACT = 1e-12
MOST_FOLDED = 39  # digits of base 3 that 63 bits hold
TINY = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Lack:
    """The least m² by which demands must be missed, and the weights (C,) that prove it."""

    m2: float
    weights: np.ndarray


def lack(ground: Ground) -> Lack:
    """By how much the demands must be missed in all; 0 if they can be met (by parts of units)."""
    bare = _folded(replace(ground, score=_bare(ground.score)))
    return _worst(bare, _box(ground, 1.0))


def explain(problem: Problem, effort: Effort | None = None) -> tuple[Reason, ...]:
    """Why the demands cannot be met, and the least that would change it; empty if they can be."""
    ground = prepared(problem, exact=True)
    crossed = tuple(_crossed(ground))
    lost = closed(ground)
    if crossed or lost.any():
        return (*crossed, *_closed(ground, lost))
    found = lack(ground)
    if found.m2 > TINY * ground.total:
        sets = _sets(ground, found.weights)
        return tuple(_reason(ground, weights, len(sets) == 1) for weights in sets)
    return () if problem.shares else tuple(_grain(ground, effort or Effort()))


def _bare(score: np.ndarray) -> np.ndarray:
    return np.where(score > OPEN, 0.0, CLOSED)


def _box(ground: Ground, reach: float) -> np.ndarray:
    box = np.full(len(ground.score), reach)
    box[ground.uses :] = 0
    return box


def _folded(ground: Ground) -> Ground:
    """Units open to the same uses at the same points are one, where land is alike."""
    if len(ground.usable) > 1 or len(ground.score) > MOST_FOLDED:
        return ground
    key = np.zeros(ground.units, dtype=np.int64)
    for row in ground.score:  # every score here is CLOSED, -1 or 0
        key *= 3
        key += row > OPEN
        key += row == 0
    _, first, group = np.unique(key, return_index=True, return_inverse=True)
    area = np.bincount(group, weights=ground.usable[0])
    return replace(
        ground, score=ground.score[:, first], usable=area[None, :], bits=ground.bits[:, first]
    )


def _worst(bare: Ground, box: np.ndarray) -> Lack:
    region = opened(bare, np.zeros(len(box)), min(1.0, float(box.max())))
    refine(bare, box, region, (EXACT, Watch()))
    price = region.best.price
    tidy = np.where(np.abs(price - np.rint(price)) < 1e-5, np.rint(price), price)
    return max((Lack(_missed(bare, each), each) for each in (price, tidy)), key=lambda one: one.m2)


def _missed(bare: Ground, weights: np.ndarray) -> float:
    """m² that the demands ask, under weights, beyond what all units give."""
    return pays(bare, weights) - ask(bare, weights).worth


def _sets(ground: Ground, weights: np.ndarray) -> list[np.ndarray]:
    """The weights parted into sets of uses that share no land, each as small as it can be."""
    bare = _folded(replace(ground, score=_bare(ground.score)))
    open_ = (bare.score > OPEN) & (np.abs(weights) > 1e-6)[:, None]
    left, found = {int(use) for use in np.flatnonzero(weights)}, []
    while left:
        group, grown = set(), {left.pop()}
        while grown:
            group |= grown
            units = open_[list(grown)].any(axis=0)
            grown = {use for use in left if (open_[use] & units).any()}
            left -= grown
        kept = np.where(np.isin(np.arange(len(weights)), list(group)), weights, 0.0)
        if _missed(bare, kept) > TINY * ground.total:
            found.append(_least(bare, kept))
    return found


def _least(bare: Ground, weights: np.ndarray) -> np.ndarray:
    """Without the uses whose part in the proof is nothing."""
    worst = _missed(bare, weights)
    for use in np.flatnonzero(weights):
        fewer = weights.copy()
        fewer[use] = 0
        if _missed(bare, fewer) >= worst * (1 - TINY):
            weights = fewer
    return weights


def _reason(ground: Ground, weights: np.ndarray, only: bool) -> Reason:
    bare = replace(ground, score=_bare(ground.score))
    missed = _missed(bare, weights)
    plus, minus = np.maximum(weights, 0), np.maximum(-weights, 0)
    room = np.where(minus > 0, ground.high, 0)
    asked = float(plus @ ground.low) if plus.any() else float(minus @ room)
    uses = np.flatnonzero(weights)
    alone = ground if only else _without_others(ground, uses)
    return Reason(
        code="LAND" if plus.any() else "ROOM",
        uses=tuple(map(int, uses)),
        asked_m2=asked,
        open_m2=asked - missed if plus.any() else asked + missed,
        short_m2=missed,
        weights=tuple(map(float, weights[: ground.uses])),
        removals=tuple(_removals(alone, uses)) if plus.any() else (),
        reductions=tuple(Reduction(int(use), _reduction(alone, int(use))) for use in uses),
    )


def _without_others(ground: Ground, uses: np.ndarray) -> Ground:
    """The same land where only some uses ask for anything."""
    asks = np.isin(np.arange(len(ground.low)), uses)
    high = np.where(asks, ground.high, math.inf)
    return replace(ground, low=np.where(asks, ground.low, 0.0), high=high)


def _removals(ground: Ground, uses: np.ndarray) -> Iterator[Removal]:
    """What each exclusion takes from a set of uses, the most first."""
    bits = ground.bits[uses]
    usable = ground.usable[uses if len(ground.usable) > 1 else [0]].max(axis=0)
    shut = (bits > 0).all(axis=0)
    found = []
    for place, code in enumerate(ground.codes):
        one = np.uint32(1 << place)
        touched = float(usable[((bits & one) > 0).all(axis=0)].sum())
        alone = float(usable[shut & (bits == one).any(axis=0)].sum())
        if alone or touched:
            found.append(Removal(code, touched, alone, _relaxation(ground, one)))
    yield from sorted(found, key=lambda one: (-one.alone_m2, -one.touched_m2, one.code))


def _relaxation(ground: Ground, one: np.uint32) -> float | None:
    """The least m² behind one exclusion that must open to meet all demands; None if no help."""
    lifted = np.full(ground.score.shape, CLOSED)
    lifted[ground.score > OPEN] = 0.0
    lifted[: ground.uses][ground.bits == one] = -1.0
    return _needed(ground, replace(ground, score=lifted), _box(ground, FAR), None)


def _reduction(ground: Ground, use: int) -> float | None:
    """The least m² by which one demand must give way for all others; None if that is no help."""
    box = _box(ground, FAR)
    box[use] = 1.0
    return _needed(ground, replace(ground, score=_bare(ground.score)), box, use)


def _needed(ground: Ground, eased: Ground, box: np.ndarray, use: int | None) -> float | None:
    found = _worst(_folded(eased), box)
    stuck = np.abs(found.weights) >= FAR * 0.99
    return None if stuck.any() else max(found.m2, 0.0)


def _crossed(ground: Ground) -> Iterator[Reason]:
    for use in np.flatnonzero(ground.low > ground.high):
        low, high = float(ground.low[use]), float(ground.high[use])
        by = (Reduction(int(use), low - high),)
        yield Reason("BAND", (int(use),), low, high, low - high, reductions=by)


def _closed(ground: Ground, lost: np.ndarray) -> Iterator[Reason]:
    if lost.any():
        area = float(ground.usable.max(axis=0)[lost].sum())
        found = []
        for place, code in enumerate(ground.codes):
            one = np.uint32(1 << place)
            touched = lost & ((ground.bits & one) > 0).all(axis=0)
            alone = lost & (ground.bits == one).any(axis=0)
            sums = [float(ground.usable.max(axis=0)[each].sum()) for each in (touched, alone)]
            if any(sums):
                found.append(Removal(code, sums[0], sums[1], area if alone[lost].all() else None))
        yield Reason("CLOSED", (), area, 0.0, area, removals=tuple(found))


def _grain(ground: Ground, effort: Effort) -> Iterator[Reason]:
    """Demands that parts of units could meet, but whole units do not fit."""
    found = divide(ground, effort, Watch(), Way())
    if found.met:
        return
    area = np.array([ground.row(u)[found.choice == u].sum() for u in range(ground.uses)])
    off = np.maximum(ground.low[: ground.uses] - area, area - ground.high[: ground.uses])
    for use in np.flatnonzero(off > TINY * ground.total):
        near, by = float(area[use]), float(off[use])
        change = (Reduction(int(use), by),)
        low = float(ground.low[use])
        yield Reason("GRAIN", (int(use),), low, near, by, reductions=change)
