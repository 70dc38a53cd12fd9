"""Targets against what was and what is; expectations by hand."""

from dataclasses import replace
from pathlib import Path

import pytest

from geo.errors import DataError
from geo.plan import Plan, Progress, due_years, progress, read, yearly_rate


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read(Path(__file__).parents[2] / "data" / "plan")


@pytest.fixture(scope="module")
def rows(plan: Plan) -> dict[str, Progress]:
    return {row.target.id: row for row in progress(plan)}


def test_there_is_one_row_for_each_of_the_53_targets(rows: dict[str, Progress]) -> None:
    assert len(rows) == 53


@pytest.mark.parametrize(
    ("id_", "numbers", "unit"),
    [
        ("G02", (225, 125, 9.24), "%/年"),
        ("G04", (39, 21, 9.00), "%/年"),
        ("G06", (55.8, 4.2, 0.84), "个百分点/年"),
        ("G07", (47.52, 8.48, 1.696), "个百分点/年"),
        ("G09", (28, 7, 4.56), "%/年"),
        ("G10", (1, 1, 14.87), "%/年"),
        ("G13", (12, 3, 4.56), "%/年"),
    ],
)
def test_the_gap_and_the_needed_rate_follow_from_the_baseline(
    rows: dict[str, Progress], id_: str, numbers: tuple[float, float, float], unit: str
) -> None:
    row = rows[id_]
    was, gap, rate = numbers
    assert row.baseline is not None
    assert row.baseline.value == pytest.approx(was)
    assert (row.gap, row.gap_from) == (pytest.approx(gap), "baseline")
    assert row.rate == pytest.approx(rate, abs=0.005)
    assert row.rate_unit == unit


def test_a_derived_baseline_shows_its_working(rows: dict[str, Progress]) -> None:
    baseline = rows["G09"].baseline
    assert baseline is not None
    assert baseline.working == "1 + 27 = 28"


@pytest.mark.parametrize("id_", ["G11", "G12", "S07", "S08"])
def test_unlike_things_are_not_compared(rows: dict[str, Progress], id_: str) -> None:
    row = rows[id_]
    assert row.baseline is not None
    assert not row.comparable
    assert row.gap is None
    assert row.rate is None


@pytest.mark.parametrize("id_", ["G03", "G05", "G08", "G14", "G15"])
def test_without_a_baseline_nothing_is_measured(rows: dict[str, Progress], id_: str) -> None:
    assert rows[id_].baseline is None
    assert rows[id_].gap is None
    assert "方案没有给出基数，暂时无法衡量进度" in [flag.text for flag in rows[id_].flags]


def test_no_target_has_a_published_actual(rows: dict[str, Progress]) -> None:
    assert {row.actual_text for row in rows.values()} == {"未查到公开数据"}


def test_city_figures_are_references_only(rows: dict[str, Progress]) -> None:
    references = rows["G06"].references
    assert [(f.number, f.territory) for f in references] == [(61.46, "city")]
    assert rows["G06"].actual is None


def test_an_actual_of_the_same_subject_replaces_the_baseline_in_the_gap(plan: Plan) -> None:
    fact = replace(
        plan.facts[0], id="own", territory="zone", targets=("G02",), relation="actual",
        number=300.0, value="300", unit="亿元",
    )  # fmt: skip
    row = progress(replace(plan, facts=(*plan.facts, fact)))[1]
    assert row.actual_text == "300 亿元"
    assert (row.gap, row.gap_from) == (50.0, "actual")


def test_flags_are_told_in_plain_words(rows: dict[str, Progress]) -> None:
    assert [flag.text for flag in rows["G04"].flags] == ["几个主体共用几个数值，对应关系不明"]


def test_a_counted_step_falls_due_only_with_a_start_year(rows: dict[str, Progress]) -> None:
    steps = rows["S15"].target
    assert due_years(steps, None) is None
    assert due_years(steps, 2017) == (2022, 2025)
    assert due_years(rows["S03"].target, 2014) == (2024, 2024)
    assert due_years(rows["G02"].target, None) == (2021, 2021)
    assert due_years(rows["S04"].target, 2017) is None


def test_a_rate_from_nothing_is_refused() -> None:
    assert yearly_rate(100, 121, 2) == pytest.approx(10)
    with pytest.raises(DataError):
        yearly_rate(0, 10, 5)


def test_a_baseline_that_is_no_number_is_refused(plan: Plan) -> None:
    broken = tuple(replace(t, baseline="F001") if t.id == "G02" else t for t in plan.targets)
    with pytest.raises(DataError, match="F001"):
        progress(replace(plan, targets=broken))
