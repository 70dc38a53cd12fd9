"""The targets page, run as Streamlit runs it on a new store.

Expected figures: 53 targets and 38 checks are counted in the register; 225 growing to 350
in five years needs the fifth root of 14/9, 1.0924 by hand calculator; clause 三(四)2 names
the 500-mu park P05 and, with no published place, the finance town B06.
"""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from pages import door, target_match, target_places
from pages.target_words import amount, number, safe
from tests.pages import house
from tests.pages.house import html, living_in


@pytest.fixture(scope="module", autouse=True)
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A store of its own for these tests."""
    with living_in(f"sqlite:///{tmp_path_factory.mktemp('store') / 'zone.db'}"):
        yield


def opened(**asked: str) -> AppTest:
    return house.opened("target_page", **asked)


def written(page: AppTest) -> str:
    """All HTML of the page, and its buttons."""
    return "\n".join([html(page)] + [button.label.replace("\\", "") for button in page.button])


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("view", ["targets", "matters", "checks", "points", "clauses"])
def test_every_view_opens_in_both_languages(lang: str, view: str) -> None:
    assert written(opened(lang=lang, tview=view))


def test_all_53_targets_are_listed_and_no_actual_is_invented() -> None:
    table = opened().dataframe[0].value
    assert len(table) == 53
    assert set(table["actual"]) == {"未查到公开数据"}
    english = opened(lang="en").dataframe[0].value
    assert set(english["actual"]) == {"No public figure found"}


def test_no_chinese_is_left_in_the_english_table_but_clause_ids() -> None:
    table = opened(lang="en").dataframe[0].value.drop(columns="clauses")
    assert not table.map(lambda text: any("一" <= letter <= "鿿" for letter in text)).any(axis=None)


def test_the_figures_at_the_top_say_how_little_is_known() -> None:
    text = written(opened())
    assert "<b>53 项</b>" in text
    assert "<b>0 项</b><small>未查到公开数据</small>" in text
    assert "2017-06-09" in text
    assert "<b>38 项</b>" in text


def test_a_search_narrows_the_list_and_clearing_brings_it_back() -> None:
    page = opened()
    page.text_input(key="tq").set_value("服贸园").run()
    assert set(page.dataframe[0].value["id"]) == {"S14", "S15", "S16", "S17", "S18", "S19"}
    page.text_input(key="tq").set_value("没有这样的目标").run()
    assert not page.dataframe
    assert page.info
    page.button(key="tclear").click().run()
    assert len(page.dataframe[0].value) == 53


def test_filters_add_up_and_stand_in_the_address() -> None:
    page = opened(tflag="definition_changed")
    assert list(page.dataframe[0].value["id"]) == ["G11", "G12"]
    page.selectbox(key="tclause").set_value("二(四)4").run()
    page.selectbox(key="tyear").set_value("2020").run()
    assert not page.dataframe
    assert page.query_params["tyear"] == "2020"


def test_a_target_opens_with_its_working_and_labelled_references() -> None:
    text = written(opened(target="G02"))
    assert "9.24 %/年" in text
    assert "(350 ÷ 225)^(1/5) − 1 = 9.24 %" in text
    assert "参考（全市）" in text
    assert "未查到公开数据" in text


def test_a_summed_baseline_shows_its_working() -> None:
    assert "1 + 27 = 28" in written(opened(target="G09"))


def test_two_definitions_are_never_joined_by_a_line() -> None:
    page = opened(target="G11")
    assert "不作差、不连线" in written(page)
    assert not page.get("vega_lite_chart")
    assert "待升级对象" in written(opened(target="S07"))
    assert opened(target="G02").get("vega_lite_chart")


def test_places_of_a_target_lead_to_the_map_and_the_others_say_why_not() -> None:
    text = written(opened(target="S15"))
    assert "在图上看 P05" in text
    text = written(opened(target="S09"))
    assert "P06" in text
    assert "未落图" in text
    zone = door.zone()
    assert target_places.address(target_places.where(zone, "P05")) == "park:P05"


def test_a_clause_shows_its_places_drawn_and_not_drawn() -> None:
    page = opened(clause="三(四)2")
    assert any(button.label.startswith("P05 ") for button in page.button)
    text = written(page)
    assert "B06" in text
    assert "S15" in text
    assert page.session_state["tview"] == "clauses"


def test_a_matter_opens_the_list_of_its_targets() -> None:
    page = opened(tview="matters")
    assert "M8" in written(page)
    page.button(key="tm_targets_M8").click().run()
    assert list(page.dataframe[0].value["id"]) == ["S35", "S36"]


def test_a_target_asked_for_from_a_clause_opens() -> None:
    page = opened(clause="三(四)2")
    page.button(key="tclause_S15").click().run()
    assert page.query_params["target"] == "S15"
    assert "80–100 万㎡" in written(page)


def test_all_checks_and_all_inconsistencies_are_told() -> None:
    assert written(opened(tview="checks")).count("<tr><td>") == 38
    assert written(opened(tview="points")).count("<tr><td>") == 19


@pytest.mark.parametrize("asked", [{"target": "Z99"}, {"clause": "九(九)"}])
def test_an_address_that_names_nothing_is_told(asked: dict[str, str]) -> None:
    assert opened(**asked).info


def test_amounts_carry_their_unit_and_thousands_separators() -> None:
    assert number(2000.0) == "2,000"
    assert number(0.84) == "0.84"
    assert amount(2000, "万元/年", "CNY 10,000/yr") == "2,000 万元/年"
    assert amount(80, "万㎡", "10,000 m²", 100) == "80–100 万㎡"


def test_money_is_told_in_billions_to_english_readers() -> None:
    table = opened(lang="en").dataframe[0].value.set_index("id")["wanted"]
    assert table["G02"] == "CNY 35 bn"
    assert table["S15"] == "800,000–1,000,000 m²"
    assert table["S37"] == "CNY 20 m/yr"
    assert table["S34"] == "> CNY 120 m/yr"


def test_names_are_written_literally() -> None:
    hostile = "<img src=x onerror=alert(1)>{{7*7}}"
    assert safe(hostile) == "&lt;img src=x onerror=alert(1)&gt;{{7*7}}"


def test_a_filter_that_names_nothing_fits_nothing() -> None:
    from geo.plan import progress

    plan = door.zone().plan
    asked = dict.fromkeys(("tyear", "tclause", "tflag", "tplace", "tmatter"), "")
    assert len(target_match.fitting(plan, progress(plan), {**asked, "tq": ""})) == 53
    assert not target_match.fitting(plan, progress(plan), {**asked, "tq": "", "tplace": "Z99"})
