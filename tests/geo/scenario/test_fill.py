"""Filling what room is left only gains, and never breaks a demand or an exclusion."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import allocate
from geo.allocate import Band, Problem, State
from geo.scenario.fill import filled
from tests.geo.allocate.town import town

HALF = 0.5  # of all land asked for, so that some stays free


@settings(max_examples=40)
@given(st.integers(5, 60), st.integers(1, 4), st.integers(0, 10_000))
def test_what_is_filled_is_better_and_still_allowed(units: int, uses: int, seed: int) -> None:
    problem = town(units, uses, seed, demand=HALF, tolerance=0.3)
    found = allocate.solve(problem)
    if found.state is not State.DONE:
        return
    after = filled(problem, found)
    told = allocate.appraise(problem, after.use)
    assert told.state is State.DONE  # by another way of adding up: every band is kept
    assert np.isclose(told.objective, after.objective)
    assert np.allclose(told.area_m2, after.area_m2)
    assert not len(allocate.wrong(problem, after.use))
    assert after.objective >= found.objective
    assert after.bound is not None
    assert after.objective <= after.bound * (1 + 1e-9)
    kept = found.use < uses
    assert (after.use[kept] == found.use[kept]).all()


def test_a_small_unit_goes_where_whole_ones_left_room() -> None:
    """At most 25: two of 10 fit, and of 3 and 4 the one that scores more in all, then no more."""
    problem = Problem(
        uses=("09",),
        areas_m2=np.array([10.0, 10.0, 10.0, 3.0, 4.0]),
        scores=np.array([[9.0], [8.0], [7.0], [5.0], [1.0]]),
        bands=(Band(0.0, 25.0),),
    )
    plain = allocate.appraise(problem, np.array([0, 0, 1, 1, 1]), bound=200.0)
    found = filled(problem, plain)
    assert found.use.tolist() == [0, 0, 1, 0, 1]
    assert found.objective == 90 + 80 + 15
    assert found.area_m2.tolist() == [23.0, 14.0]


def test_what_is_locked_as_it_is_stays() -> None:
    problem = Problem(
        uses=("09",),
        areas_m2=np.array([10.0, 3.0]),
        scores=np.array([[9.0], [5.0]]),
        bands=(Band(0.0, 20.0),),
        locked=np.array([-1, 1], dtype=np.int16),
    )
    plain = allocate.appraise(problem, np.array([0, 1]), bound=200.0)
    assert filled(problem, plain).use.tolist() == [0, 1]
    assert filled(replace(problem, locked=None), plain).use.tolist() == [0, 0]
