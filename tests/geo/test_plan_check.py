"""The plan's arithmetic; the numbers here were worked out by hand from the document."""

from dataclasses import replace
from pathlib import Path

import pytest

from geo.errors import DataError
from geo.plan import Plan, PlanCheck, check, read


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read(Path(__file__).parents[2] / "data" / "plan")


@pytest.fixture(scope="module")
def checks(plan: Plan) -> dict[str, PlanCheck]:
    return {made.id: made for made in check(plan)}


@pytest.mark.parametrize(
    ("id_", "figures", "agrees"),
    [
        ("growth", ("346.2", "9.24 %"), "yes"),
        ("floor-area-ratio", ("333,333", "2.40–3.00"), "unknown"),
        ("investment-per-mu", ("400 万元",), "unknown"),
        ("health-city-area", ("13.33", "7.33", "55 %"), "yes"),
        ("built-up-share", ("15.2 %",), "yes"),
        ("services-share", ("47.57",), "yes"),
        ("three-sectors", ("100.00",), "yes"),
        ("zhongke-floor-area", ("2.8 + 1.5 = 4.3", "0.1"), "no"),
        ("platforms", ("1 + 27 = 28", "7"), "yes"),
        ("incubators", ("2 + 3 + 2 + 3 = 10 ≤ 12",), "yes"),
        ("upgrades", ("69 = 69", "12 = 12"), "yes"),
        ("members-named", ("5 个和 2 个",), "yes"),
        ("year-before", ("207.4", "97.0", "46.8 %"), "unknown"),
        ("ambiguous-subjects", ("60 家、300 家",), "unknown"),
        ("research-share", (), "unknown"),
        ("talent", (), "unknown"),
        ("no-baseline", ("G03、G05、G08、G14、G15",), "unknown"),
        ("new-town-steps", (), "unknown"),
        ("park-time-frames", ("2022–2025", "2018", "2020"), "unknown"),
        ("gushan-spellings", ("5 种写法",), "unknown"),
        ("major-projects", ("18.6", "32.14"), "unknown"),
        ("trade-growth", ("104",), "unknown"),
        ("brief-area", ("0.16 km²", "0.06 %"), "yes"),
        ("dates", ("152 天", "2017–2030"), "yes"),
        ("airport", ("28.2 km",), "unknown"),
        ("zone-area", ("277.62", "-0.19 %", "168.61", "-39.38 %"), "no"),
        ("land-classes", ("27,761.89", "277.62"), "yes"),
        ("park-later", ("516 亩", "+3.2 %", "3.66"), "no"),
        ("coast", ("14.2 km", "+1.4 %"), "yes"),
        ("built-up-later", ("39.3",), "unknown"),
        ("founding", ("1992-10-21",), "yes"),
        ("exchange-centre", ("2021-09", "21 个月"), "no"),
    ],
)
def test_the_check_shows_the_figures_and_whether_they_agree(
    checks: dict[str, PlanCheck], id_: str, figures: tuple[str, ...], agrees: str
) -> None:
    made = checks[id_]
    assert made.agrees == agrees
    for figure in figures:
        assert figure in made.computed


def test_every_open_point_has_a_check(plan: Plan, checks: dict[str, PlanCheck]) -> None:
    assert {made.inconsistency for made in checks.values()} - {""} == {
        str(number) for number in range(1, 20)
    }


def test_every_check_is_said_in_both_languages_with_known_clauses(
    plan: Plan, checks: dict[str, PlanCheck]
) -> None:
    for made in checks.values():
        assert made.says_en, made.id
        assert made.computed_en
        assert made.note_en
        assert made.clauses
        assert all(plan.clause(clause) for clause in made.clauses)


def test_checks_follow_the_register(plan: Plan) -> None:
    changed = replace(
        plan,
        baselines=tuple(replace(b, value=240.0) if b.id == "F005" else b for b in plan.baselines),
    )
    growth = next(made for made in check(changed) if made.id == "growth")
    assert "369.3" in growth.computed  # 240 × 1.09⁵ = 369.27
    assert growth.agrees == "no"  # 350 from 240 needs 7.84 % a year


def test_a_register_without_the_figure_is_refused(plan: Plan) -> None:
    with pytest.raises(DataError) as refused:
        check(replace(plan, baselines=()))
    assert refused.value.code == "PLAN_VALUE"
