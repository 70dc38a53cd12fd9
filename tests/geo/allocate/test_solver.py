"""The solver against a full integer program, and what it promises whatever comes."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.allocate import Band, Conversion, Effort, Problem, Stage, State, Watch, greedy, mola, solve
from geo.errors import DataError
from tests.geo.allocate import town


@pytest.mark.parametrize("steps", [False, True])
def test_five_thousand_units_come_within_a_hundredth_of_a_percent(steps: bool) -> None:
    problem = town.town(5000, 5, 3, tolerance=0.01)
    if steps:
        problem = replace(problem, scores=np.round(problem.scores * 100))
    plan = solve(problem, Effort(nodes=50))
    town.kept(problem, plan.use)
    assert plan.gap_pct is not None
    assert plan.gap_pct < 0.01
    assert plan.bound is not None
    assert plan.bound >= town.points(problem, plan.use)


def test_the_bound_is_that_of_the_linear_program() -> None:
    problem = town.town(400, 4, 5)
    plan = solve(replace(problem, shares=True))
    relaxed = -town.full(problem, whole=False).fun
    assert plan.bound == pytest.approx(relaxed, rel=1e-6)
    assert plan.objective == pytest.approx(relaxed, rel=1e-6)
    assert 0 < len(plan.splits) <= 2 * (len(problem.uses) + 1)


def test_prices_are_those_of_the_linear_program() -> None:
    """One more m² at the binding limit is worth what a second linear program says."""
    problem = town.town(400, 3, 8, demand=0.5)
    plan = solve(problem)
    for use in range(3):
        bands = list(problem.bands)
        more = 50.0
        low, high = bands[use].min_m2, bands[use].max_m2
        bands[use] = Band(low, high + more) if plan.prices[use] > 0 else Band(low + more, high)
        moved = -town.full(replace(problem, bands=tuple(bands)), whole=False).fun
        base = -town.full(problem, whole=False).fun
        assert (moved - base) / more == pytest.approx(plan.prices[use], abs=0.02)


def test_the_same_problem_gives_the_same_plan() -> None:
    problem = town.town(4000, 4, 1)
    one, other = solve(problem), solve(problem)
    assert (one.use == other.use).all()
    assert one.bound == other.bound
    assert (one.prices == other.prices).all()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(5, 60), st.sampled_from([0.3, 0.7, 1.0]))
def test_no_plan_breaks_a_promise(seed: int, units: int, demand: float) -> None:
    random = np.random.default_rng(seed)
    problem = town.flooded(town.town(units, 3, seed, demand, 0.3), seed)
    present = random.integers(0, 2, units)
    allowed = np.array([[True, True, False], [True, True, True]])
    locked = np.full(units, -1)
    locked[0] = 3
    problem = replace(
        problem,
        conversion=Conversion(("farm", "built"), present, allowed),
        stage=Stage((random.random(units) < 0.1).astype(int)),
        locked=locked,
    )
    plan = solve(problem, Effort(nodes=20))
    if plan.state is State.DONE:
        town.kept(problem, plan.use)
        assert plan.bound is not None
        for quick in (greedy(problem), mola(problem)):
            if quick.state is State.DONE:
                town.kept(problem, quick.use)
                assert plan.bound >= quick.objective * (1 - 1e-9)
    else:
        town.kept(replace(problem, bands=(Band(),) * 3), plan.use)
        assert plan.short_m2.any() or plan.over_m2.any()


def test_a_town_worked_out_by_hand() -> None:
    """Three equal units, one for each of two uses: 9 + 8 beats 9 + 3 and 7 + 8."""
    problem = Problem(
        uses=("07", "10"),
        areas_m2=np.full(3, 1000.0),
        scores=np.array([[9, 8], [7, 3], [2, 8]], dtype=np.float32),
        bands=(Band(1000, 1000), Band(1000, 1000)),
    )
    plan = solve(problem)
    assert plan.use.tolist() == [0, 2, 1]
    assert plan.objective == 17_000
    assert plan.area_m2.tolist() == [1000, 1000, 1000]
    assert plan.gap_pct == 0


def test_a_partial_constraint_counts_only_what_is_usable() -> None:
    """By hand: a unit of 1000 m², 60 % of it half usable, gives 400 + 300 = 700 m²."""
    problem = town.flooded(town.town(6, 2, 0), 0)
    part = replace(problem.partials[0], share=np.array([0.6, 0, 0, 0, 0, 0]), uses=())
    problem = replace(
        problem,
        areas_m2=np.full(6, 1000.0),
        scores=np.ones((6, 2), dtype=np.float32),
        forbidden=None,
        partials=(part,),
        unused=False,
        bands=(Band(5700, 5700), Band(0, 0)),
    )
    plan = solve(problem)
    assert plan.area_m2.tolist() == [5700, 0, 0]


def test_a_run_can_be_watched_and_stopped() -> None:
    seen: list[tuple[float, str]] = []
    watch = Watch(lambda part, what: seen.append((part, what)), lambda: False)
    assert solve(town.town(200, 3, 1), watch=watch).state is State.DONE
    assert seen[0] == (0.0, "check")
    assert seen[-1] == (1.0, "done")
    assert [part for part, _ in seen] == sorted(part for part, _ in seen)
    stopped = solve(town.town(200, 3, 1), watch=Watch(cancelled=lambda: True))
    assert stopped.state is State.CANCELLED
    assert (stopped.use == -1).all()


def test_all_faults_of_a_problem_are_told_at_once() -> None:
    problem = town.town(5, 2, 0)
    areas = problem.areas_m2.copy()
    areas[0] = 0
    bad = replace(problem, areas_m2=areas, bands=(Band(-1, 5), Band(0, 1)), patch_m2=np.ones(2))
    with pytest.raises(DataError) as caught:
        solve(bad)
    assert [issue.code for issue in caught.value.issues] == ["AREA", "BAND", "NEIGHBOURS"]
    with pytest.raises(DataError, match="大小应为"):
        solve(replace(problem, scores=problem.scores[:3]))


def test_a_lock_on_a_forbidden_use_is_refused() -> None:
    problem = town.town(8, 2, 0)
    forbidden = np.zeros((8, 2), dtype=np.uint8)
    forbidden[2, 1] = 1
    locked = np.full(8, -1)
    locked[2] = 1
    with pytest.raises(DataError, match="第 3 个单元锁定为 U1"):
        solve(replace(problem, forbidden=forbidden, locked=locked))
