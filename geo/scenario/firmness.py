"""How firm a scenario is: other plans nearly as good, other weights, land that uses contend for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from geo import allocate
from geo.allocate import Effort, Variety, Watch
from geo.errors import DataError
from geo.scenario import score, solve
from geo.scenario.closed import Asked, rules
from geo.scenario.values import Outcome
from geo.terrain.recipe import Recipe
from geo.terrain.sensitivity import Conflict, conflict, moved
from geo.terrain.suitability import suitability
from geo.zone import Zone


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """Near-best plans, the best first; `times` (n, K + 1) in how many each unit has each use."""

    plans: tuple[Outcome, ...]
    times: np.ndarray

    @property
    def sure(self) -> np.ndarray:
        """(n,) in which part of the plans each unit has the use it has in the first."""
        use = self.plans[0].use
        return np.asarray(self.times[np.arange(len(use)), use] / len(self.plans))


@dataclass(frozen=True, slots=True)
class Swing:
    """One factor's weight down and up in every use: points m² of the plan, and land that stays.

    `objective_*` are by the changed weights; `same_*` percent of all land that keeps its use.
    """

    factor: str
    title: str
    title_en: str
    objective_low: float
    objective_high: float
    same_low: float
    same_high: float


@dataclass(frozen=True, slots=True, eq=False)
class Firmness:
    """What other weights do: swings, the one that moves most first, and (n,) how often kept."""

    objective: float
    pct: float
    swings: tuple[Swing, ...]
    kept: np.ndarray


def choices(
    outcome: Outcome, variety: Variety | None = None, watch: Watch | None = None
) -> Choices:
    """Plans within some percent of the best. Raises `DataError` PLAIN where there is no best."""
    known = rules()
    asked = variety or Variety(
        int(known.settings["portfolio_plans"]), known.settings["portfolio_within_pct"]
    )
    _solved(outcome)
    problem = outcome.prepared.problem
    found = allocate.portfolio(problem, outcome.allocation, asked, known.effort, watch)
    plans = tuple(solve.of_allocation(outcome.prepared, one) for one in found.plans)
    count = len(outcome.prepared.labels)
    times = np.zeros((problem.units, count + 1), dtype=np.int32)
    for plan in plans:
        times[np.arange(problem.units), plan.use] += 1
    return Choices(plans, times)


def sensitivity(
    zone: Zone, outcome: Outcome, pct: float | None = None, watch: Watch | None = None
) -> Firmness:
    """Solve again with the weight of each factor changed by some percent, down and up.

    `pct` is the office's where none is said. Stops with what it has where `watch` says so.
    """
    _solved(outcome)
    change = rules().settings["weight_change_pct"] if pct is None else pct
    if not 0 < change < 100:
        raise DataError(f"权重变幅 {change:g}% 不成立，应在 0–100 之间", "CHANGE")
    watch, prepared = watch or Watch(), outcome.prepared
    recipes = score.scored(
        Asked(zone, prepared.version, prepared.land, prepared.definition)
    ).recipes
    names = sorted({name for one in recipes.values() for name in one.counting})
    found, kept = list[Swing](), np.ones(len(prepared.land))
    runs = 1
    for i, name in enumerate(names):
        if watch.cancelled():
            break
        watch.progress(i / len(names), name)
        pair = [_again(outcome, recipes, name, part) for part in (-change / 100, change / 100)]
        for other in pair:
            kept += other.use == outcome.use
            runs += 1
        found.append(_swing(outcome, name, pair))
    swings = sorted(found, key=lambda one: -abs(one.objective_high - one.objective_low))
    return Firmness(outcome.allocation.objective, change, tuple(swings), kept / runs)


def contest(outcome: Outcome, high: float | None = None) -> Conflict:
    """Where several uses have at least `high` points; the template's level where none is said."""
    level = score.template().high if high is None else high
    prepared = outcome.prepared
    points = {label.id: prepared.points[:, k] for k, label in enumerate(prepared.labels)}
    return conflict(points, prepared.land.areas_m2, level)


def _solved(outcome: Outcome) -> None:
    if outcome.allocation.state is not allocate.State.DONE or outcome.prepared.problem.shares:
        told = "备选和敏感性分析须先有满足全部需求的整块方案，请调整需求或取消单元拆分"
        raise DataError(told, "PLAIN")


def _again(outcome: Outcome, recipes: Mapping[str, Recipe], name: str, part: float) -> Outcome:
    """The plan for changed weights; a use that has one factor alone keeps its weights."""
    prepared, columns = outcome.prepared, list[np.ndarray]()
    for one in recipes.values():
        weights = one.counting
        if weights.get(name, 1.0) < 1:
            weights = moved(weights, name, part)
        columns.append(suitability(prepared.factors, replace(one, weights=weights)).score)
    points = np.nan_to_num(np.stack(columns, axis=1)).astype(np.float32)
    scores = np.tile(points, (1, prepared.definition.spans))
    effort = replace(rules().effort, exact_columns=0, gap_pct=0.02)
    return solve.of_allocation(prepared, _solve(outcome, scores, effort))


def _solve(outcome: Outcome, scores: np.ndarray, effort: Effort) -> allocate.Allocation:
    return allocate.solve(replace(outcome.prepared.problem, scores=scores), effort)


def _swing(outcome: Outcome, name: str, pair: list[Outcome]) -> Swing:
    known, areas = score.template().factors[name], outcome.prepared.land.areas_m2
    same = [100 * float(areas[one.use == outcome.use].sum() / areas.sum()) for one in pair]
    low, high = (one.allocation.objective for one in pair)
    return Swing(name, known.title, known.title_en, low, high, *same)
