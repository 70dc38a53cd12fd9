"""Scores by hand on five by five cells, and what is made of gaps and of closed land."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import DataError
from geo.terrain import curve, suitability
from geo.terrain.recipe import Gaps, Recipe
from tests.geo.terrain.plane import NONE

# Far from a centre: 100 points at 0 m, 0 at 100 m. Slope: 100 up to 5°, 0 at 25°.
# Cover: class 1 gives 80, class 2 gives 20, others are not known.
FAR = curve.curve([(0, 100), (100, 0)])
STEEP = curve.curve([(5, 100), (25, 0)])
COVER = curve.table({1: 80, 2: 20})
LIVING = Recipe(
    "07",
    "居住",
    "Residential",
    {"far": 0.5, "steep": 0.3, "cover": 0.2},
    {"far": FAR, "steep": STEEP, "cover": COVER},
    ("farmland", "redline"),
)
LAND = {
    "far": np.array([[0, 10, 20, 30, 40]] * 5, dtype=np.float32),
    "steep": np.array([[0] * 5, [5] * 5, [10] * 5, [15] * 5, [25] * 5], dtype=np.float32),
    "cover": np.array([[1, 1, 1, 2, 2]] * 4 + [[1, 1, NONE, 2, 3]], dtype=np.float32),
}
FARMLAND = np.zeros((5, 5), dtype=bool)
FARMLAND[0, 0] = FARMLAND[2, 4] = True
# Points of far: 100 90 80 70 60 by column; of steep: 100 100 75 50 0 by row; of cover 80 or 20.
# First row: 50+30+16, 45+30+16, 40+30+16, 35+30+4, 30+30+4; the third has 22.5 for steep, the
# fourth 15, the fifth 0.
BY_HAND = np.array(
    [
        [NONE, 91, 86, 69, 64],
        [96, 91, 86, 69, 64],
        [88.5, 83.5, 78.5, 61.5, NONE],
        [81, 76, 71, 54, 49],
        [66, 61, NONE, 39, NONE],
    ]
)


def test_five_by_five_cells_by_hand() -> None:
    found = suitability.suitability(LAND, LIVING, {"farmland": FARMLAND})
    np.testing.assert_allclose(found.score, BY_HAND, atol=1e-4)
    assert found.score.dtype == np.float32
    assert (found.closed == FARMLAND).all()
    assert (found.masks, found.unheld) == (("farmland",), ("redline",))


def test_coverage_says_what_is_closed_and_what_is_not_known() -> None:
    found = suitability.suitability(LAND, LIVING, {"farmland": FARMLAND})
    by_cells = suitability.coverage(found)
    assert by_cells.scored == pytest.approx(21 / 25)
    assert by_cells.closed == pytest.approx(2 / 25)
    assert by_cells.unknown == pytest.approx(2 / 25)
    assert by_cells.known == pytest.approx((23 + 2 * 0.8) / 25)
    last = np.zeros((5, 5))
    last[4, 2:] = [10, 20, 10]
    assert suitability.coverage(found, last).scored == pytest.approx(0.5)
    with pytest.raises(DataError) as caught:
        suitability.coverage(found, np.zeros((5, 5)))
    assert caught.value.code == "NO_LAND"


def test_gaps_may_be_judged_by_what_is_known_or_get_nothing() -> None:
    """Bottom row, middle: far 80, steep 0, cover unknown."""
    known = replace(LIVING, gaps=Gaps.KNOWN, least_known=0.8)
    assert suitability.suitability(LAND, known).score[4, 2] == pytest.approx(40 / 0.8)
    strict = replace(known, least_known=0.81)
    assert np.isnan(suitability.suitability(LAND, strict).score[4, 2])
    lowest = replace(LIVING, gaps=Gaps.LOWEST)
    assert suitability.suitability(LAND, lowest).score[4, 2] == pytest.approx(40)


def test_nothing_known_is_never_suitable() -> None:
    """Except under the policy that gives unknown factors no points, which says 0."""
    blank = {factor: np.full((2, 2), np.nan, dtype=np.float32) for factor in LAND}
    for gaps in (Gaps.REFUSE, Gaps.KNOWN):
        found = suitability.suitability(blank, replace(LIVING, gaps=gaps, least_known=0.1))
        assert np.isnan(found.score).all()
        assert not found.known.any()
    lowest = suitability.suitability(blank, replace(LIVING, gaps=Gaps.LOWEST))
    assert not lowest.score.any()


def test_the_first_mask_that_closes_land_is_told() -> None:
    redline = FARMLAND.copy()
    redline[1, 1] = True
    found = suitability.suitability(LAND, LIVING, {"redline": redline, "farmland": FARMLAND})
    assert found.masks == ("farmland", "redline")
    assert (found.closed[0, 0], found.closed[1, 1], found.closed[1, 2]) == (1, 2, 0)
    assert np.isnan(found.score[1, 1])


def test_parcels_score_as_cells_do() -> None:
    rows = {factor: values.ravel() for factor, values in LAND.items()}
    found = suitability.suitability(rows, LIVING, {"farmland": FARMLAND.ravel()})
    np.testing.assert_allclose(found.score, BY_HAND.ravel(), atol=1e-4)


def test_many_cells_score_as_few_do() -> None:
    """More than one strip of work, of rows and of parcels."""
    tall = {factor: np.tile(values, (60, 300)) for factor, values in LAND.items()}
    found = suitability.suitability(tall, LIVING, {"farmland": np.tile(FARMLAND, (60, 300))})
    np.testing.assert_allclose(found.score, np.tile(BY_HAND, (60, 300)), atol=1e-4)
    flat = {factor: values.ravel() for factor, values in tall.items()}
    again = suitability.suitability(flat, LIVING).score.reshape(300, 1500)
    np.testing.assert_allclose(again[1], found.score[1])


@given(
    st.lists(st.floats(0.01, 1), min_size=3, max_size=3),
    st.lists(st.floats(-50, 300, width=32), min_size=3, max_size=3),
)
def test_a_score_lies_between_its_worst_and_its_best_factor(
    raw: list[float], values: list[float]
) -> None:
    names = ("far", "steep", "other")
    weights = {name: one / sum(raw) for name, one in zip(names, raw, strict=True)}
    recipe = Recipe("07", "", "", weights, {"far": FAR, "steep": STEEP, "other": FAR})
    land = {name: np.array([one], np.float32) for name, one in zip(names, values, strict=True)}
    parts = [float(curve.points(recipe.scales[name], land[name])[0]) for name in names]
    score = float(suitability.suitability(land, recipe).score[0])
    assert min(parts) - 1e-3 <= score <= max(parts) + 1e-3


def test_contributions_by_hand_add_up_to_the_score() -> None:
    found = suitability.contributions({"far": 30, "steep": 15, "cover": 2}, LIVING)
    told = [(part.factor, part.points, part.share) for part in found]
    assert [name for name, _, _ in told] == ["far", "steep", "cover"]
    assert [points for _, points, _ in told] == pytest.approx([70, 50, 20])
    assert [share for _, _, share in told] == pytest.approx([35, 15, 4])


def test_contributions_of_what_is_not_known_are_none() -> None:
    known = replace(LIVING, gaps=Gaps.KNOWN, least_known=0.5)
    found = suitability.contributions({"far": 20, "steep": 25, "cover": None}, known)
    assert [part.share for part in found] == [pytest.approx(50), pytest.approx(0), None]
    assert found[2].value is None
    unnamed = suitability.contributions({"far": 20, "cover": 9}, known)
    assert [part.points for part in unnamed] == [pytest.approx(80), None, None]
    assert unnamed[2].value == 9


def test_factors_that_are_missing_or_do_not_fit_are_refused() -> None:
    for land, code in (
        ({"far": LAND["far"], "steep": LAND["steep"]}, "FACTOR_MISSING"),
        ({**LAND, "cover": LAND["cover"][:4]}, "FACTOR_SHAPE"),
    ):
        with pytest.raises(DataError) as caught:
            suitability.suitability(land, LIVING)
        assert caught.value.code == code


def test_weights_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(DataError) as caught:
        suitability.suitability(LAND, replace(LIVING, weights={"far": 0.5, "steep": 0.4}))
    assert [issue.code for issue in caught.value.issues] == ["WEIGHT_SUM"]
