"""Values become points as the line or the table says, and gaps stay gaps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import DataError
from geo.terrain import curve

NONE = float("nan")


def test_a_bent_line_by_hand() -> None:
    line = curve.curve([(0, 100), (500, 100), (1500, 40), (3000, 10)])
    values = np.array([-5, 0, 500, 1000, 1500, 2250, 3000, 9000, NONE])
    wanted = [100, 100, 100, 70, 40, 25, 10, 10, NONE]
    found = curve.points(line, values)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, wanted, atol=1e-4)


def test_what_is_endlessly_far_has_the_points_of_the_end() -> None:
    line = curve.curve([(0, 0), (10, 80)])
    assert curve.points(line, np.array([-np.inf, np.inf])).tolist() == [0, 80]


@given(
    st.lists(st.tuples(st.integers(1, 1000), st.integers(0, 100)), min_size=2, max_size=7),
    st.lists(st.floats(-2e3, 8e3, width=32), min_size=1, max_size=20),
)
def test_a_bent_line_is_that_of_numpy(steps: list[tuple[int, int]], values: list[float]) -> None:
    xs = np.cumsum([step for step, _ in steps])
    ys = [score for _, score in steps]
    found = curve.points(curve.curve(list(zip(xs, ys, strict=True))), np.array(values))
    np.testing.assert_allclose(found, np.interp(values, xs, ys), atol=0.02)


def test_a_table_gives_each_class_its_points_and_an_unknown_class_none() -> None:
    classes = curve.table({10: 90, 20: 30})
    values = np.array([[10, 20], [30, NONE]])
    np.testing.assert_array_equal(curve.points(classes, values), [[90, 30], [NONE, NONE]])
    kind = curve.table({10: 90}, others=5)
    np.testing.assert_array_equal(curve.points(kind, values), [[90, 5], [5, NONE]])


@pytest.mark.parametrize(
    "points",
    [
        [(0, 1)],
        [(0, 1), (0, 2)],
        [(0, 1), (1, 101)],
        [(0, 1), (NONE, 2)],
        [(5, 1), (1, 2), (0, -1)],
    ],
)
def test_a_line_that_cannot_be_is_refused(points: list[tuple[float, float]]) -> None:
    with pytest.raises(DataError) as caught:
        curve.curve(points)
    assert caught.value.code == "CURVE"


def test_every_wrong_point_is_told() -> None:
    with pytest.raises(DataError) as caught:
        curve.curve([(5, 1), (1, 2), (0, -1)])
    assert [(issue.code, issue.row) for issue in caught.value.issues] == [
        ("ORDER", 2),
        ("POINTS", 3),
        ("ORDER", 3),
    ]


@pytest.mark.parametrize(("points", "others"), [({}, None), ({1: 120.0}, None), ({1: 3.0}, -1.0)])
def test_a_table_that_cannot_be_is_refused(points: dict[int, float], others: float | None) -> None:
    with pytest.raises(DataError) as caught:
        curve.table(points, others)
    assert caught.value.code == "CURVE"
