"""Why demands cannot be met: worked by hand, and checked by a linear program written apart."""

from dataclasses import replace

import numpy as np
import pytest

from geo.allocate import Band, Effort, Problem, Stage, State, explain, solve
from tests.geo.allocate import town


def three() -> Problem:
    """Three units of 1000 m²; farmland shuts the second to both uses; a red line shuts the third,
    which is farmland for housing as well.

    Housing and industry ask 1500 and 500 m² of the 1000 m² that are left.
    """
    return Problem(
        uses=("07", "10"),
        areas_m2=np.full(3, 1000.0),
        scores=np.ones((3, 2), dtype=np.float32),
        bands=(Band(1500, 2000), Band(500, 800)),
        forbidden=np.array([[0, 0], [1, 1], [3, 2]], dtype=np.uint8),
        reasons=("FARM", "RED"),
    )


def test_a_shortage_worked_out_by_hand() -> None:
    """2000 m² asked of 1000: short 1000. Farmland alone closes the second unit, for all of it."""
    (reason,) = explain(three())
    assert reason.code == "LAND"
    assert reason.uses == (0, 1)
    assert (reason.asked_m2, reason.open_m2, reason.short_m2) == (2000, 1000, 1000)
    assert reason.short_mu == pytest.approx(1.5)
    farm, red = reason.removals
    assert (farm.code, farm.touched_m2, farm.alone_m2) == ("FARM", 1000, 1000)
    assert farm.relax_m2 == pytest.approx(1000)
    assert (red.code, red.touched_m2, red.alone_m2) == ("RED", 1000, 1000)
    assert red.relax_m2 is None  # the third unit would open to industry, which lacks nothing then
    housing, industry = reason.reductions
    assert housing.by_m2 == pytest.approx(1000)
    assert industry.by_m2 is None  # its whole 500 m² would not be enough


def test_an_infeasible_problem_gives_the_nearest_plan() -> None:
    plan = solve(replace(three(), shares=True))
    assert plan.state is State.FAILED
    assert plan.short_m2.sum() == pytest.approx(1000, abs=1e-3)
    assert plan.bound is None


def test_what_can_be_met_needs_no_reason() -> None:
    assert explain(town.town(50, 3, 1, demand=0.5, tolerance=0.3)) == ()


def hard(seed: int) -> Problem:
    """A town that asks for more than there is, most land behind two exclusions."""
    random = np.random.default_rng(seed)
    problem = town.town(40, 4, seed, demand=0.75 + 0.4 * random.random())
    forbidden = (random.random((40, 4)) < 0.55).astype(np.uint8)
    forbidden += 2 * (random.random((40, 1)) < 0.3).astype(np.uint8)
    top = tuple(Band(band.min_m2) for band in problem.bands)
    problem = replace(problem, forbidden=forbidden, reasons=("FARM", "RED"), bands=top)
    return town.flooded(problem, seed) if seed % 2 else problem


@pytest.mark.parametrize("seed", range(24))
def test_reasons_agree_with_a_linear_program(seed: int) -> None:
    problem = hard(seed)
    reasons = explain(problem, Effort(nodes=5))
    land = [reason for reason in reasons if reason.code == "LAND"]
    assert bool(land) == (not town.feasible(problem))
    for reason in land:
        proof(problem, reason.weights, reason.short_m2)
        if len(land) == 1:
            changes(problem, reason)


def proof(problem: Problem, weights: tuple[float, ...], short: float) -> None:
    """Add up the proof: what is asked under the weights less the most each unit can give."""
    gives = town.usable(problem) * np.array(weights) * town.open_pairs(problem)
    asked = sum(w * band.min_m2 for w, band in zip(weights, problem.bands, strict=True))
    assert asked - gives.max(axis=1, initial=0).sum() == pytest.approx(short, rel=1e-6)
    assert short > 0


def changes(problem: Problem, reason: object) -> None:
    """The least change by use is enough, and a thousandth less is not."""
    for reduction in reason.reductions:  # type: ignore[attr-defined]
        shift = np.zeros(len(problem.uses))
        if reduction.by_m2 is None:
            shift[reduction.use] = problem.bands[reduction.use].min_m2
            assert not town.feasible(problem, shift)
            continue
        shift[reduction.use] = reduction.by_m2 * (1 + 1e-5) + 1
        assert town.feasible(problem, shift)
        shift[reduction.use] = reduction.by_m2 * 0.999 - 1
        assert not town.feasible(problem, shift)
    for removal in reason.removals:  # type: ignore[attr-defined]
        place = problem.reasons.index(removal.code)
        lifted = problem.forbidden & ~np.uint8(1 << place)  # type: ignore[operator]
        assert town.feasible(replace(problem, forbidden=lifted)) == (removal.relax_m2 is not None)


def test_two_shortages_that_share_no_land_are_told_apart() -> None:
    problem = Problem(
        uses=("07", "10"),
        areas_m2=np.array([1000.0, 1000.0]),
        scores=np.ones((2, 2), dtype=np.float32),
        bands=(Band(1300), Band(1100)),
        forbidden=np.array([[0, 1], [1, 0]], dtype=np.uint8),
        reasons=("FARM",),
    )
    found = sorted((reason.uses, round(reason.short_m2)) for reason in explain(problem))
    assert found == [((0,), 300), ((1,), 100)]


def test_land_that_comes_later_is_told_as_such() -> None:
    problem = replace(
        three(),
        forbidden=None,
        reasons=(),
        stage=Stage(np.array([0, 2, 2]), 1),
    )
    (reason,) = explain(problem)
    assert [removal.code for removal in reason.removals] == ["STAGE"]
    assert reason.removals[0].relax_m2 == pytest.approx(1000)


def test_too_little_room_is_the_other_way_round() -> None:
    """All 3000 m² must be used, but the demands take at most 2800."""
    problem = replace(three(), forbidden=None, reasons=(), unused=False)
    (reason,) = explain(problem)
    assert reason.code == "ROOM"
    assert reason.short_m2 == pytest.approx(200)


def test_a_band_upside_down_and_units_closed_to_all_are_told() -> None:
    crossed = replace(three(), bands=(Band(500, 300), Band()))
    assert [(r.code, r.uses, r.short_m2) for r in explain(crossed)] == [("BAND", (0,), 200)]
    shut = replace(three(), unused=False, bands=(Band(), Band()))
    (reason,) = explain(shut)
    assert (reason.code, reason.short_m2) == ("CLOSED", 2000)


def test_whole_units_that_fit_no_band_are_told() -> None:
    problem = replace(three(), forbidden=None, reasons=(), bands=(Band(1400, 1600), Band()))
    assert [reason.code for reason in explain(problem)] == ["GRAIN"]
    assert explain(replace(problem, shares=True)) == ()
