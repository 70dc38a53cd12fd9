"""From ground to plan: prices, the doubtful units, and what is left to prove."""

from dataclasses import dataclass, replace

import numpy as np

from geo.allocate import core
from geo.allocate.core import Columns, Settled
from geo.allocate.ground import Ground
from geo.allocate.prices import descend, missing, proven, shaken
from geo.allocate.response import OPEN, spread
from geo.allocate.values import Effort, Watch

FAR = 1e3  # prices reach this many ranges of scores
MOST_NEAR = 60  # the same where the demands cannot be met anyway
FIRST = 12  # units for each use, coming and leaving, that are doubted at first


@dataclass(frozen=True, slots=True, eq=False)
class Division:
    """Who gets what: `choice` (n,), or `share` of each of `columns`; `price` (C,) in points.

    `met` says that all demands are; `timely` that no step ran into the clock.
    """

    choice: np.ndarray
    columns: Columns
    share: np.ndarray
    price: np.ndarray
    bound: float
    met: bool
    timely: bool


@dataclass(frozen=True, slots=True)
class Way:
    """How to divide: whole units or shares, as demanded or as near as can be."""

    whole: bool = True
    feasible: bool = True


def divide(ground: Ground, effort: Effort, watch: Watch, way: Way) -> Division:
    """Divide the land as well as can be, with the bound that proves it.

    Every unit must have a use open to it.
    """
    moved, step = shaken(ground)
    reach = FAR if way.feasible else ground.uses + 1
    box = np.full(len(ground.score), reach * spread(ground))
    box[ground.uses :] = 0
    price = descend(moved, box, effort, watch).price
    told, least = proven(ground, price, step)
    watch.progress(0.5, "core")
    found = _settled(moved, price, effort, way)
    if found.met and way.whole and way.feasible and not watch.cancelled():
        watch.progress(0.8, "proof")
        found, least = _proven(ground, told, least, (found, effort))
    parts = (found.columns, found.share) if not way.whole else (_NONE, _NONE.unit)
    return Division(found.choice, *parts, told, least, found.met and way.feasible, found.timely)


_NONE = Columns(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


def _settled(ground: Ground, price: np.ndarray, effort: Effort, way: Way) -> Settled:
    """Decide the doubtful units, ever more of them until the demands are met."""
    at = core.stand(ground, price)
    off = np.abs(missing(ground, price)) * ground.units
    most = ground.units if way.feasible else MOST_NEAR
    counts = np.minimum(FIRST + np.ceil(3 * off), most)
    while True:
        columns = core.doubtful(ground, price, at, counts)
        if way.feasible:
            found = core.settle(ground, columns, at.choice, effort, whole=way.whole)
            if found.met:
                return found
        last = len(columns.unit) >= core.WIDEST or counts.min() >= ground.units
        if last or not way.feasible:
            rough = replace(effort, gap_pct=max(effort.gap_pct, 1.0), nodes=min(effort.nodes, 20))
            near = core.approach(ground, columns, at.choice, rough, whole=way.whole)
            return replace(near, met=False)
        counts = np.minimum(counts * 4, ground.units)


def _proven(
    ground: Ground, price: np.ndarray, least: float, so_far: tuple[Settled, Effort]
) -> tuple[Settled, float]:
    """Settle exactly all that could be better still, where that is little enough."""
    found, effort = so_far
    reached = worth(ground, found.choice)
    gap = least - reached
    if gap <= abs(least) * effort.gap_pct / 100:
        return found, max(least, reached)
    at = core.stand(ground, price)
    columns = core.within(ground, price, gap, at)
    if len(columns.unit) > effort.exact_columns:
        return found, least
    best = core.settle(ground, columns, at.choice, effort)
    timely = found.timely and best.timely
    if not best.met:
        return replace(found, timely=timely), least
    better = worth(ground, best.choice) >= reached
    kept = best if better else replace(found, timely=timely)
    return kept, min(least, max(best.bound, worth(ground, kept.choice)))


def worth(ground: Ground, choice: np.ndarray) -> float:
    """Points m² of a plan of whole units."""
    every = np.ones(ground.units, dtype=bool)
    return core.taken(ground, choice, every)[1]


def closed(ground: Ground) -> np.ndarray:
    """(n,) units that no use, and not even unused, is open to."""
    return np.asarray((ground.score <= OPEN).all(axis=0))
