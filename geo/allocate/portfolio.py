"""How firm a plan is: other plans nearly as good, and plans for other scores."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from geo.allocate.answers import Allocation
from geo.allocate.appraisal import Maker, appraised
from geo.allocate.ground import prepared
from geo.allocate.solver import solve
from geo.allocate.values import Effort, Problem, Watch
from geo.errors import DataError

TRIES = 3  # for each plan of a portfolio


@dataclass(frozen=True, slots=True)
class Variety:
    """How many plans, and how far each may stay below the best, in percent of its points."""

    plans: int = 20
    within_pct: float = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Portfolio:
    """Near-best plans, all different, the best first; `frequency` (n, K + 1) counts choices."""

    plans: tuple[Allocation, ...]
    frequency: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Variation:
    """A plan for changed scores, and how much of the land keeps its use, in percent."""

    name: str
    plan: Allocation
    same_pct: float


def portfolio(
    problem: Problem,
    best: Allocation,
    variety: Variety,
    effort: Effort | None = None,
    watch: Watch | None = None,
) -> Portfolio:
    """Plans within some percent of the best, found by moving the scores, the same every time.

    Fewer than asked where no more different ones turn up.
    """
    if best.use.min() < 0:
        raise DataError("起始方案没有求得结果，请先求得一个方案再作备选", "PLAIN")
    effort = effort or Effort()
    rough = max(effort.gap_pct, variety.within_pct / 5)  # closer would only take time
    effort = replace(effort, exact_columns=0, gap_pct=rough)
    plans, seen = [best], {best.use.tobytes()}
    for plan in _near(problem, best, variety, (effort, watch or Watch())):
        if plan.use.tobytes() not in seen:
            seen.add(plan.use.tobytes())
            plans.append(plan)
    return Portfolio(tuple(plans), frequency(problem, plans))


def frequency(problem: Problem, plans: list[Allocation]) -> np.ndarray:
    """(n, K + 1) in how many plans each unit has each use, last unused."""
    counts = np.zeros((problem.units, len(problem.uses) + 1), dtype=np.int32)
    every = np.arange(problem.units)
    for plan in plans:
        counts[every, plan.use] += 1
    return counts


def _near(
    problem: Problem, best: Allocation, variety: Variety, how: tuple[Effort, Watch]
) -> Iterator[Allocation]:
    effort, watch = how
    ground, random = prepared(problem), np.random.default_rng(23)
    least = best.objective - abs(best.objective) * variety.within_pct / 100
    stir = variety.within_pct / 10
    for number in range(1, variety.plans):
        watch.progress(number / variety.plans, "portfolio")
        for _ in range(TRIES):
            if watch.cancelled():
                return
            noise = 1 + stir * (random.random(problem.scores.shape, dtype=np.float32) - 0.5)
            found = solve(replace(problem, scores=problem.scores * noise), effort)
            maker = Maker("portfolio", 0.0)
            plan = appraised(problem, ground, found.use, maker, best.bound)
            if plan.objective >= least and found.state == best.state:
                stir *= 1.2
                yield replace(plan, prices=best.prices, seconds=found.seconds)
                break
            stir /= 2


def vary(
    problem: Problem,
    plan: Allocation,
    scores: Mapping[str, np.ndarray],
    effort: Effort | None = None,
) -> tuple[Variation, ...]:
    """The plan again for each set of scores, (n, K) by name: weights 10 % up, 10 % down."""
    land = float(problem.areas_m2.sum())
    found = []
    for name, changed in scores.items():
        other = solve(replace(problem, scores=changed), effort)
        same = float(problem.areas_m2[other.use == plan.use].sum())
        found.append(Variation(name, other, 100 * same / land))
    return tuple(found)


def stability(plan: Allocation, variations: tuple[Variation, ...]) -> np.ndarray:
    """(n,) in which part of the variations each unit keeps its use."""
    kept = [each.plan.use == plan.use for each in variations]
    return np.asarray(np.mean(kept, axis=0)) if kept else np.ones(len(plan.use))
