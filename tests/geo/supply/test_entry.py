"""What people type becomes cells with units; what cannot be read is told, all at once."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.chronicle import numbered
from geo.errors import DataError
from geo.supply import Ledger, Quantity, typed
from geo.supply import day as day_typed
from geo.supply.cells import canonical
from tests.geo.supply.entries import NOW, RULES, day, draft


def kept(key: str, cell: Any) -> Any:
    """The value of a cell in the field's own unit."""
    return canonical(RULES.fields[key], cell, RULES)


@pytest.mark.parametrize(
    ("key", "typed_as", "value", "unit"),
    [
        ("area_m2", "20 亩", 20, "亩"),
        ("area_m2", "1,234.5", 1234.5, "㎡"),
        ("area_m2", "３．５公顷", 3.5, "公顷"),
        ("area_m2", "500平方米", 500, "㎡"),
        ("area_m2", Quantity("3.5", "公顷"), 3.5, "公顷"),
        ("area_m2", Quantity(3.5, "ha"), 3.5, "公顷"),
        ("price_wan", "1.2亿元", 1.2, "亿元"),
        ("price_wan", 300, 300, "万元"),
        ("invest_wan_mu", Quantity(6000, "万元/公顷"), 6000, "万元/公顷"),
        ("years", "50年", 50, "年"),
        ("years", 50.0, 50, "年"),
        ("approved_year", "2019", 2019, "年"),
        ("density_max_pct", "40%", 40, "%"),
        ("agreed_start", "2024-5-1", "2024-05-01", ""),
        ("agreed_start", "2024/05/01", "2024-05-01", ""),
        ("agreed_start", "2024.5.1", "2024-05-01", ""),
        ("agreed_start", "2024年5月1日", "2024-05-01", ""),
        ("agreed_start", "2024-05-01 00:00:00", "2024-05-01", ""),
        ("agreed_start", date(2024, 5, 1), "2024-05-01", ""),
        ("agreed_start", datetime(2024, 5, 1), "2024-05-01", ""),  # noqa: DTZ001 - as sheets give it
        ("far_max_in", "不含", False, ""),
        ("far_max_in", "是", True, ""),
        ("method", "挂牌", "listing", ""),
        ("method", "挂牌出让", "listing", ""),
        ("method", "作价出资(入股)", "equity", ""),
        ("method", "allocation", "allocation", ""),
        ("realm", "海域", "sea", ""),
        ("source", "新增建设用地", "新增建设用地", ""),
        ("source", "新增(来自存量库)", "新增（来自存量库）", ""),
        ("use", "0701 城镇住宅用地", "0701", ""),
        ("use", "工业用地", "1001", ""),
        ("use", "0701/0901", "0701/0901", ""),
        ("use", "120802/070102", "120802/070102", ""),
        ("supervision", "3710022024B00012", "3710022024B00012", ""),
        ("note", "第一行\n第二行　全角", "第一行\n第二行　全角", ""),
    ],
)
def test_a_value_is_kept_as_it_was_given(key: str, typed_as: Any, value: Any, unit: str) -> None:
    assert typed(RULES, key, typed_as) == {"value": value, "unit": unit}


def test_the_unit_of_the_column_counts_where_the_value_names_none() -> None:
    assert typed(RULES, "area_m2", "3.5", "公顷") == {"value": 3.5, "unit": "公顷"}
    assert typed(RULES, "area_m2", "20亩", "公顷") == {"value": 20, "unit": "亩"}


@pytest.mark.parametrize("empty", [None, "", "  "])
def test_an_empty_value_clears(empty: str | None) -> None:
    assert typed(RULES, "area_m2", empty) is None


@pytest.mark.parametrize(
    ("key", "given_as", "expected"),
    [
        ("area_m2", Quantity(3, "亩"), 2000.0),
        ("area_m2", Quantity(33.3333, "公顷"), 333_333.0),
        ("area_m2", Quantity(0.5, "km²"), 500_000.0),
        ("price_wan", Quantity(12_345_600, "元"), 1234.56),
        ("price_wan", Quantity(1.5, "亿元"), 15_000.0),
        ("invest_wan_mu", Quantity(6000, "万元/公顷"), 400.0),
        ("invest_wan_mu", Quantity(400, "万元/亩"), 400.0),
        ("floor_m2", Quantity(4.4, "万㎡"), 44_000.0),
    ],
)
def test_reckoning_is_in_one_unit(key: str, given_as: Quantity, expected: float) -> None:
    assert kept(key, typed(RULES, key, given_as)) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("key", "wrong", "code"),
    [
        ("area_m2", "约二十亩", "FIELD_VALUE"),
        ("area_m2", "20 斤", "FIELD_UNIT"),
        ("area_m2", -1, "FIELD_LIMIT"),
        ("area_m2", float("nan"), "FIELD_VALUE"),
        ("area_m2", float("inf"), "FIELD_VALUE"),
        ("area_m2", "1e999", "FIELD_VALUE"),
        ("area_m2", True, "FIELD_VALUE"),
        ("years", 50.5, "FIELD_VALUE"),
        ("years", 71, "FIELD_LIMIT"),
        ("years", 0, "FIELD_LIMIT"),
        ("density_max_pct", 101, "FIELD_LIMIT"),
        ("agreed_start", "2024-02-30", "FIELD_VALUE"),
        ("agreed_start", "明年", "FIELD_VALUE"),
        ("agreed_start", 45413, "FIELD_VALUE"),
        ("far_max_in", "也许", "FIELD_VALUE"),
        ("method", "出让", "FIELD_VALUE"),
        ("method", "抽签", "FIELD_VALUE"),
        ("realm", "空域", "FIELD_VALUE"),
        ("source", "不明", "FIELD_VALUE"),
        ("use", "0799", "FIELD_VALUE"),
        ("use", "0701/", "FIELD_VALUE"),
        ("note", "x" * 2001, "FIELD_VALUE"),
        ("note", "a\x00b", "FIELD_VALUE"),
        ("note", 5, "FIELD_VALUE"),
        ("colour", "red", "FIELD_UNKNOWN"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_value(key: str, wrong: Any, code: str) -> None:
    with pytest.raises(DataError) as caught:
        typed(RULES, key, wrong)
    assert caught.value.code == code


@pytest.mark.parametrize("text", ["2024-05-01", "2024/5/1", "2024年5月1日", " ２０２４.5.1 "])
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert day_typed(text) == date(2024, 5, 1)


@pytest.mark.parametrize("text", ["2024-02-30", "5/1", "明年", ""])
def test_what_is_no_day_is_told(text: str) -> None:
    with pytest.raises(DataError, match="不是日期"):
        day_typed(text)


def test_an_area_without_a_unit_is_never_guessed() -> None:
    with pytest.raises(DataError, match="㎡、公顷、亩"):
        kept("area_m2", {"value": 20, "unit": ""})
    assert kept("years", {"value": 50, "unit": ""}) == 50  # here there is but one


def test_all_wrong_values_of_a_form_are_told_at_once() -> None:
    with pytest.raises(DataError) as caught:
        draft().amended("P", {"area_m2": "无", "years": 99, "note": "好"})
    assert [issue.field for issue in caught.value.issues] == ["area_m2", "years"]
    assert "另有 1 处" in str(caught.value)


@given(
    st.floats(0, 1e9, allow_nan=False),
    st.sampled_from(["㎡", "公顷", "亩", "km²", "平方米", "ha", "mu"]),
)
def test_a_stored_cell_reads_the_same_for_ever(number: float, unit: str) -> None:
    cell = typed(RULES, "area_m2", Quantity(number, unit))
    again = typed(RULES, "area_m2", Quantity(cell["value"], cell["unit"])) if cell else None
    assert cell == again
    assert cell is not None
    assert cell["value"] == number


def test_an_event_says_who_when_why_and_on_what_paper() -> None:
    event = draft(day(3)).entered("P-1", "available", {"area_m2": "20亩", "note": ""})
    assert (event.subject, event.verb, event.by, event.at) == ("parcel/P-1", "entered", "甲", NOW)
    assert (event.on, event.reason) == (day(3), "登记")
    assert event.document == "示例文〔2020〕1 号"
    assert event.data == {
        "status": "available",
        "fields": {"area_m2": {"value": 20, "unit": "亩"}},
    }


def test_an_example_says_so() -> None:
    event = draft().entered("P", "reserve", {"area_m2": 1.0}, example=True)
    assert event.data["example"] is True
    assert Ledger.of(numbered([event]), RULES).at()["P"].example


def test_parents_are_named() -> None:
    event = draft().entered("P", "reserve", {"area_m2": 1.0}, ["A", "B"])
    assert event.data["from"] == ["A", "B"]


def test_amending_clears_what_is_left_empty() -> None:
    event = draft().amended("P", {"note": "", "years": 40})
    assert event.data["fields"] == {"note": None, "years": {"value": 40, "unit": "年"}}
