"""What screens say of periods: rows by year, plans beneath, undo; figures by hand, no store."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from geo import scenario
from geo.allocate import Flow
from geo.scenario import Comparison, Coverage, Indicator, Price
from geo.scenario.values import UseLabel
from pages import (
    scenario_beside,
    scenario_figures,
    scenario_indicators,
    scenario_paint_state,
    scenario_paint_sums,
    scenario_play,
    scenario_room,
    scenario_state,
)
from tests.geo.scenario import town
from tests.pages import house

TRADE = UseLabel("trade", "09", "商业", "Business", "#FF0000")


def _script(draw: "Callable[[], str]", lang: str) -> None:
    import streamlit as st

    st.session_state["lang"] = lang
    st.html(draw())


def drawn(draw: Callable[[], str], lang: str = "zh") -> str:
    """What a part draws in a visit."""
    page = AppTest.from_function(_script, default_timeout=60, args=(draw, lang)).run()
    assert not page.exception
    return house.html(page)


def got(year: int, mu: float) -> Coverage:
    return Coverage(TRADE, 0, "", "", 30.0, 30.0, 99.0, mu, year=year, spans=2)


def both() -> Comparison:
    """2026 is asked by the first only, 2028 by both: 40 and 52.5 mu are got."""
    none = np.zeros((0, 0))
    return Comparison(
        labels=(TRADE,),
        flow=Flow((), (), none, np.zeros(0, dtype=bool)),
        codes=np.zeros(0, dtype=np.uint8),
        changes=(),
        indicators=((), ()),
        coverage=((got(2026, 31.0), got(2028, 40.0)), (got(2028, 52.5),)),
        prices=(
            (Price(TRADE, 0, 0.0, year=2026, spans=2),),
            (Price(TRADE, 0, 5.0, year=2028, spans=2),),
        ),
    )


def test_compared_demands_say_their_year_and_no_difference_where_one_is_missing() -> None:
    said = drawn(lambda: scenario_beside.demands(both(), ("甲", "乙")))
    first, second = said.split("<tbody>")[1].split("</tr>")[:2]
    assert "09 商业（2026 年）" in first
    assert first.endswith("<td>—</td>")
    assert "09 商业（2028 年）" in second
    assert second.endswith("<td>+12.5 亩</td>")


def test_compared_prices_of_different_years_are_rows_of_their_own() -> None:
    said = drawn(lambda: scenario_beside.prices(both(), ("A", "B")), "en")
    first, second = said.split("<tbody>")[1].split("</tr>")[:2]
    assert "09 Business, 2026" in first
    assert first.endswith("<td>—</td>")
    assert "09 Business, 2028<" in second
    assert "<td>—</td>" in second


def test_a_use_of_a_single_period_goes_without_a_year() -> None:
    assert drawn(lambda: scenario_figures.timed(TRADE, None)).endswith("09 商业")


@pytest.mark.parametrize(
    ("lang", "told"), [("zh", "公式 · 未设参数"), ("en", "formula · no parameter set")]
)
def test_a_figure_says_what_it_rests_on_in_both_languages(lang: str, told: str) -> None:
    one = Indicator(
        "tax", "税收", "Tax", "万元", None, "公式", "formula", "未设参数", "no parameter set"
    )
    assert drawn(lambda: scenario_indicators.formula(one), lang) == told


def test_years_of_the_plan_beneath_that_are_not_here_are_told() -> None:
    said = drawn(lambda: scenario_paint_sums.adrift({2026: 6, 2027: 1}))
    assert "2026 年 6 个、2027 年 1 个" in said
    assert drawn(lambda: f"({scenario_paint_sums.adrift({})})") == "()"


def test_fifty_strokes_can_be_undone_and_each_holds_its_own_unit_only() -> None:
    uses: list[dict[str, Any]] = [{"id": "trade", "code": "09"}]
    demands = [{"use": "trade", "mu": 30.0}]
    draft = scenario.checked({"name": "试验", "uses": uses, "demands": demands})

    def draw() -> str:
        scenario_state.begin(draft)
        state, locks = scenario_state.now(), dict[str, str]()
        for number in range(60):
            locks[f"u{number:02}"] = "trade"
            scenario_paint_state.put(locks)
        held = scenario_paint_state.now()
        sizes = {len(step) for step in held.past}
        count = len(held.past)
        while held.past:
            scenario_paint_state.step(back=True)
        left = ",".join(state.draft.locks) if state.draft else ""
        scenario_paint_state.step(back=False)
        again = len(state.draft.locks) if state.draft else 0
        return f"{count} {sizes} {left} {again}"

    assert drawn(draw) == "50 {1} u00,u01,u02,u03,u04,u05,u06,u07,u08,u09 11"


def steps(start: str, names: list[str], times: int) -> str:
    """Where a play is after so many steps that were due at once."""
    import streamlit as st

    st.session_state["box"] = start
    st.session_state["c_played"] = "box", 0.0
    seen = []
    for _ in range(times):
        st.session_state["c_due"] = "box"
        scenario_play.go_on("box", names)
        seen.append(str(st.session_state["box"]))
    return " ".join([*seen, str(bool(st.session_state["c_played"]))])


def test_a_play_goes_from_year_to_year_ends_with_all_and_stops() -> None:
    names = ["2026", "2028", "all"]
    assert drawn(lambda: steps("2026", names, 1)) == "2028 True"
    assert drawn(lambda: steps("2026", names, 4)) == "2028 all all all False"
    assert drawn(lambda: steps("when", names, 1)) == "when False"


def test_land_that_opens_in_a_later_period_is_counted_as_room(tmp_path: Path) -> None:
    """The six cells by the road open in 2028 only; every built-up cell is room all the same."""
    zone = town.built(f"sqlite:///{tmp_path / 'zone.db'}")
    rule = {"where": {"set": "road"}, "reach_m": 50, "opens": "2028-01-01"}
    demands = [{"use": "trade", "mu": 30.0, "period": period} for period in (0, 1)]
    staged = {"periods": [2026, 2028], "demands": demands}
    late = scenario_room.room(scenario.prepare(zone, town.asked(**staged, phases=[rule])))
    open_ = scenario_room.room(scenario.prepare(zone, town.asked(**staged)))
    assert late.open_m2 == open_.open_m2
    assert late.open_m2[0] * 3 / 2000 == pytest.approx(18 * town.CELL_MU, rel=5e-4)
    assert late.any_m2 == open_.any_m2
