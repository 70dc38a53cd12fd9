"""A ledger as people have it in Excel: line by line, refused with the reason, kept as one."""

import hashlib
import io
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from geo import ledger
from geo.errors import ConflictError, DataError
from geo.ledger import DryRun, Line, Outcome, Sheet
from geo.zone import Zone
from tests.geo.ledger.office import ON, draft, enter, move, sheet, status

HEADS = ("宗地编号", "状态", "面积（公顷）", "坐落", "用途")
NEW = ("P-1", "储备", 1.5, "示例路1号", "1001")


@pytest.fixture
def zone(fresh: str) -> Zone:
    return ledger.open_zone(fresh)


def dry(zone: Zone, given: Sheet, on: date | None = ON) -> DryRun:
    return ledger.dry_run(zone, given, by="乙", on=on)


def only(run: DryRun) -> Line:
    (line,) = run.lines
    return line


def refused(zone: Zone, given: Sheet) -> tuple[str, str]:
    """Code and words of the first fault of the one line of a sheet."""
    line = only(dry(zone, given))
    assert line.outcome is Outcome.REFUSED
    return line.issues[0].code, line.issues[0].message


def fields(zone: Zone, id_: str) -> Mapping[str, Any]:
    parcel = ledger.book(zone).supply.parcel(id_)
    assert parcel is not None
    return parcel.fields


# ---- columns ------------------------------------------------------------------------------------


def test_headings_are_known_by_synonym_and_carry_units(zone: Zone) -> None:
    heads = ("地块编号", "当前状态", "宗地面积（亩）", "出让价款(万元)", "受让人", "约定开工")
    run = dry(zone, sheet(heads, ("P-1", "储备", 30, 120, "示例公司", date(2026, 3, 1))))
    keys = ["id", "status", "area_m2", "price_wan", "grantee", "agreed_start"]
    assert [one.key for one in run.columns] == keys
    assert [one.unit for one in run.columns] == ["", "", "亩", "万元", "", ""]
    ledger.commit(zone, run, reason="建账")
    held = fields(zone, "P-1")
    assert held["area_m2"] == pytest.approx(20_000, abs=1e-6)  # 15 mu are one hectare
    assert held["price_wan"] == 120.0
    assert held["agreed_start"] == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("heading", "value", "m2"),
    [
        ("面积", 15_000, 15_000.0),
        ("面积（㎡）", "15,000", 15_000.0),
        ("面积（平方米）", 15_000, 15_000.0),
        ("面积（公顷）", 1.5, 15_000.0),
        ("面积(ha)", "1.5", 15_000.0),
        ("面积（km²）", 0.015, 15_000.0),
        ("面积（公顷）", "15000 ㎡", 15_000.0),  # what the cell says goes before the heading
    ],
)
def test_an_area_is_read_in_the_unit_it_says(
    zone: Zone, heading: str, value: Any, m2: float
) -> None:
    run = dry(zone, sheet(("宗地编号", "状态", heading), ("P-1", "储备", value)))
    new = {one.key: one.new for one in only(run).differences}
    assert new["area_m2"] == pytest.approx(m2, rel=1e-12)


def test_a_unit_that_nobody_knows_is_refused_not_guessed(zone: Zone) -> None:
    with pytest.raises(DataError, match=r"平方英里.*㎡、公顷、亩") as refusal:
        dry(zone, sheet(("宗地编号", "状态", "面积（平方英里）"), ("P-1", "储备", 1)))
    assert refusal.value.code == "COLUMN_UNIT"
    words = dry(zone, sheet((*HEADS, "备注（经办填写）"), (*NEW, "好")))
    assert words.columns[-1].key == "note"  # brackets of what has no unit are words


def test_a_column_nobody_knows_is_told_and_not_taken(zone: Zone) -> None:
    run = dry(zone, sheet((*HEADS, "门牌颜色"), (*NEW, "蓝")))
    assert run.columns[-1].key == ""
    assert only(run).outcome is Outcome.ADDED


def test_the_reader_may_say_what_a_column_is_or_leave_it_out(zone: Zone) -> None:
    given = sheet((*HEADS, "甲方"), (*NEW, "示例公司"), said={"甲方": "grantee", "坐落": ""})
    run = dry(zone, given)
    keys = {one.heading: one.key for one in run.columns}
    assert (keys["甲方"], keys["坐落"]) == ("grantee", "")
    assert "location" not in {one.key for one in only(run).differences}


@pytest.mark.parametrize(
    ("heads", "said", "code", "told"),
    [
        (("名称", "状态"), None, "COLUMN_ID", "没有认出宗地编号一列，表中各列为：名称、状态"),
        (
            ("宗地编号", "面积（亩）", "用地面积"),
            None,
            "COLUMN_TWICE",
            "面积：面积（亩）、用地面积",
        ),
        (("宗地编号", "甲"), {"乙": "note"}, "COLUMN_UNKNOWN", "没有“乙”一列，现有：宗地编号、甲"),
        (("宗地编号", "甲"), {"甲": "colour"}, "COLUMN_UNKNOWN", "台账没有 colour 这一项"),
    ],
)
def test_columns_that_cannot_be_told_apart_are_refused(
    zone: Zone, heads: tuple[str, ...], said: dict[str, str] | None, code: str, told: str
) -> None:
    with pytest.raises(DataError) as refusal:
        dry(zone, sheet(heads, ["1"] * len(heads), said=said))
    assert refusal.value.code == code
    assert told in str(refusal.value)


# ---- lines --------------------------------------------------------------------------------------


def test_a_dry_run_tells_every_line_and_writes_nothing(zone: Zone) -> None:
    enter(zone, "OLD", "SAME", "GONE")
    before = zone.version
    run = dry(
        zone,
        sheet(
            HEADS,
            NEW,
            ("OLD", "可供", 1, "示例路1号", "1001"),
            ("SAME", "储备", 1, "示例路1号", "1001 工业用地"),
            ("OLD2", "投卖", 1, "示例路1号", "1001"),
        ),
    )
    told = [(line.row, line.id, line.outcome.value) for line in run.lines]
    assert told == [
        (2, "P-1", "added"),
        (3, "OLD", "changed"),
        (4, "SAME", "unchanged"),
        (5, "OLD2", "refused"),
    ]
    assert run.counts == {"added": 1, "changed": 1, "unchanged": 1, "refused": 1}
    assert [(one.key, one.old, one.new) for one in run.lines[1].differences] == [
        ("status", "reserve", "available")
    ]
    assert run.absent == ("GONE",)
    assert (zone.version, run.seen) == (before, before)


def test_parcels_that_a_sheet_does_not_mention_are_left_alone(zone: Zone) -> None:
    enter(zone, "GONE")
    ledger.commit(zone, dry(zone, sheet(HEADS, NEW)), reason="补录")
    assert (status(zone, "GONE"), status(zone, "P-1")) == ("reserve", "reserve")


@pytest.mark.parametrize(
    ("heading", "value", "code", "told"),
    [
        ("面积", "一亩三", "FIELD_VALUE", "面积为 “一亩三”，应为数字"),
        ("面积", -5, "FIELD_LIMIT", "面积为 -5㎡，应在 0 至 不限 之间"),
        ("状态", "投卖", "STATUS_UNKNOWN", "状态“投卖”不能识别，应为：储备、批而未供、整理、可供"),
        ("用途", "9999", "FIELD_VALUE", "用地用海分类代码"),
        ("约定开工", "下月", "FIELD_VALUE", "约定开工时间为 “下月”，应为日期，如 2024-05-01"),
        ("约定开工", 45413, "FIELD_VALUE", "约定开工时间为 “45413”，应为日期，如 2024-05-01"),
        ("约定开工", "2023-02-29", "FIELD_VALUE", "应为日期"),
        ("生效日期", "去年", "DAY", "“去年”不是日期"),
        ("供地方式", "抽签", "FIELD_VALUE", "划拨、协议出让、招标出让、拍卖出让、挂牌出让"),
        ("批准年份", "2019.5", "FIELD_VALUE", "批准年份为 2019.5，应为整数"),
        ("使用年限", 99, "FIELD_LIMIT", "应在 1 至 70 之间"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_value_and_what_is_wanted(
    zone: Zone, heading: str, value: Any, code: str, told: str
) -> None:
    cells = dict(zip(("宗地编号", "状态", "面积"), ("P-1", "储备", 100.0), strict=True))
    cells[heading] = value
    line = only(dry(zone, sheet(list(cells), list(cells.values()))))
    assert line.outcome is Outcome.REFUSED
    assert [issue.code for issue in line.issues] == [code]
    assert told in line.issues[0].message
    assert line.issues[0].row == 2


def test_all_that_is_wrong_with_a_line_is_told_at_once(zone: Zone) -> None:
    heads = ("宗地编号", "状态", "面积", "用途", "约定开工")
    line = only(dry(zone, sheet(heads, ("P-1", "投卖", "多", "x", "y"))))
    told = {issue.field for issue in line.issues}
    assert told == {"status", "area_m2", "use", "agreed_start"}


def test_excel_dates_and_dates_as_people_write_them_are_one(zone: Zone) -> None:
    heads = ("宗地编号", "状态", "面积", "约定开工")
    ways = (date(2026, 3, 1), "2026-3-1", "2026/03/01", "2026年3月1日", "2026.3.1")
    rows = [(f"P-{i}", "储备", 100, way) for i, way in enumerate(ways)]
    ledger.commit(zone, dry(zone, sheet(heads, *rows)), reason="建账")
    assert {fields(zone, f"P-{i}")["agreed_start"] for i in range(5)} == {date(2026, 3, 1)}


def test_a_line_without_a_number_or_a_new_one_without_a_status_is_refused(zone: Zone) -> None:
    assert refused(zone, sheet(HEADS, (None, *NEW[1:])))[0] == "ID_EMPTY"
    code, told = refused(zone, sheet(HEADS, ("P-1", None, 1, "路", "1001")))
    assert code == "STATUS_EMPTY"
    assert "新入账须写明状态" in told


def test_a_parcel_on_two_lines_is_refused_on_both(zone: Zone) -> None:
    run = dry(zone, sheet(HEADS, NEW, ("P-2", *NEW[1:]), NEW))
    outcomes = [line.outcome.value for line in run.lines]
    assert outcomes == ["refused", "added", "refused"]
    for line in (run.lines[0], run.lines[2]):
        assert line.issues[0].code == "ID_TWICE"
        assert "第 2、4 行重复" in line.issues[0].message
    assert [event.subject for event in run.events] == ["parcel/P-2"]


def test_an_illegal_move_is_refused_with_what_is_allowed_instead(zone: Zone) -> None:
    enter(zone, "P-1")
    code, told = refused(zone, sheet(HEADS, ("P-1", "投产", 1, "示例路1号", "1001")))
    assert code == "MOVE"
    for name in ("批而未供", "整理", "可供"):
        assert name in told.split("可转为：")[1]


def test_a_number_that_two_new_parcels_share_is_refused(zone: Zone) -> None:
    run = dry(zone, sheet((*HEADS, "电子监管号"), (*NEW, "J1"), ("P-2", *NEW[1:], "J1")))
    assert {issue.code for line in run.lines for issue in line.issues} == {"NOT_UNIQUE"}


def test_a_long_code_that_excel_has_rounded_is_refused_and_as_text_is_kept(zone: Zone) -> None:
    heads, code = (*HEADS, "电子监管号"), "3710812024B00123456"
    assert refused(zone, sheet(heads, (*NEW, 3710812024000123456)))[0] == "LONG_NUMBER"
    ledger.commit(zone, dry(zone, sheet(heads, (*NEW, code))), reason="建账")
    assert fields(zone, "P-1")["supervision"] == code
    kept = "0012"  # zeros in front are part of a code
    run = dry(zone, sheet(("宗地编号", "合同编号"), ("P-1", kept)))
    assert only(run).differences[0].new == kept


def test_an_empty_cell_says_nothing_and_the_word_clears(zone: Zone) -> None:
    enter(zone, "P-1", grantee="示例公司", note="旧")
    heads = ("宗地编号", "使用权人", "备注")
    run = dry(zone, sheet(heads, ("P-1", None, "清空")))
    assert [(one.key, one.old, one.new) for one in only(run).differences] == [("note", "旧", None)]
    ledger.commit(zone, run, reason="核对")
    assert "note" not in fields(zone, "P-1")
    assert fields(zone, "P-1")["grantee"] == "示例公司"
    assert refused(zone, sheet(("宗地编号", "面积"), ("P-1", "清空")))[0] == "NEEDS"


def test_a_number_spoilt_by_a_spreadsheet_is_no_change(zone: Zone) -> None:
    enter(zone, "P-1", area_m2=20_000 / 3)
    run = dry(zone, sheet(("宗地编号", "面积（亩）"), ("P-1", 10.000000000000002)))
    assert only(run).outcome is Outcome.UNCHANGED


def test_a_csv_as_excel_writes_it_in_chinese_is_read(zone: Zone) -> None:
    text = "宗地编号,状态,面积（亩）,坐落\r\n0012,储备,15,墕堽路１号\r\n"
    run = dry(zone, Sheet(text.encode("gb18030"), "台账.csv"))
    assert (only(run).id, only(run).outcome) == ("0012", Outcome.ADDED)
    ledger.commit(zone, run, reason="建账")
    assert fields(zone, "0012")["location"] == "墕堽路１号"
    assert fields(zone, "0012")["area_m2"] == pytest.approx(10_000)


def test_a_title_above_the_headings_is_passed_over(zone: Zone) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet("台账")
        page.merge_range(0, 0, 0, 4, "示例供应台账")
        for number, row in enumerate((HEADS, NEW), 1):
            page.write_row(number, 0, row)
        book.add_worksheet("说明").write_row(0, 0, ["版本", "v1"])
    run = dry(zone, Sheet(out.getvalue(), "台账.xlsx"))
    assert (only(run).row, only(run).id, only(run).outcome) == (3, "P-1", Outcome.ADDED)


def test_a_workbook_of_several_tables_asks_which(zone: Zone) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name in ("2024", "2025"):
            page = book.add_worksheet(name)
            page.write_row(0, 0, HEADS)
            page.write_row(1, 0, NEW)
    with pytest.raises(DataError, match="2024、2025") as refusal:
        dry(zone, Sheet(out.getvalue(), "台账.xlsx"))
    assert refusal.value.code == "MANY_LAYERS"


# ---- days ---------------------------------------------------------------------------------------


def test_a_line_may_name_its_own_day_reason_and_document(zone: Zone) -> None:
    heads = (*HEADS, "生效日期", "理由", "文号")
    run = dry(zone, sheet(heads, (*NEW, date(2024, 5, 6), "移交", "示例文2号")))
    ledger.commit(zone, run, reason="建账", document="总文")
    event = zone.events("parcel/P-1")[-1]
    assert (event.on, event.reason, event.document) == (date(2024, 5, 6), "移交", "示例文2号")


def test_the_day_of_the_status_does_not_date_another_change(zone: Zone) -> None:
    """An export says since when the status holds; what is changed in it then is of the day asked.

    Else a price put right would go back to the day of the status, beneath what came after it.
    """
    enter(zone, "P-1", price_wan=100.0)
    later = draft(on=date(2025, 12, 20)).amended("P-1", {"price_wan": 110.0})
    ledger.record(zone, [later], seen=zone.version)
    given = sheet(("宗地编号", "状态", "状态日期", "价款"), ("P-1", "储备", ON, 120))
    run = dry(zone, given, on=date(2025, 12, 25))
    ledger.commit(zone, run, reason="核对")
    assert zone.events("parcel/P-1")[-1].on == date(2025, 12, 25)
    assert fields(zone, "P-1")["price_wan"] == 120.0


def test_a_line_that_a_later_record_would_cover_is_refused(zone: Zone) -> None:
    enter(zone, "P-1", price_wan=100.0)
    later = draft(on=date(2025, 12, 20)).amended("P-1", {"price_wan": 110.0})
    ledger.record(zone, [later], seen=zone.version)
    given = sheet(("宗地编号", "变动日期", "价款"), ("P-1", date(2025, 12, 10), 120))
    assert refused(zone, given)[0] == "COVERED"


def test_what_a_move_takes_away_is_shown(zone: Zone) -> None:
    enter(zone, "P-1", status="deal", price_wan=900.0, grantee="示例公司")
    run = dry(zone, sheet(("宗地编号", "状态", "文号"), ("P-1", "可供", "文2")))
    told = {one.key: (one.old, one.new) for one in only(run).differences}
    assert told == {
        "status": ("deal", "available"),
        "price_wan": (900.0, None),
        "grantee": ("示例公司", None),
    }


# ---- keeping ------------------------------------------------------------------------------------


def test_a_commit_is_one_write_with_the_file(zone: Zone) -> None:
    given = sheet(HEADS, NEW, ("P-2", *NEW[1:]))
    before = zone.version
    assert ledger.commit(zone, dry(zone, given), reason="建账", document="文9") == before + 2
    events = zone.events(after=before)
    assert {(one.by, one.reason, one.document) for one in events} == {("乙", "建账", "文9")}

    assert zone.file(hashlib.sha256(given.data).hexdigest()) == given.data


def test_one_bad_line_stops_all_unless_it_is_left_aside(zone: Zone) -> None:
    run = dry(zone, sheet(HEADS, NEW, ("P-2", "投卖", 1, "路", "1001")))
    before = zone.version
    with pytest.raises(DataError, match="有 1 行不能入账，全部未写入") as refusal:
        ledger.commit(zone, run, reason="建账")
    assert refusal.value.code == "LINES_REFUSED"
    assert [issue.row for issue in refusal.value.issues] == [3]
    assert zone.version == before
    ledger.commit(zone, run, reason="建账", leave_refused=True)
    assert set(ledger.book(zone).supply.at()) == {"P-1"}


def test_a_commit_needs_a_reason_and_something_to_do(zone: Zone) -> None:
    enter(zone, "P-1")
    same = dry(zone, sheet(("宗地编号", "状态"), ("P-1", "储备")))
    for run, reason, code in (
        (same, "核对", "NOTHING_TO_DO"),
        (dry(zone, sheet(HEADS, ("P-2", *NEW[1:]))), "  ", "REASON_MISSING"),
    ):
        with pytest.raises(DataError) as refusal:
            ledger.commit(zone, run, reason=reason)
        assert refusal.value.code == code


def test_what_changed_after_the_dry_run_refuses_the_whole(zone: Zone, fresh: str) -> None:
    enter(zone, "P-1", "P-2")
    rows = [(id_, "可供", 1, "示例路1号", "1001") for id_ in ("P-1", "P-2")]
    run = dry(zone, sheet(HEADS, *rows))
    other = ledger.open_zone(fresh)
    move(other, "P-2", "prepared", other.version, by="李")
    with pytest.raises(ConflictError, match=r"李.*P-2"):
        ledger.commit(zone, run, reason="核对")
    assert (status(zone, "P-1"), status(zone, "P-2")) == ("reserve", "prepared")
    again = dry(zone, sheet(HEADS, *rows))
    ledger.commit(zone, again, reason="核对")
    assert (status(zone, "P-1"), status(zone, "P-2")) == ("available", "available")


def test_what_others_did_to_other_parcels_does_not_matter(zone: Zone, fresh: str) -> None:
    enter(zone, "P-1", "P-2")
    run = dry(zone, sheet(HEADS, ("P-1", "可供", 1, "示例路1号", "1001")))
    other = ledger.open_zone(fresh)
    move(other, "P-2", "prepared", other.version)
    ledger.commit(zone, run, reason="核对")
    assert (status(zone, "P-1"), status(zone, "P-2")) == ("available", "prepared")
