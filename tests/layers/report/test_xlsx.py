"""Reports as Excel, read back by calamine; and records that are not whole."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from geo.errors import DataError
from layers.report import Report, report_of, xlsx
from tests.layers.report.conftest import cover, finding, many, record

Make = Callable[..., Report]


def sheets(data: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_a_batch_is_one_row_a_site_and_one_row_a_finding(make: Make) -> None:
    found = sheets(xlsx([make(), make(findings=many(4))]))
    assert list(found) == ["选址汇总", "逐条结果", "要素", "说明"]
    head, first, _ = found["选址汇总"]
    row = dict(zip(head, first, strict=True))
    assert row["核查结论"] == "不可用"
    assert row["椭球面积（㎡）"] == 100000.0
    assert row["椭球面积（亩）"] == 150.0
    assert row["净可用面积（㎡）"] == 87654.32
    assert [row[key] for key in ("涉及", "不涉及", "无数据", "查询失败")] == [2, 1, 1, 0]
    assert row["涉及的规则"] == "永久基本农田；基岩岸线退缩"
    assert len(found["逐条结果"]) == 1 + 4 + 8


def test_figures_stay_figures_and_what_is_unknown_stays_blank(make: Make) -> None:
    rows = sheets(xlsx([make()]))["逐条结果"]
    hit, near, none = (dict(zip(rows[0], rows[i], strict=True)) for i in (1, 3, 4))
    assert (hit["涉及面积（㎡）"], hit["涉及面积（亩）"], hit["占选址（%）"]) == (
        12345.68,
        18.52,
        12.35,
    )
    assert near["距离（米）"] == 15.03
    assert near["异议"] == "测量点位有争议"
    assert none["涉及面积（㎡）"] == ""
    assert none["答复"] == "无数据"


def test_features_hit_and_nearly_met_are_told_apart(make: Make) -> None:
    rows = sheets(xlsx([make()]))["要素"]
    assert [(row[4], row[3]) for row in rows[1:]] == [
        ("farmland", "涉及或所在"), ("farmland", "涉及或所在"), ("coast", "涉及或所在"),
        ("road", "略大于限值"),
    ]  # fmt: skip


def test_formulas_never_come_alive_and_the_bytes_are_the_same(make: Make) -> None:
    row = finding("r", "=cmd|' /C calc'!A0", "涉及", "禁止", basis="+1")
    report = make(findings=[row], reasons=[])
    assert sheets(xlsx([report]))["逐条结果"][1][2] == "=cmd|' /C calc'!A0"
    assert xlsx([report]) == xlsx([report])


def test_no_site_gives_empty_sheets(make: Make) -> None:
    assert list(sheets(xlsx([]))) == ["选址汇总", "逐条结果", "要素", "说明"]


def test_the_english_workbook(make: Make) -> None:
    found = sheets(xlsx([make()], english=True))
    assert found["Findings"][1][2:5] == ["Permanent basic farmland", "Affected", "Prohibits"]


def test_a_record_that_is_not_whole_is_refused_with_every_fault() -> None:
    row = record(area_m2="many")
    del row["verdict"]
    with pytest.raises(DataError) as error:
        report_of(row, cover())
    assert error.value.code == "REPORT_ROW"
    assert {issue.field for issue in error.value.issues} == {"area_m2", "verdict"}


def test_keys_that_came_later_are_left_alone() -> None:
    assert report_of(record(colour="red"), cover()).verdict == "不可用"


def test_a_level_of_secrecy_that_does_not_exist_is_refused() -> None:
    with pytest.raises(DataError, match="密级"):
        cover(secrecy="很秘密")
