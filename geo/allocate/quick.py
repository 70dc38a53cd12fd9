"""Quick methods that prove nothing, to be shown beside the solver.

`greedy` is what most offices do: use by use, best units first. `mola` follows the
multi-objective land allocation of Eastman et al. (1995): all uses claim their best units at
once, a unit claimed by several goes to the one that ranks it highest, and the others claim on.
"""

import time
from collections.abc import Sequence

import numpy as np

from geo.allocate.answers import Allocation
from geo.allocate.appraisal import Maker, appraised
from geo.allocate.ground import Ground, prepared
from geo.allocate.response import OPEN
from geo.allocate.values import Problem

ROUNDS = 60


def greedy(problem: Problem, order: Sequence[int] | None = None) -> Allocation:
    """Fill the demands one after the other in `order` (as listed if None), best units first."""
    maker = Maker("greedy", time.perf_counter())
    ground = prepared(problem)
    use = np.full(problem.units, -1, dtype=np.int16)
    for k in order if order is not None else range(ground.uses):
        claimed = _claim(ground, k, np.argsort(-ground.score[k], kind="stable"), (use, 0.0))
        use[claimed] = k
    return appraised(problem, ground, _finished(ground, use), maker)


def mola(problem: Problem) -> Allocation:
    """All uses claim at once; conflicts go to the use that ranks the unit highest."""
    maker = Maker("mola", time.perf_counter())
    ground = prepared(problem)
    orders = [np.argsort(-row, kind="stable") for row in ground.score[: ground.uses]]
    use, area = np.full(problem.units, -1, dtype=np.int16), np.zeros(ground.uses)
    ranks = np.empty((ground.uses, problem.units), dtype=np.int32)
    for k, order in enumerate(orders):
        ranks[k, order] = np.arange(problem.units, dtype=np.int32)
    for _ in range(ROUNDS):
        rank, winner = np.full(problem.units, problem.units), use.copy()
        for k, order in enumerate(orders):
            claimed = _claim(ground, k, order, (use, area[k]))
            first = claimed[ranks[k, claimed] < rank[claimed]]
            rank[first], winner[first] = ranks[k, first], k
        if (winner == use).all():
            break
        use = winner
        area = np.array([ground.row(k)[use == k].sum() for k in range(ground.uses)])
    return appraised(problem, ground, _finished(ground, use), maker)


def _claim(
    ground: Ground, use: int, order: np.ndarray, so_far: tuple[np.ndarray, float]
) -> np.ndarray:
    """The free units that bring a use nearest to its demand, best first."""
    taken, area = so_far
    free = order[(taken[order] < 0) & (ground.score[use, order] > OPEN)]
    sums = area + np.cumsum(ground.row(use)[free])
    count = int(np.searchsorted(sums, _wanted(ground, use), side="right"))
    if count < len(free) and (sums[count - 1] if count else area) < ground.low[use]:
        count += 1
    return np.asarray(free[:count])


def _wanted(ground: Ground, use: int) -> float:
    """The middle of a demand, or its least where it has no most."""
    low, high = float(ground.low[use]), float(ground.high[use])
    return (low + high) / 2 if np.isfinite(high) else low


def _finished(ground: Ground, use: np.ndarray) -> np.ndarray:
    """What nobody claimed stays unused, or where it may not, goes to its best use."""
    left = np.flatnonzero(use < 0)
    score = ground.score[ground.uses :, left] if len(ground.score) > ground.uses else None
    if score is not None:
        use[left[score[0] > OPEN]] = ground.uses
        left = left[score[0] <= OPEN]
    best = ground.score[: ground.uses, left].argmax(axis=0)
    open_ = ground.score[best, left] > OPEN
    use[left[open_]] = best[open_]
    return use
