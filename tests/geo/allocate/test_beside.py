"""What stands beside the best plan: quick methods, compact and near-best plans, comparisons."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from geo.allocate import (
    Band,
    Compactness,
    Conversion,
    Effort,
    Problem,
    Stage,
    State,
    Variety,
    appraise,
    compact,
    compare,
    explain,
    folded,
    from_present,
    greedy,
    indicators,
    mola,
    patches,
    portfolio,
    read,
    solve,
    stability,
    unfolded,
    vary,
    why,
    wrong,
)
from geo.errors import DataError
from geo.units import AreaUnit
from tests.geo.allocate import town

RULES = Path(__file__).parents[3] / "data" / "rules"
QUICK = Effort(nodes=20, exact_columns=0, gap_pct=0.1)


def test_quick_methods_do_by_hand_what_they_are_said_to() -> None:
    """Scores 9 7 2 and 8 3 8: greedy gives 07 the first and 10 the third; so does ranking."""
    problem = Problem(
        uses=("07", "10"),
        areas_m2=np.full(3, 1000.0),
        scores=np.array([[9, 9], [7, 8], [2, 1]], dtype=np.float32),
        bands=(Band(1000, 1000), Band(1000, 1000)),
    )
    assert greedy(problem).use.tolist() == [0, 1, 2]
    assert greedy(problem, order=(1, 0)).use.tolist() == [1, 0, 2]
    assert mola(problem).use.tolist() == [0, 1, 2]
    assert greedy(problem).bound is None


def test_quick_methods_stay_below_the_bound() -> None:
    problem = town.town(3000, 4, 2)
    best = solve(problem, QUICK)
    assert best.bound is not None
    for quick in (greedy(problem), mola(problem)):
        assert quick.objective < best.objective <= best.bound
        assert quick.objective == pytest.approx(town.points(problem, quick.use))


def edge(problem: Problem, use: np.ndarray) -> float:
    assert problem.neighbours is not None
    one, other = problem.neighbours.pairs.T
    return 100.0 * float((use[one] != use[other]).sum())


def test_a_compact_plan_has_fewer_edges_and_tells_its_cost() -> None:
    problem = town.grid(24, 24)
    plain = solve(problem, QUICK)
    found = compact(problem, plain, Compactness(30.0), QUICK)
    town.kept(problem, found.use)
    assert found.boundary_m == edge(problem, found.use)
    assert found.boundary_m < 0.5 * edge(problem, plain.use)
    lost = 100 * (plain.objective - town.points(problem, found.use)) / plain.objective
    assert found.cost_pct == pytest.approx(lost)
    assert 0 < found.cost_pct < 60


def test_small_patches_are_mended_or_told() -> None:
    problem = replace(town.grid(16, 16, 4), patch_m2=np.array([4e4, 4e4]))
    plain = solve(problem, QUICK)
    found = compact(problem, plain, Compactness(25.0), QUICK)
    town.kept(problem, found.use)
    patch, area = patches(problem, found.use)
    small = (area[patch] < 4e4) & (found.use < 2)
    assert sum(fault.area_m2 for fault in found.faults) == pytest.approx(1e4 * small.sum())
    before, size = patches(problem, plain.use)
    assert small.sum() < ((size[before] < 4e4) & (plain.use < 2)).sum() / 4


def test_patches_of_a_strip_by_hand() -> None:
    problem = town.grid(1, 6)
    patch, area = patches(problem, np.array([0, 0, 1, 0, 2, 2]))
    assert patch.tolist() == [0, 0, 1, 2, 3, 3]
    assert area.tolist() == [2e4, 1e4, 1e4, 2e4]


def test_compactness_needs_neighbours() -> None:
    problem = town.town(20, 2, 1, demand=0.5)
    with pytest.raises(DataError, match="相邻关系"):
        compact(problem, solve(problem), Compactness(1.0))


def test_a_portfolio_holds_different_plans_that_are_nearly_as_good() -> None:
    problem = town.town(300, 3, 4, demand=0.7)
    best = solve(problem, QUICK)
    found = portfolio(problem, best, Variety(6, 1.0), QUICK)
    assert len({plan.use.tobytes() for plan in found.plans}) == len(found.plans) > 3
    for plan in found.plans:
        town.kept(problem, plan.use)
        assert town.points(problem, plan.use) >= 0.99 * best.objective
    assert (found.frequency.sum(axis=1) == len(found.plans)).all()
    again = portfolio(problem, best, Variety(6, 1.0), QUICK)
    assert (again.frequency == found.frequency).all()


def test_changed_scores_show_how_firm_a_plan_is() -> None:
    problem = town.town(300, 3, 4, demand=0.7)
    best = solve(problem, QUICK)
    more = problem.scores * np.array([1.1, 1, 1], dtype=np.float32)
    same, changed = vary(problem, best, {"same": problem.scores, "more": more}, QUICK)
    assert same.same_pct == 100
    assert 50 < changed.same_pct < 100
    kept = stability(best, (same, changed))
    assert set(np.unique(kept)) == {0.5, 1.0}


def test_from_to_tables_add_up_even_when_rounded() -> None:
    problem = town.town(500, 3, 9, demand=0.8)
    flow = compare(greedy(problem), solve(problem, QUICK), problem)
    land = problem.areas_m2.sum()
    assert flow.m2.sum() == pytest.approx(land)
    cells = flow.rounded(AreaUnit.MU, 1)
    total = sum(sum(row, Decimal(0)) for row in cells)
    assert total == Decimal(str(round(land * 3 / 2000, 1)))
    for row, exact in zip(cells, flow.m2, strict=True):
        for cell, m2 in zip(row, exact, strict=True):
            assert abs(float(cell) - m2 * 3 / 2000) < 0.1
    assert problem.areas_m2[flow.changed].sum() == pytest.approx(land - np.trace(flow.m2))


def test_a_change_from_the_present_by_hand() -> None:
    problem = replace(
        town.grid(1, 3),
        bands=(Band(1e4, 1e4), Band(1e4, 1e4)),
        scores=np.array([[1, 5], [9, 1], [1, 1]], dtype=np.float32),
        conversion=Conversion(("01", "10"), np.array([1, 1, 0]), np.array([[0, 0], [1, 1]], bool)),
    )
    plan = solve(problem)
    flow = from_present(plan, problem)
    assert flow.rows == ("01", "10", "unknown")
    assert flow.columns == ("07", "10", "unused", "undecided")
    assert flow.m2.tolist() == [[0, 0, 1e4, 0], [1e4, 1e4, 0, 0], [0, 0, 0, 0]]
    first = why(problem, plan, 2)
    assert [one.use for one in first] == ["unused", "07", "10"]
    assert first[1].forbidden == ("CONVERSION",)
    assert indicators(plan, {"jobs": (0.01, 0.02)}) == {"jobs": pytest.approx(300)}


def test_a_painted_plan_is_measured_and_its_faults_found() -> None:
    problem = town.grid(1, 3)
    problem = replace(
        problem,
        bands=(Band(1e4, 2e4), Band(1e4, 1e4)),
        forbidden=np.array([[1, 0], [0, 0], [0, 0]], dtype=np.uint8),
        reasons=("FARM",),
    )
    painted = appraise(problem, np.array([0, 1, 1]))
    assert wrong(problem, np.array([0, 1, 1])).tolist() == [0]
    assert painted.area_m2.tolist() == [0, 2e4, 0]
    assert painted.short_m2.tolist() == [1e4, 0]
    assert painted.over_m2.tolist() == [0, 1e4]
    assert painted.state is State.FAILED
    assert appraise(problem, np.array([2, 0, 1])).state is State.DONE


def test_periods_are_solved_together() -> None:
    """The good cell is ready in period 1 only; period 0 must do with what is there."""
    problem = replace(
        town.grid(1, 3),
        scores=np.array([[9, 1], [5, 1], [1, 1]], dtype=np.float32),
        stage=Stage(np.array([1, 0, 0])),
    )
    one, none = Band(1e4, 1e4), Band(0, 0)
    both = unfolded(problem, [[one, none], [one, none]])
    assert both.uses == ("07@0", "10@0", "07@1", "10@1")
    plan = solve(both)
    assert plan.state is State.DONE
    use, period = folded(plan.use, 2, 2)
    assert use.tolist() == [0, 0, 2]
    assert period.tolist() == [1, 0, -1]
    late = unfolded(replace(problem, stage=Stage(np.array([1, 1, 1]))), [[one, none], [one, none]])
    (reason,) = explain(late)
    assert (reason.uses, reason.short_m2) == ((0,), 1e4)
    assert [removal.code for removal in reason.removals] == ["STAGE"]


def test_locks_hold_in_any_period() -> None:
    problem = replace(town.grid(1, 3), locked=np.array([1, -1, 2]))
    loose = [[Band(), Band()]] * 2
    use, _ = folded(solve(unfolded(problem, loose)).use, 2, 2)
    assert use[0] == 1
    assert use[2] == 2


def test_the_shipped_rules_cover_every_pair_with_a_reason() -> None:
    rules = read(RULES)
    assert len(rules.steps) == len(set(rules.groups.values())) ** 2
    assert not rules.step("耕地", "0701").allowed
    assert "土地管理法" in rules.step("0103", "10").basis
    assert rules.step("0101", "01").allowed
    given = rules.conversion(("01", "04"), np.array([0, 1]), ("07", "14"))
    assert given.allowed.tolist() == [[False, False], [True, True]]
    with pytest.raises(DataError, match="99"):
        rules.step("99", "01")


def test_broken_rules_are_refused_with_all_their_faults(tmp_path: Path) -> None:
    (tmp_path / "allocate.toml").write_text("[effort]\nnodes = -1\nmagic = 3\n", "utf-8")
    table = '[group]\na = ["01"]\nb = ["02"]\n[[rule]]\nfrom = ["a"]\nto = ["a", "b"]\n'
    (tmp_path / "conversion.toml").write_text(table, "utf-8")
    with pytest.raises(DataError) as caught:
        read(tmp_path)
    codes = [issue.code for issue in caught.value.issues]
    assert codes == ["STEP", "STEP", "REASON", "REASON", "EFFORT", "EFFORT"]
