"""The solver against a full integer program of every pair, on 200 small towns."""

from dataclasses import replace

import numpy as np
import pytest

from geo.allocate import Band, Effort, Problem, State, solve
from tests.geo.allocate import town

MANY = 200


def small(seed: int) -> Problem:
    """One of 200 towns of up to 60 units, of every kind: tight, flooded, filled up, tied."""
    random = np.random.default_rng(seed)
    units, uses = int(random.integers(6, 61)), int(random.integers(2, 4))
    problem = town.town(units, uses, seed, demand=0.8 if seed % 4 else 1.0, tolerance=0.2)
    if seed % 3 == 0:
        problem = town.flooded(problem, seed)
    if seed % 5 == 0:
        wide = tuple(Band(b.min_m2, b.max_m2 * 1.6) for b in problem.bands)
        problem = replace(problem, unused=False, bands=wide)
    if seed % 7 == 0:
        problem = replace(problem, scores=np.round(problem.scores * 5))
    return problem


@pytest.mark.parametrize("part", range(4))
def test_plans_equal_those_of_a_full_integer_program(part: int) -> None:
    for seed in range(part, MANY, 4):
        problem = small(seed)
        oracle, plan = town.full(problem), solve(problem)
        if oracle.x is None:
            assert plan.state is State.FAILED, seed
            continue
        assert plan.state is State.DONE, seed
        town.kept(problem, plan.use)
        assert plan.objective == pytest.approx(town.points(problem, plan.use), rel=1e-9)
        assert plan.objective == pytest.approx(-oracle.fun, rel=2e-5), seed
        assert plan.bound is not None
        assert plan.bound >= -oracle.fun * (1 - 1e-8), seed


def test_the_bound_without_the_exact_step_holds_too() -> None:
    for seed in range(16):
        problem = small(seed)
        oracle, plan = town.full(problem), solve(problem, Effort(exact_columns=0))
        if oracle.x is not None:
            assert plan.bound is not None
            assert plan.bound >= -oracle.fun * (1 - 1e-9)
            town.kept(problem, plan.use)
