"""How much the weights matter, and where uses want the same land."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from geo.errors import DataError
from geo.terrain.recipe import Recipe
from geo.terrain.suitability import suitability

LOW, MEDIUM, HIGH = 1, 2, 3  # preference of a use for land; 0 where it has none


@dataclass(frozen=True, slots=True)
class Change:
    """How far weights are moved, in percent of themselves, and what share of the land is best."""

    pct: float = 10.0
    top_share: float = 0.2


AS_USUAL = Change()


@dataclass(frozen=True, slots=True)
class Swing:
    """One factor's weight down and up, the others in proportion.

    `low`, `high` are mean scores of all land; `kept_low`, `kept_high` the share of the best
    land that stays among the best.
    """

    factor: str
    weight: float
    low: float
    high: float
    kept_low: float
    kept_high: float


@dataclass(frozen=True, slots=True, eq=False)
class Sensitivity:
    """What changed weights do.

    Parameters
    ----------
    mean
        Mean score by area with the weights as they are.
    swings
        Factors, the one that moves the mean most first.
    times
        uint16 of the shape of the land: in how many of `runs` it is among the best.
    stable
        Share of the best land that is among the best in every run.
    """

    mean: float
    swings: tuple[Swing, ...]
    times: np.ndarray
    runs: int
    stable: float


@dataclass(frozen=True, slots=True, eq=False)
class Conflict:
    """Where uses compete; arrays are of the shape of the land.

    Parameters
    ----------
    uses
        Codes, in the order of the numbers below.
    wanting
        uint8, how many uses have a high preference.
    first, second
        int8, numbers of the best and second use; -1 where there is none.
    margin
        float32, points between them.
    shared_m2
        Land that both of two uses prefer highly.
    """

    uses: tuple[str, ...]
    wanting: np.ndarray
    first: np.ndarray
    second: np.ndarray
    margin: np.ndarray
    shared_m2: Mapping[tuple[str, str], float]


def sensitivity(
    values: Mapping[str, np.ndarray],
    recipe: Recipe,
    areas_m2: np.ndarray,
    change: Change = AS_USUAL,
    closed: Mapping[str, np.ndarray] | None = None,
) -> Sensitivity:
    """Change each weight down and up by a percentage and see what becomes of the scores.

    The best land is the best-scored part of all that has a score, by area. Raises `DataError`
    NO_LAND where none has one, CHANGE for a percentage or share that cannot be.
    """
    if not (0 < change.pct < 100 and 0 < change.top_share < 1):
        text = f"权重变幅 {change.pct:g}% 或比例 {change.top_share:g} 不成立"
        raise DataError(f"{text}，应分别在 0–100、0–1 之间", "CHANGE")
    base = suitability(values, recipe, closed).score
    best = _best(base, areas_m2, change.top_share)
    times, always, swings, runs = best.astype(np.uint16), best.copy(), list[Swing](), 1
    for factor, weight in recipe.counting.items():
        if weight >= 1:
            continue  # alone, it has nothing to be weighed against
        found = list[float]()
        for part in (-change.pct / 100, change.pct / 100):
            other = replace(recipe, weights=moved(recipe.counting, factor, part))
            score = suitability(values, other, closed).score
            top = _best(score, areas_m2, change.top_share)
            times += top
            always &= top
            runs += 1
            found += [_mean(score, areas_m2), _part(top & best, best, areas_m2)]
        swings.append(Swing(factor, weight, found[0], found[2], found[1], found[3]))
    swings.sort(key=lambda swing: -abs(swing.high - swing.low))
    stable = _part(always, best, areas_m2)
    return Sensitivity(_mean(base, areas_m2), tuple(swings), times, runs, stable)


def moved(weights: Mapping[str, float], factor: str, change: float) -> Mapping[str, float]:
    """Weights with one changed by a part of itself, at most to 1, the others in proportion."""
    own = min(weights[factor] * (1 + change), 1.0)
    rest = (1 - own) / (1 - weights[factor])
    return {one: own if one == factor else weight * rest for one, weight in weights.items()}


def levels(scores: np.ndarray, medium: float, high: float) -> np.ndarray:
    """Preference from scores, uint8: 0 closed or unknown, 1 low, 2 medium, 3 high."""
    found = np.where(np.isnan(scores), 0, LOW).astype(np.uint8)
    found[scores >= medium] = MEDIUM
    found[scores >= high] = HIGH
    return found


def conflict(scores: Mapping[str, np.ndarray], areas_m2: np.ndarray, high: float) -> Conflict:
    """Where several uses (code → scores of one shape) have at least `high` points."""
    uses = tuple(scores)
    table = np.stack([scores[use] for use in uses])
    wants = table >= high
    none = np.full((1, *table.shape[1:]), -1.0)  # so that one use alone has a second, too
    known = np.concatenate([np.nan_to_num(table, nan=-1.0), none])
    order = np.argsort(-known, axis=0, kind="stable")[:2]
    top = np.take_along_axis(known, order, axis=0)
    ranks = np.where(top < 0, -1, order).astype(np.int8)
    both = (ranks >= 0).all(axis=0)
    margin = np.where(both, top[0] - top[1], np.nan).astype(np.float32)
    shared = {
        (uses[i], uses[j]): float(areas_m2[wants[i] & wants[j]].sum())
        for i, j in itertools.combinations(range(len(uses)), 2)
    }
    count = wants.sum(axis=0).astype(np.uint8)
    return Conflict(uses, count, ranks[0], ranks[1], margin, shared)


def _best(score: np.ndarray, areas_m2: np.ndarray, share: float) -> np.ndarray:
    """The best-scored land, up to a share of the area that has a score; ties in reading order."""
    flat, areas = score.ravel(), areas_m2.ravel()
    scored = np.flatnonzero(~np.isnan(flat) & (areas > 0))
    if not scored.size:
        raise DataError("没有任何土地有适宜性得分，请核对因子数据和排除条件", "NO_LAND")
    order = scored[np.argsort(-flat[scored], kind="stable")]
    filled = np.cumsum(areas[order])
    chosen = np.zeros(flat.shape, dtype=bool)
    chosen[order[filled <= filled[-1] * share * (1 + 1e-12)]] = True
    if not chosen.any():
        chosen[order[0]] = True
    return chosen.reshape(score.shape)


def _mean(score: np.ndarray, areas_m2: np.ndarray) -> float:
    scored = ~np.isnan(score)
    return float(np.average(score[scored].astype(np.float64), weights=areas_m2[scored]))


def _part(some: np.ndarray, of: np.ndarray, areas_m2: np.ndarray) -> float:
    return float(areas_m2[some].sum() / areas_m2[of].sum())
