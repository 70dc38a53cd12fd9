"""What any plan comes to, whoever made it: a solver, a quick method or a hand."""

import time
from dataclasses import dataclass

import numpy as np

from geo.allocate.answers import Allocation, State
from geo.allocate.ground import Ground, prepared
from geo.allocate.response import OPEN
from geo.allocate.values import Problem

TINY = 1e-9  # of all land: what rounding may make of an exact sum


@dataclass(frozen=True, slots=True)
class Maker:
    """Who made a plan: the method, and since when (`time.perf_counter`)."""

    method: str
    began: float


def appraise(problem: Problem, use: np.ndarray, bound: float | None = None) -> Allocation:
    """Totals of a plan painted by hand; its state is ``failed`` where a demand is not kept.

    `use` is (n,), K for unused, -1 for undecided. Use on a closed pair counts for nothing and
    is told as a fault by `wrong`. `bound` may come from a solved plan of the same problem.
    """
    return appraised(problem, prepared(problem), use, Maker("hand", time.perf_counter()), bound)


def wrong(problem: Problem, use: np.ndarray) -> np.ndarray:
    """Numbers of the units whose use is closed to them."""
    ground = prepared(problem)
    held = np.flatnonzero((use >= 0) & (use < len(ground.score)))
    return np.asarray(held[ground.score[use[held], held] <= OPEN])


def appraised(
    problem: Problem, ground: Ground, use: np.ndarray, maker: Maker, bound: float | None = None
) -> Allocation:
    """The plan with its totals; the prices are not known."""
    uses = len(problem.uses)
    area, objective = np.zeros(uses + 1), 0.0
    for k, row in enumerate(ground.score):
        held = (use == k) & (row > OPEN)
        usable = ground.row(k)[held]
        area[k] = usable.sum()
        objective += float(np.dot(row[held].astype(float), usable))
    low, high = ground.low[:uses], ground.high[:uses]
    short, over = missed(area[:uses], low, high, ground.total)
    kept = not short.any() and not over.any() and bool((use >= 0).all())
    return Allocation(
        use=use.astype(np.int16),
        area_m2=area,
        objective=objective,
        bound=None if bound is None else max(bound, objective),
        prices=np.zeros(uses),
        short_m2=short,
        over_m2=over,
        seconds=time.perf_counter() - maker.began,
        state=State.DONE if kept else State.FAILED,
        method=maker.method,
        boundary_m=boundary_m(problem, use),
    )


def missed(
    area: np.ndarray, low: np.ndarray, high: np.ndarray, total: float
) -> tuple[np.ndarray, np.ndarray]:
    """m² short of the least and beyond the most; what is only rounding is nothing."""
    short = np.where(low - area > TINY * total, low - area, 0.0)
    over = np.where(area - high > TINY * total, area - high, 0.0)
    return short, over


def boundary_m(problem: Problem, use: np.ndarray) -> float | None:
    """Metres of edge between neighbours of unlike use; None where neighbours are not known."""
    if problem.neighbours is None:
        return None
    one, other = problem.neighbours.pairs.T
    return float(problem.neighbours.shared_m[use[one] != use[other]].sum())
