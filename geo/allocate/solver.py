"""The door of this room: a problem in, a plan out, with its proof."""

import time

import numpy as np

from geo.allocate import certificate
from geo.allocate.answers import Allocation, Split, State
from geo.allocate.appraisal import TINY, boundary_m, missed
from geo.allocate.core import taken
from geo.allocate.ground import Ground, prepared
from geo.allocate.plan import Division, Way, closed, divide
from geo.allocate.values import Effort, Problem, Watch


def solve(problem: Problem, effort: Effort | None = None, watch: Watch | None = None) -> Allocation:
    """Divide the land as well as can be; the same plan for the same problem, always.

    Where the demands cannot all be met the plan misses them by as little as may be, breaks no
    exclusion, and its state is ``failed``; `explain` then tells why. Minimum patches are not
    looked at here, see `compact`. Raises `DataError` for inputs that make no sense.
    """
    began = time.perf_counter()
    effort, watch = effort or Effort(), watch or Watch()
    ground = prepared(problem)
    lost = closed(ground)
    living = ground.take(np.flatnonzero(~lost)) if lost.any() else ground
    if lost.all():
        return _nothing(problem, State.FAILED, began)
    watch.progress(0.0, "check")
    feasible = not lost.any() and certificate.lack(living).m2 <= TINY * ground.total
    way = Way(whole=not problem.shares, feasible=feasible)
    found = divide(living, effort, watch, way)
    if watch.cancelled():
        return _nothing(problem, State.CANCELLED, began)
    use = np.full(problem.units, -1, dtype=np.int16)
    use[~lost] = found.choice
    watch.progress(1.0, "done")
    return _told(problem, living, (found, use, np.flatnonzero(~lost)), began)


def _told(
    problem: Problem, ground: Ground, answer: tuple[Division, np.ndarray, np.ndarray], began: float
) -> Allocation:
    found, use, units = answer
    area, objective = _sums(ground, found, found.choice)
    low, high = ground.low[: ground.uses], ground.high[: ground.uses]
    own = area[: ground.uses]
    short, over = missed(own, low, high, ground.total)
    return Allocation(
        use=use,
        area_m2=np.append(own, area[ground.uses :].sum()),
        objective=objective,
        bound=max(found.bound, objective) if found.met else None,
        prices=-found.price[: ground.uses] + 0.0,
        short_m2=short,
        over_m2=over,
        seconds=time.perf_counter() - began,
        state=State.DONE if found.met else State.FAILED,
        method="dual",
        settled=found.timely,
        splits=_splits(found, units),
        boundary_m=boundary_m(problem, use),
    )


def _sums(ground: Ground, found: Division, choice: np.ndarray) -> tuple[np.ndarray, float]:
    """(C,) m² of each use and points m² of the plan, parts of units counted as parts."""
    whole = np.ones(ground.units, dtype=bool)
    whole[found.columns.unit] = False
    area, worth = taken(ground, choice, whole)
    unit, use = found.columns.unit, found.columns.use
    usable = ground.usable[use if len(ground.usable) > 1 else 0, unit] * found.share
    area += np.bincount(use, weights=usable, minlength=len(area))
    return area, worth + float(np.dot(ground.score[use, unit].astype(float), usable))


def _splits(found: Division, units: np.ndarray) -> tuple[Split, ...]:
    unit, use, share = found.columns.unit, found.columns.use, found.share
    part = np.flatnonzero((share > 1e-9) & (share < 1 - 1e-9))
    return tuple(Split(int(units[unit[i]]), int(use[i]), float(share[i])) for i in part)


def _nothing(problem: Problem, state: State, began: float) -> Allocation:
    uses = len(problem.uses)
    low = np.array([band.min_m2 for band in problem.bands])
    return Allocation(
        use=np.full(problem.units, -1, dtype=np.int16),
        area_m2=np.zeros(uses + 1),
        objective=0.0,
        bound=None,
        prices=np.zeros(uses),
        short_m2=low,
        over_m2=np.zeros(uses),
        seconds=time.perf_counter() - began,
        state=state,
        method="dual",
    )
