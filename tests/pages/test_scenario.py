"""Parts of the scenario page by hand: rows of an editor, easing of demands, pairs, shapes."""

import pytest

from geo import scenario
from geo.errors import DataError
from geo.scenario import Definition, Ease, Told
from layers import scenario_look
from layers.style import Ink
from pages import scenario_ease, scenario_form, scenario_pairs, scenario_uses


def definition() -> Definition:
    """Two uses: 100 mu within 1 %, so at least 99; and 200 to 300 mu."""
    return scenario.checked(
        {
            "name": "试验",
            "uses": [{"id": "a", "code": "09"}, {"id": "b", "code": "08"}],
            "demands": [
                {"use": "a", "mu": 100.0, "tolerance_pct": 1.0},
                {"use": "b", "min_mu": 200.0, "max_mu": 300.0},
            ],
            "excludes": [
                {"id": "x", "title": "甲", "title_en": "X", "where": {"set": "road"}, "uses": ["b"]}
            ],
        }
    )


def land(short_mu: float) -> Told:
    return Told("LAND", "不足", "short", (), ("a", "b"), short_mu)


def test_rows_of_an_editor_follow_edits_deletions_and_additions() -> None:
    given = [{"name": "一"}, {"name": "二"}, {"name": "三"}]
    said = {"edited_rows": {2: {"name": "叁"}}, "deleted_rows": [0], "added_rows": [{"name": "四"}]}
    assert scenario_form.rows(given, said) == [
        {"name": "二", "at": 1},
        {"name": "叁", "at": 2},
        {"name": "四", "at": None},
    ]


def test_one_demand_is_lowered_by_the_least_change_and_a_unit_more() -> None:
    row = Ease("b", "use", "乙", "B", 40.0)
    new = scenario_ease.eased(definition(), land(40.0), row, 15.0)
    assert [one.min_mu for one in new.demands] == [None, 145.0]  # 200 - 40 - 15
    assert new.demands[0].mu == 100.0


def test_all_demands_are_lowered_in_proportion_to_their_least() -> None:
    new = scenario_ease.eased(definition(), land(29.9), None, 0.0)  # a tenth of 99 + 200
    assert new.demands[0].mu == 90.0  # least 99 → 89.1, which is 90 less 1 %
    assert new.demands[1].min_mu == 180.0


def test_an_exclusion_is_opened_by_leaving_it_out() -> None:
    row = Ease("x", "exclusion", "甲", "X", 10.0)
    assert scenario_ease.eased(definition(), land(10.0), row, 15.0).excludes == ()


def test_present_farmland_is_opened_for_the_uses_of_the_reason_with_a_reason() -> None:
    row = Ease("PRESENT_FARMLAND", "exclusion", "现状耕地", "Farmland", 10.0)
    new = scenario_ease.eased(definition(), land(10.0), row, 15.0)
    told = [(one.start, one.use, one.allowed) for one in new.changes]
    assert told == [("farmland", "a", True), ("farmland", "b", True)]
    assert all(one.reason for one in new.changes)


def test_a_limit_goes_when_the_last_use_it_names_goes() -> None:
    old = definition()
    new = scenario_uses.replaced(old, [old.uses[0]], [{"use": "a", "mu": 5.0}])
    assert [one.id for one in new.uses] == ["a"]
    assert new.excludes == ()


def test_a_use_without_a_class_is_refused() -> None:
    old = definition()
    with pytest.raises(DataError) as refused:
        scenario_uses.replaced(
            old, [old.uses[0].model_copy(update={"code": ""})], [{"use": "a", "mu": 5.0}]
        )
    assert refused.value.code == "SCENARIO"


def test_comparisons_are_the_nearest_on_the_scale_of_nine() -> None:
    found = scenario_pairs.near(["a", "b", "c"], {"a": 0.6, "b": 0.3, "c": 0.1})
    assert found == {"a:b": 2.0, "a:c": 6.0, "b:c": 3.0}


def test_a_legend_of_units_has_a_letter_for_each_class_so_that_grey_paper_can_be_read() -> None:
    ink = Ink("#FF0000", "#D55E00", "#444444")
    found = scenario_look.legend([("a", "甲", "A"), ("b", "乙", "B")], [ink, ink], ("题", "Title"))
    assert [(one.key, one.letter) for one in found.classes] == [("a", "A"), ("b", "B")]
    assert (found.title, found.title_en) == ("题", "Title")


def test_what_stands_behind_is_half_way_to_white() -> None:
    assert scenario_look.pale(Ink("#FF0000", "#D55E00", "#444444")).standard == "#FF7F7F"
