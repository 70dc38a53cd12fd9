"""Demands that cannot be met are answered in plain words with the numbers of a hand count."""

import pytest

from geo import scenario
from geo.scenario import State, Told
from geo.zone import Zone
from tests.geo.scenario.town import CELL_MU, asked, bring, made, plane

BUILT = 18 * CELL_MU  # all that is no farmland


def only(found: tuple[Told, ...]) -> Told:
    (one,) = found
    return one


def test_too_much_of_one_use_is_told_with_what_is_missing(small: Zone) -> None:
    """300 mu, at least 297, on 18 cells of 14.9976 mu: 27.04 mu short."""
    one = only(scenario.explain(scenario.prepare(small, asked(300.0, 0.0))))
    assert one.code == "LAND"
    assert one.uses == ("trade",)
    assert one.short_mu == pytest.approx(297 - BUILT, abs=0.1)
    assert "商业至少需要 297.0 亩" in one.text
    assert "可用的土地最多 269.9 亩，缺 27.1 亩" in one.text
    assert "Business and services (09) need at least 297.0 mu" in one.text_en


def test_in_english_uses_of_one_class_are_told_apart_and_clauses_are_named(small: Zone) -> None:
    whole = scenario.plain(asked(300.0, {"mu": 0.0}))
    whole["uses"][1] |= {"code": "09"}
    whole["demands"][0]["clause"] = "四(二)"
    one = only(scenario.explain(scenario.prepare(small, scenario.checked(whole))))
    assert one.text_en.startswith("Business and services “trade” (09) [clause 四(二)] need")


def test_the_least_change_is_told_by_exclusion_and_by_use(small: Zone) -> None:
    one = only(scenario.explain(scenario.prepare(small, asked(300.0, 0.0))))
    rows = {(row.kind, row.what): row for row in one.rows}
    farm = rows["exclusion", "PRESENT_FARMLAND"]
    assert farm.by_mu == pytest.approx(297 - BUILT, abs=0.1)
    assert farm.alone_mu == pytest.approx(18 * CELL_MU, abs=0.1)
    assert rows["use", "trade"].by_mu == pytest.approx(297 - BUILT, abs=0.1)
    details = "".join(zh for zh, _ in one.details)
    assert "现状耕地" in details
    assert "至少放开 27.1 亩即可满足" in details
    assert "商业的需求至少减少 27.1 亩即可满足" in details


def test_two_uses_that_only_together_ask_too_much_are_named_together(small: Zone) -> None:
    one = only(scenario.explain(scenario.prepare(small, asked(200.0, 100.0))))
    assert set(one.uses) == {"trade", "green"}
    assert "合计" in one.text
    assert one.short_mu == pytest.approx(297 - BUILT, abs=0.1)


def test_what_nobody_brought_is_said_to_make_it_only_worse(small: Zone) -> None:
    one = only(scenario.explain(scenario.prepare(small, asked(300.0, 0.0))))
    last, last_en = one.details[-1]
    assert last.startswith("无数据：永久基本农田")
    assert "只会更少" in last
    assert last_en.startswith("No data: Permanent basic farmland")


def test_a_factor_nobody_brought_is_said_to_leave_land_without_points(small: Zone) -> None:
    whole = scenario.plain(asked())
    whole["uses"][0]["weights"] = {"road": 0.5, "slope": 0.5}
    one = only(scenario.explain(scenario.prepare(small, scenario.checked(whole))))
    assert "因子缺数据" in "".join(zh for zh, _ in one.details)
    assert "NO_SCORE" in {row.what for row in one.rows}
    assert any(zh.startswith("无数据：坡度") and "可能更多" in zh for zh, _ in one.details)


def test_a_brought_exclusion_has_its_own_number(own: Zone) -> None:
    """Two more columns closed: 6 open cells; lifting the six closed by it alone is 6 cells each."""
    bring(own, made("redline", [plane(400, 0, 600, 600)]))
    one = only(scenario.explain(scenario.prepare(own, asked(150.0, 0.0))))
    rows = {row.what: row for row in one.rows}
    assert rows["redline"].title == "生态保护红线"
    assert rows["redline"].alone_mu == pytest.approx(12 * CELL_MU, abs=0.1)
    assert rows["redline"].by_mu == pytest.approx(150 * 0.99 - 6 * CELL_MU, abs=0.1)


def test_a_demand_that_fits_no_whole_number_of_cells_is_told_as_grain(small: Zone) -> None:
    narrow = {"mu": 22.0, "tolerance_pct": 1.0}
    one = only(scenario.explain(scenario.prepare(small, asked(narrow, 0.0))))
    assert one.code == "GRAIN"
    assert "整块单元凑不出" in one.text


def test_demands_that_can_be_met_need_no_reason(small: Zone) -> None:
    assert scenario.explain(scenario.prepare(small, asked())) == ()


def test_an_impossible_run_comes_as_near_as_it_can_and_says_why(small: Zone) -> None:
    found = scenario.run(small, asked(300.0, 0.0))
    assert found.allocation.state is State.FAILED
    assert found.told[0].code == "LAND"
    assert scenario.coverage(found)[0].short_mu == pytest.approx(297 - BUILT, abs=0.1)


def test_the_clause_of_the_plan_stands_beside_its_demand(small: Zone) -> None:
    wish = {"mu": 300.0, "target": "S14", "clause": "四(二)"}
    one = only(scenario.explain(scenario.prepare(small, asked(wish, 0.0))))
    assert "商业（条款 四(二)）" in one.text
