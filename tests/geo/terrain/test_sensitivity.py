"""Changed weights and competing uses, by hand."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import DataError
from geo.terrain import curve, sensitivity
from geo.terrain.recipe import Recipe
from geo.terrain.sensitivity import Change
from tests.geo.terrain.plane import NONE

SAME = curve.curve([(0, 0), (100, 100)])
TWO = Recipe("07", "", "", {"a": 0.5, "b": 0.5}, {"a": SAME, "b": SAME})
# Scores 60, 59, 50, 0 with equal weights. a at 0.55: 56, 61, 50, 0; a at 0.45: 64, 57, 50, 0.
LAND = {
    "a": np.array([20, 79, 50, 0], dtype=np.float32),
    "b": np.array([100, 39, 50, 0], dtype=np.float32),
}


def test_weights_move_and_the_others_follow_in_proportion() -> None:
    found = sensitivity.moved({"a": 0.5, "b": 0.3, "c": 0.2}, "a", 0.1)
    assert dict(found) == pytest.approx({"a": 0.55, "b": 0.27, "c": 0.18})


@given(st.lists(st.floats(0.01, 1), min_size=2, max_size=6), st.floats(-0.9, 3))
def test_moved_weights_still_add_up(raw: list[float], change: float) -> None:
    weights = {str(i): one / sum(raw) for i, one in enumerate(raw)}
    found = sensitivity.moved(weights, "0", change)
    assert sum(found.values()) == pytest.approx(1)
    assert min(found.values()) >= 0


def test_ten_percent_by_hand() -> None:
    """The best quarter is the first place; more weight on a puts the second before it."""
    found = sensitivity.sensitivity(LAND, TWO, np.ones(4), Change(10, 0.25))
    assert found.mean == pytest.approx((60 + 59 + 50) / 4)
    assert found.runs == 5
    assert found.times.tolist() == [3, 2, 0, 0]
    assert found.stable == 0
    by_name = {swing.factor: swing for swing in found.swings}
    assert by_name["a"].high == pytest.approx((56 + 61 + 50) / 4, abs=1e-4)
    assert by_name["a"].low == pytest.approx((64 + 57 + 50) / 4, abs=1e-4)
    assert (by_name["a"].kept_low, by_name["a"].kept_high) == (1, 0)
    assert (by_name["b"].kept_low, by_name["b"].kept_high) == (0, 1)


def test_the_best_half_stays_whatever_the_order_within() -> None:
    found = sensitivity.sensitivity(LAND, TWO, np.ones(4), Change(10, 0.5))
    assert found.stable == 1
    assert found.times.tolist() == [5, 5, 0, 0]


def test_areas_count() -> None:
    found = sensitivity.sensitivity(LAND, TWO, np.array([1.0, 1, 1, 7]), Change(10, 0.2))
    assert found.mean == pytest.approx(16.9)
    assert found.times.tolist() == [5, 5, 0, 0]


def test_one_factor_alone_cannot_swing() -> None:
    alone = replace(TWO, weights={"a": 1.0})
    found = sensitivity.sensitivity(LAND, alone, np.ones(4))
    assert (found.swings, found.runs, found.stable) == ((), 1, 1)


def test_what_cannot_be_asked_is_refused() -> None:
    for change in (Change(0), Change(100), Change(10, 1)):
        with pytest.raises(DataError) as caught:
            sensitivity.sensitivity(LAND, TWO, np.ones(4), change)
        assert caught.value.code == "CHANGE"
    blank = {"a": np.full(4, np.nan), "b": LAND["b"]}
    with pytest.raises(DataError) as caught:
        sensitivity.sensitivity(blank, TWO, np.ones(4))
    assert caught.value.code == "NO_LAND"


def test_preferences_have_three_levels_and_none() -> None:
    scores = np.array([NONE, 0, 39.9, 40, 69.9, 70, 100])
    assert sensitivity.levels(scores, 40, 70).tolist() == [0, 1, 1, 2, 2, 3, 3]


def test_uses_that_want_the_same_land_by_hand() -> None:
    scores = {
        "07": np.array([80, 70, 10, NONE, NONE], dtype=np.float32),
        "09": np.array([90, 20, 70, 75, NONE], dtype=np.float32),
        "10": np.array([75, 69, 60, 60, NONE], dtype=np.float32),
    }
    found = sensitivity.conflict(scores, np.array([1.0, 2, 4, 8, 16]), 70)
    assert found.uses == ("07", "09", "10")
    assert found.wanting.tolist() == [3, 1, 1, 1, 0]
    assert found.first.tolist() == [1, 0, 1, 1, -1]
    assert found.second.tolist() == [0, 2, 2, 2, -1]
    assert found.margin.tolist() == pytest.approx([10, 1, 10, 15, NONE], nan_ok=True)
    assert dict(found.shared_m2) == {("07", "09"): 1, ("07", "10"): 1, ("09", "10"): 1}


def test_one_use_has_nobody_to_compete_with() -> None:
    found = sensitivity.conflict({"07": np.array([[80.0, NONE]])}, np.ones((1, 2)), 70)
    assert found.first.tolist() == [[0, -1]]
    assert found.second.tolist() == [[-1, -1]]
    assert np.isnan(found.margin).all()
    assert not found.shared_m2
