"""Weights from comparisons, beside published and hand-made examples."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import DataError
from geo.terrain import ahp

DRINKS = ("coffee", "wine", "tea", "beer", "soda", "milk", "water")
# T. L. Saaty, Decision making with the analytic hierarchy process, Int. J. Services Sciences
# 1(1), 2008, pp. 83–98: relative consumption of drinks in the United States, as compared there.
COMPARED = [
    [1, 9, 5, 2, 1, 1, 1 / 2],
    [1 / 9, 1, 1 / 3, 1 / 9, 1 / 9, 1 / 9, 1 / 9],
    [1 / 5, 3, 1, 1 / 3, 1 / 4, 1 / 3, 1 / 9],
    [1 / 2, 9, 3, 1, 1 / 2, 1, 1 / 3],
    [1, 9, 4, 2, 1, 2, 1 / 2],
    [1, 9, 3, 1, 1 / 2, 1, 1 / 3],
    [2, 9, 9, 3, 2, 3, 1],
]
PUBLISHED = (0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327)


def test_the_published_example_has_the_published_weights_and_consistency() -> None:
    found = ahp.weighing(DRINKS, np.array(COMPARED))
    assert tuple(found.weights) == DRINKS
    assert [round(weight, 3) for weight in found.weights.values()] == list(PUBLISHED)
    assert round(found.ratio, 3) == 0.022
    assert found.consistent


def test_one_comparison_of_each_pair_is_enough() -> None:
    judged = {
        (DRINKS[row], DRINKS[column]): float(COMPARED[row][column])
        for row in range(7)
        for column in range(row + 1, 7)
    }
    np.testing.assert_allclose(ahp.filled(DRINKS, judged), COMPARED)


def test_three_things_by_hand() -> None:
    """[[1,2,4],[1/2,1,4],[1/4,1/4,1]]: the eigenvector of a 3×3 is that of geometric means.

    Means ∛8, ∛2, ∛(1/16); λ = 1 + t + 1/t with t = ∛(a12·a23/a13) = ∛2, so λ = 3.053622,
    CI = 0.026811, CR = CI / 0.58 = 0.046226.
    """
    found = ahp.weighing(("a", "b", "c"), np.array([[1, 2, 4], [0.5, 1, 4], [0.25, 0.25, 1]]))
    means = np.array([2.0, 1.259921, 0.396850])
    assert list(found.weights.values()) == pytest.approx(means / 3.656771, abs=1e-6)
    assert found.greatest == pytest.approx(3.053622, abs=1e-6)
    assert found.index == pytest.approx(0.026811, abs=1e-6)
    assert found.ratio == pytest.approx(0.046226, abs=1e-6)


def test_a_circle_of_preferences_is_told_as_inconsistent_with_the_pair_to_look_at() -> None:
    """a over b 2, b over c 2, c over a 9 (so a over c 1/9): λ = 1 + t + 1/t, t = ∛36 = 3.301927."""
    judged = {("a", "b"): 2.0, ("b", "c"): 2.0, ("c", "a"): 9.0}
    found = ahp.weighing(("a", "b", "c"), ahp.filled(("a", "b", "c"), judged))
    assert found.greatest == pytest.approx(4.604780, abs=1e-5)
    assert found.ratio == pytest.approx(1.383431, abs=1e-5)
    assert not found.consistent
    assert found.doubtful is not None


def test_two_things_are_always_consistent() -> None:
    found = ahp.weighing(("a", "b"), np.array([[1, 3], [1 / 3, 1]]))
    assert dict(found.weights) == pytest.approx({"a": 0.75, "b": 0.25})
    assert (found.ratio, found.doubtful) == (0.0, None)


@given(st.lists(st.floats(1, 3), min_size=1, max_size=9))
def test_comparisons_that_follow_from_weights_give_these_weights_back(raw: list[float]) -> None:
    wanted = np.array(raw) / sum(raw)
    names = tuple(f"f{i}" for i in range(len(raw)))
    found = ahp.weighing(names, wanted[:, None] / wanted[None, :])
    assert list(found.weights.values()) == pytest.approx(list(wanted), rel=1e-6)
    assert found.ratio == pytest.approx(0, abs=1e-6)
    assert sum(found.weights.values()) == pytest.approx(1)


def refused(names: tuple[str, ...], matrix: list[list[float]]) -> list[str]:
    with pytest.raises(DataError) as caught:
        ahp.weighing(names, np.array(matrix))
    assert caught.value.code == "PAIRS"
    return [issue.code for issue in caught.value.issues]


def test_what_is_no_table_of_comparisons_is_refused_with_every_fault() -> None:
    assert refused(("a", "b"), [[1, 3], [0.5, 1]]) == ["RECIPROCAL"]
    assert refused(("a", "b"), [[2, 3], [1 / 3, 1]]) == ["RECIPROCAL"]
    assert refused(("a", "b"), [[1, 12], [1 / 12, 1]]) == ["SCALE"]
    assert refused(("a", "b"), [[1, -3], [-1 / 3, float("nan")]]) == ["SCALE", "SCALE"]
    assert refused(("a", "b"), [[1, 3, 1]]) == ["SHAPE"]
    assert refused(("a", "a"), [[1, 1], [1, 1]]) == ["NAMES"]


def test_pairs_left_out_unknown_or_said_twice_are_all_told() -> None:
    judged = {("a", "b"): 2.0, ("b", "a"): 0.5, ("a", "x"): 1.0, ("a", "c"): 0.0}
    with pytest.raises(DataError) as caught:
        ahp.filled(("a", "b", "c"), judged)
    assert [issue.code for issue in caught.value.issues] == [
        "PAIR_TWICE",
        "PAIR_UNKNOWN",
        "SCALE",
        "PAIR_MISSING",
    ]
