"""The prices at which the land divides itself: the Lagrangian dual, by cutting planes.

With a price on each use, every unit takes the use that is worth most to it, and nothing else
has to be agreed. The worth of all units, less what the demands pay back, is an upper bound on
every plan; the least such bound is found by Kelley's method in a trust region (Kelley 1960,
Lemaréchal 1995): one pass over the units and one linear program in K prices at each step.
"""

import math
from dataclasses import dataclass, replace

import numpy as np

from geo.allocate.ground import Ground
from geo.allocate.response import OPEN, Answer, ask, blocks, bound, pays, spread, worths
from geo.allocate.values import Effort, Watch

STEPS = 120
NEWTONS = 24
FEW_VALUES = 1_001  # of scores that come in steps
HAIR = 1e-4  # of the range of scores
NEAR = 0.01  # of the range of scores: units this near to indifference tell how prices act
ROUGH = 3_000  # units below which the bound has corners, and Newton's method no ground


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """Prices found, (C,) in points, added to the scores, and in how many passes."""

    price: np.ndarray
    steps: int


@dataclass(slots=True, eq=False)
class Region:
    """Where the best price is, how far the model is trusted around it, and its cuts."""

    best: Answer
    value: float
    radius: float
    cuts: list[Answer]
    span: float = 1.0  # the range of scores


def descend(ground: Ground, box: np.ndarray, effort: Effort, watch: Watch) -> Prices:
    """Find the least bound with prices between `-box` and `box`, (C,) in points.

    Starts on a sample of the units where there are many, then refines on all of them.
    """
    sizes = [effort.sample, 10 * effort.sample]
    grounds = [_sample(ground, size) for size in sizes if ground.units > 3 * size]
    price, range_, steps = np.zeros(len(ground.score)), spread(ground), 0
    for some in [*grounds, ground]:
        region = opened(some, price, min(float(box.max()), range_))
        region.span = range_
        if some.units < ROUGH:
            steps += refine(some, box, region, (1e-10, watch))
        else:
            steps += 0 if steps else refine(some, box, region, (1e-3, watch))
            if not newton(some, box, region, watch) and some is ground:
                region.radius = range_ * 4 / math.sqrt(some.units)
                steps += refine(some, box, region, (1e-6, watch))
        price, steps = region.best.price, steps + len(region.cuts)
    return Prices(price, steps)


def opened(ground: Ground, price: np.ndarray, radius: float) -> Region:
    """Where a search begins."""
    start = _scaled(ground, price)
    return Region(start, _value(ground, start), radius, [start])


def shaken(ground: Ground) -> tuple[Ground, float]:
    """Scores moved by a hair, the same way every time, so that equal units do not act as one.

    What that costs is of the second order: only units within a hair of indifference turn.
    Where scores come in steps (whole points), the hair is just under half a step, which turns
    none at all. Also gives the step, 0 where there is none.
    """
    if ground.units < ROUGH:
        return ground, 0.0
    kind = ground.score.dtype.type
    step, span = _step(ground), spread(ground)
    hair = kind(max(HAIR * span, 0.45 * step))
    moved = np.random.default_rng(11).random(ground.score.shape, dtype=np.float32)
    moved -= np.float32(0.5)
    moved = moved.astype(kind, copy=False)
    moved *= hair
    moved += ground.score
    return replace(ground, score=moved), step


def _step(ground: Ground) -> float:
    """The distance between scores, where a sample of them takes few values; else 0."""
    some = ground.score[:, : 2 * ROUGH]
    values = np.unique(some[some > OPEN])
    if not 1 < len(values) <= FEW_VALUES:
        return 0.0
    return float(np.diff(values).min())


def proven(ground: Ground, price: np.ndarray, step: float) -> tuple[np.ndarray, float]:
    """The least bound that prices prove, themselves or rounded to the steps of the scores."""
    tries = [price]
    for anchor in np.unique(price) if step else ():
        rounded = np.rint((price - anchor) / step) * step + anchor
        tries.append(np.where(price == 0, 0.0, rounded))
    bounds = [bound(ground, each) for each in tries]
    best = int(np.argmin(bounds))
    return tries[best], bounds[best]


def _sample(ground: Ground, size: int) -> Ground:
    """Some units, drawn the same way every time, with the demands cut to their share."""
    chosen = np.sort(np.random.default_rng(7).choice(ground.units, size, replace=False))
    some = ground.take(chosen)
    share = some.total / ground.total
    return replace(some, low=ground.low * share, high=ground.high * share)


def _value(ground: Ground, answer: Answer) -> float:
    """The bound an answer proves, as a share of all land."""
    return answer.worth - pays(ground, answer.price) / ground.total


def _scaled(ground: Ground, price: np.ndarray) -> Answer:
    """As `ask`, as shares of all land, so that one tolerance suits every size."""
    found, total = ask(ground, price), ground.total
    return Answer(price, found.worth / total, found.taken / total)


def refine(ground: Ground, box: np.ndarray, region: Region, limits: tuple[float, Watch]) -> int:
    """Shrink the distance between the best bound and the model; the steps taken."""
    tolerance, watch = limits
    scale = max(abs(region.value), 1e-9)
    for step in range(STEPS if ground.units < ROUGH else STEPS // 3):
        if watch.cancelled():
            return step
        price, modelled, inside = _model(ground, box, region)
        promised = region.value - modelled
        if promised <= tolerance * scale and (inside or promised <= 0):
            return step
        _move(ground, region, price, promised)
    return STEPS


def _move(ground: Ground, region: Region, price: np.ndarray, promised: float) -> None:
    """Try a price: go there if it keeps a fair part of its promise, and trust accordingly."""
    tried = _scaled(ground, price)
    value = _value(ground, tried)
    region.cuts.append(tried)
    kept = region.value - value
    far = np.abs(price - region.best.price).max()
    if kept > 0.1 * promised:
        if kept > 0.5 * promised and far >= 0.99 * region.radius:
            region.radius *= 3
        region.best, region.value = tried, value
    elif kept < -promised:
        region.radius = max(far, 1e-12) / 2


def _model(ground: Ground, box: np.ndarray, region: Region) -> tuple[np.ndarray, float, bool]:
    """The price at which the cuts promise most, what they promise, and if it lies inside.

    Variables: bonus p and charge q of each priced use, and the worth t above all cuts.
    """
    priced = np.flatnonzero(box > 0)
    centre, n = region.best.price[priced], len(priced)
    low = np.maximum(centre - region.radius, -box[priced])
    high = np.minimum(centre + region.radius, box[priced])
    total = ground.total
    capped = np.isfinite(ground.high[priced])
    cost = np.concatenate(
        [-ground.low[priced] / total, np.where(capped, ground.high[priced], 0) / total, [1.0]]
    )
    slopes = np.array([cut.taken[priced] for cut in region.cuts])
    heads = np.array([cut.worth - cut.taken @ cut.price for cut in region.cuts])
    ones = -np.ones((len(slopes), 1))
    eye, none = np.eye(n), np.zeros((n, 1))
    rows = np.vstack(
        [
            np.hstack([slopes, -slopes, ones]),
            np.hstack([eye, -eye, none]),
            np.hstack([-eye, eye, none]),
        ]
    )
    limits = [(0, None)] * n + [(0, None if cap else 0) for cap in capped] + [(None, None)]
    from scipy.optimize import linprog  # noqa: PLC0415 - 0.7 s to load

    found = linprog(
        cost, A_ub=rows, b_ub=np.concatenate([-heads, high, -low]), bounds=limits, method="highs-ds"
    )
    price = np.zeros(len(ground.score))
    price[priced] = found.x[:n] - found.x[n : 2 * n]
    away = np.abs(price[priced] - centre) < 0.99 * region.radius
    return (
        price,
        float(found.fun),
        bool(np.all(away | (np.abs(price[priced]) >= 0.99 * box[priced]))),
    )


def newton(ground: Ground, box: np.ndarray, region: Region, watch: Watch) -> bool:
    """Newton's method, where many units make the bound smooth; whether the demands are met.

    Met means within a few units, which the exact step that follows puts right.
    """
    few = 4 * len(box) / ground.units
    widths = [NEAR, NEAR / 4, NEAR / 20, HAIR, HAIR / 4]
    for _ in range(NEWTONS):
        missing = _missing(ground, region.best)
        if np.abs(missing).sum() <= few or watch.cancelled() or not widths:
            break
        leap = _leap(ground, region.best, missing, widths[0] * region.span)
        if not _leapt(ground, box, region, leap):
            widths.pop(0)
    return bool(np.abs(_missing(ground, region.best)).sum() <= 4 * few)


def _leapt(ground: Ground, box: np.ndarray, region: Region, leap: np.ndarray) -> bool:
    """Go the way of a leap, or half or a quarter of it, if the bound sinks."""
    for part in (1.0, 0.5, 0.25):
        price = region.best.price + part * leap
        price = np.clip(np.where(price * region.best.price < 0, 0.0, price), -box, box)
        tried = _scaled(ground, price)
        region.cuts.append(tried)
        value = _value(ground, tried)
        if value < region.value:
            region.best, region.value = tried, value
            return True
    return False


def missing(ground: Ground, price: np.ndarray) -> np.ndarray:
    """(C,) what each use lacks at a price, negative for too much, as a share of all land."""
    return _missing(ground, _scaled(ground, price))


def _missing(ground: Ground, answer: Answer) -> np.ndarray:
    """What each use lacks (or has beyond its most, negative) at a price, share of all land."""
    low, high = ground.low / ground.total, ground.high / ground.total
    low = np.where(answer.price < 0, high, low)
    high = np.where(answer.price > 0, low, high)
    return np.asarray(np.maximum(low - answer.taken, 0) - np.maximum(answer.taken - high, 0))


def _leap(ground: Ground, answer: Answer, missing: np.ndarray, width: float) -> np.ndarray:
    """The change of prices that would bring what is missing, were the margins even."""
    free = (answer.price != 0) | (missing != 0)
    free[ground.uses :] = False
    slope = _slope(ground, answer.price, width) / ground.total
    leap = np.zeros(len(free))
    inner = slope[np.ix_(free, free)] + 1e-12 * np.eye(int(free.sum()))
    leap[free] = np.linalg.lstsq(inner, missing[free], rcond=1e-10)[0]
    return leap


def _slope(ground: Ground, price: np.ndarray, width: float) -> np.ndarray:
    """(C, C) m² that change hands per point of price: units within `width` of indifference."""
    uses = len(ground.score)
    slope = np.zeros((uses, uses))
    for part in blocks(ground):
        gains = np.stack(list(worths(ground, price, part)))
        if len(ground.usable) > 1:
            gains /= ground.usable[:, part].max(axis=0)
        two = np.partition(gains, uses - 2, axis=0)[-2:]
        near = np.flatnonzero(two[1] - two[0] < width)
        order = np.argsort(gains[:, near], axis=0)[-2:]
        area = ground.usable[:, part].max(axis=0)[near] / (2 * width)
        np.add.at(slope, (order[0], order[1]), area)
    pairs = slope + slope.T
    return np.asarray(np.diag(pairs.sum(axis=1)) - pairs)
