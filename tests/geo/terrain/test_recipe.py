"""The office's own file is read and checked; it says itself that it is no standard."""

from dataclasses import replace
from pathlib import Path

import pytest

from geo.errors import DataError
from geo.terrain import curve, recipe
from geo.terrain.recipe import Gaps, Recipe
from geo.zone import DATA

RULES = DATA / "rules"


def test_the_template_says_that_it_is_no_standard() -> None:
    found = recipe.read(RULES)
    assert "不是标准" in found.note
    assert "not a standard" in found.note_en
    assert "没有法定依据" in (RULES / "suitability.toml").read_text("utf-8")


def test_the_template_is_whole() -> None:
    found = recipe.read(RULES)
    assert set(found.recipes) == {"07", "08", "09", "10", "11", "14"}
    for one in found.recipes.values():
        assert sum(one.weights.values()) == pytest.approx(1)
        assert one.gaps is Gaps.REFUSE
        shipped = {factor for factor in one.counting if found.factors[factor].kind != "image"}
        assert shipped == set(one.counting), "the template judges by what is shipped"
        assert "farmland" in one.masks


def test_a_use_may_read_a_factor_in_its_own_way() -> None:
    found = recipe.read(RULES)
    assert found.recipes["10"].scales["place"] != found.recipes["07"].scales["place"]
    assert found.recipes["10"].scales["road"] == found.recipes["07"].scales["road"]


def test_a_mask_may_be_for_some_uses() -> None:
    found = recipe.read(RULES)
    assert "setback" in found.recipes["07"].masks
    assert "setback" not in found.recipes["14"].masks
    assert found.masks["cultivated"].layer.kinds == ("耕地",)


def broken(folder: Path, old: str, new: str) -> DataError:
    text = (RULES / "suitability.toml").read_text("utf-8")
    assert old in text
    (folder / "suitability.toml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(DataError) as caught:
        recipe.read(folder)
    return caught.value


def test_a_broken_file_is_refused_with_what_is_wrong(tmp_path: Path) -> None:
    assert broken(tmp_path, "centre = 0.25", "centre = 0.35").code == "RECIPE"
    assert broken(tmp_path, "centre = 0.25", "middle = 0.25").code == "RECIPE"
    assert broken(tmp_path, "slope = 0 }", "slope = 0, hill = 0 }").code == "CATALOG_BROKEN"
    assert broken(tmp_path, "[0, 100], [500, 100]", "[0, 100], [0, 100]").code == "CURVE"
    assert broken(tmp_path, '"refuse"', '"guess"').code == "CATALOG_BROKEN"
    assert broken(tmp_path, "[default]", "[other]").code == "CATALOG_BROKEN"
    assert broken(tmp_path, "[default]", "[default").code == "CATALOG_BROKEN"
    with pytest.raises(DataError) as caught:
        recipe.read(tmp_path / "nowhere")
    assert caught.value.code == "CATALOG_MISSING"


LINE = curve.curve([(0, 0), (1, 100)])
PLAIN = Recipe("07", "居住", "Residential", {"a": 0.6, "b": 0.4}, {"a": LINE, "b": LINE})


def test_every_fault_of_a_recipe_is_told_at_once() -> None:
    bad = replace(PLAIN, weights={"a": -0.1, "c": 0.4, "b": 0.4}, least_known=0.0)
    with pytest.raises(DataError) as caught:
        recipe.checked(bad)
    told = [issue.code for issue in caught.value.issues]
    assert told == ["WEIGHT", "NO_SCALE", "WEIGHT_SUM", "KNOWN"]


def test_a_recipe_is_altered_and_checked_again() -> None:
    found = recipe.altered(PLAIN, weights={"a": 1.0}, gaps=Gaps.LOWEST)
    assert (dict(found.counting), found.gaps) == ({"a": 1.0}, Gaps.LOWEST)
    assert PLAIN.weights["a"] == 0.6
    with pytest.raises(DataError):
        recipe.altered(PLAIN, weights={"a": 0.9})


def test_weights_are_brought_to_one_in_proportion() -> None:
    assert dict(recipe.in_all({"a": 3, "b": 1})) == {"a": 0.75, "b": 0.25}
    for wrong in ({"a": 0.0}, {"a": 2.0, "b": -1.0}, {"a": float("inf")}):
        with pytest.raises(DataError) as caught:
            recipe.in_all(wrong)
        assert caught.value.code == "WEIGHTS"


def test_scales_are_read_as_a_file_says_them() -> None:
    assert recipe.scale([[0, 10], [5, 20]]) == curve.curve([(0, 10), (5, 20)])
    assert recipe.scale({"10": 5, "20": 90, "others": 1}) == curve.table({10: 5, 20: 90}, 1)
    for wrong in ([[0, "x"], [1, 2]], {"forest": 3}, 7, [[1]]):
        with pytest.raises(DataError) as caught:
            recipe.scale(wrong)
        assert caught.value.code == "CURVE"
