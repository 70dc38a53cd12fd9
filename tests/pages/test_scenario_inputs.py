"""What the input steps make of a draft: periods, rules of opening, limits, curves, exceptions."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from geo import scenario
from geo.errors import DataError
from geo.scenario import Definition
from geo.terrain.curve import Curve, Table
from layers import curve_chart
from pages import (
    scenario_conversion,
    scenario_curves,
    scenario_exceptions,
    scenario_limits_add,
    scenario_phases,
    scenario_phases_add,
    scenario_phases_demands,
    scenario_uses,
)


def draft(**more: Any) -> Definition:
    return scenario.checked(
        {
            "name": "试验",
            "uses": [{"id": "a", "code": "09", "name": "甲"}, {"id": "b", "code": "08"}],
            "demands": [
                {"use": "a", "mu": 100.0, "target": "S14", "clause": "四(二)"},
                {"use": "b", "min_mu": 200.0, "max_mu": 300.0},
            ],
            "excludes": [],
        }
        | more
    )


@pytest.mark.parametrize("said", ["2026、2028, 2030", " 2030；2026 2028 ", "2028,2028,2026,2030"])
def test_years_are_read_in_any_order_and_with_any_comma(said: str) -> None:
    assert scenario_phases.years(draft(), said).periods == (2026, 2028, 2030)


def test_no_year_is_no_period_and_a_word_is_refused() -> None:
    assert scenario_phases.years(draft(periods=[2026]), "  ").periods == ()
    with pytest.raises(DataError) as refused:
        scenario_phases.years(draft(), "2026、明年")
    assert refused.value.code == "PERIODS"
    assert "明年" in str(refused.value)


def test_a_rule_of_opening_is_added_changed_and_deleted() -> None:
    rule = {"where": {"set": "road", "ids": ["R1"]}, "reach_m": 500.0, "opens": "2027-05-01"}
    known = scenario_phases_add.added(draft(periods=[2026, 2028]), rule)
    assert known.phases[0].opens == date(2027, 5, 1)
    assert known.opening(known.phases[0]) == 1
    rows = [{"at": 0, "reach_m": 300.0, "opens": "2026-01-01T00:00:00"}]
    moved = scenario_phases.ruled(known, rows)
    assert (moved.phases[0].reach_m, moved.phases[0].opens) == (300.0, date(2026, 1, 1))
    assert moved.phases[0].where.ids == ("R1",)
    assert scenario_phases.ruled(known, []).phases == ()


def test_demands_of_a_period_are_a_row_each_and_keep_what_they_serve() -> None:
    known = draft(periods=[2026, 2028])
    rows = scenario_phases_demands.given(known)
    assert [(row["year"], row["use"], row["mu"]) for row in rows] == [
        ("2026", "09 甲", 100.0),
        ("2026", "08 ", None),
        ("2028", "09 甲", None),
        ("2028", "08 ", None),
    ]
    rows = [row | {"at": i} for i, row in enumerate(rows)]
    rows[2]["mu"] = 50.0
    made = scenario_phases_demands.made(known, rows)
    asked = [(one.use, one.period, one.mu, one.min_mu, one.clause) for one in made.demands]
    assert asked == [
        ("a", 0, 100.0, None, "四(二)"),
        ("b", 0, None, 200.0, ""),
        ("a", 1, 50.0, None, ""),
    ]


def test_an_exclusion_of_ones_own_is_whole_or_in_part_under_a_name_of_its_own() -> None:
    area = [[[122.0, 37.0], [122.1, 37.0], [122.1, 37.1]]]
    words = {"title": "学校", "title_en": "学校", "uses": ["a"], "basis": ""}
    hard = scenario_limits_add.added(draft(), words | {"areas": [area[0:1]], "from_pct": 5.0})
    limit = (hard.excludes or ())[0]
    assert (limit.id, limit.title, limit.uses, limit.from_pct) == ("own1", "学校", ("a",), 5.0)
    both = scenario_limits_add.added(
        hard, words | {"where": {"set": "road"}, "usable_pct": 40.0, "priority": 3}
    )
    part = both.partials[0]
    assert (part.id, part.usable_pct, part.priority) == ("own2", 40.0, 3)


def test_ticks_that_differ_from_the_rules_are_exceptions_and_keep_their_reasons() -> None:
    """By the rules farmland may not become 09 or 08, and built-up land may become both."""
    rows = [row | {"at": i} for i, row in enumerate(scenario_conversion.matrix(draft()))]
    assert (rows[0]["a"], rows[0]["b"]) == (False, False)
    assert scenario_conversion.ticked(draft(), rows).changes == ()
    rows[0]["a"] = True
    once = scenario_conversion.ticked(draft(), rows)
    assert [(one.start, one.use, one.allowed) for one in once.changes] == [("farmland", "a", True)]
    said = scenario_exceptions.reasoned(once, [{"at": 0, "reason": "已批准转用"}])
    rows[0]["b"] = True
    twice = scenario_conversion.ticked(said, rows)
    assert twice.changes[0].reason == "已批准转用"
    assert len(twice.changes) == 2
    assert scenario_exceptions.reasoned(twice, [{"at": 1, "reason": "x"}]).changes[0].use == "b"


def test_points_of_a_curve_are_taken_in_the_order_of_their_values_and_can_be_reset() -> None:
    was = Curve(((0.0, 100.0), (1000.0, 0.0)))
    said: list[dict[str, Any]] = [{"value": 800.0, "points": 10.0}, {"value": None}]
    said.append({"value": 0.0, "points": 90.0})
    made = scenario_curves.made(draft(), ("a", "road"), said, was)
    assert made.uses[0].scales == {"road": [(0.0, 90.0), (800.0, 10.0)]}
    assert scenario_curves.scale(made.uses[0], "road") == Curve(((0.0, 90.0), (800.0, 10.0)))
    assert scenario_curves.reset(made, "a", "road").uses[0].scales == {}


def test_a_table_of_classes_keeps_what_others_get() -> None:
    said = [{"value": 2.0, "points": 30.0}]
    made = scenario_curves.made(draft(), ("a", "landcover"), said, Table({1: 50.0}, 5.0))
    assert made.uses[0].scales == {"landcover": {"2": 30.0, "others": 5.0}}


def test_a_curve_that_is_none_is_refused_and_the_draft_stays() -> None:
    with pytest.raises(DataError) as refused:
        scenario_curves.made(
            draft(), ("a", "road"), [{"value": 1.0, "points": 10.0}], Curve(((0, 1), (1, 2)))
        )
    assert refused.value.code == "CURVE"


def test_the_picture_of_a_curve_puts_points_where_they_belong() -> None:
    """360 by 120 px: values run from 28 to 354, points from 102 (0) up to 6 (100)."""
    found = curve_chart.svg([(0.0, 100.0), (10.0, 0.0)], np.array([np.nan, 5.0]), "曲线 <路>")
    assert 'points="28.0,6.0 28.0,6.0 354.0,102.0 354.0,102.0"' in found
    assert "曲线 &lt;路&gt;" in found


def test_a_draft_without_its_locks_is_else_the_same() -> None:
    known = draft(locks={"r000c001": "a", "r000c002": ""})
    assert scenario_uses.bare(known) == draft()
