"""The ledger from a shell: stable keys, sums that add up, plain faults; worked by hand."""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from geo import ledger
from geo.__main__ import main
from geo.store import open_store
from geo.supply.quota import Line, planned
from tests.geo.conftest import UNTIL
from tests.geo.ledger.office import LAND, draft, enter, raw, status
from tests.geo.ledger.test_moment import year

Ask = Callable[..., Any]
END = UNTIL.isoformat()


class Shell:
    """Commands run in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *args: str) -> tuple[int, str, str]:
        self.capsys.readouterr()
        code = main(list(args))
        said = self.capsys.readouterr()
        return code, said.out, said.err

    def json(self, line: str, url: str, expect: int = 0) -> Any:
        """What a command answers, as a script reads it."""
        code, out, err = self(*line.split(), "--json", "--store", url)
        assert (code, err) == (expect, "")
        return json.loads(out)

    def fault(self, *args: str) -> str:
        """The code of the one line in which a command was refused."""
        code, out, err = self(*args)
        assert (code, out) == (2, "")
        (line,) = err.splitlines()
        said, _, last = line.rpartition(" [")
        assert any("\u4e00" <= letter <= "\u9fff" for letter in said)
        return last.removesuffix("]")


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(capsys)


@pytest.fixture
def kept(tmp_path: Path) -> str:
    """The year of one parcel told in `year`, and the projects that every store receives."""
    url = f"sqlite:///{tmp_path / 'kept.db'}"
    open_store(url).write(list(year()), expect=0)
    return url


@pytest.fixture
def batch(fresh: str) -> str:
    """Batch 一 of 2020: A of 1 ha waits; B of 0.5 ha was supplied, to start by 1 March 2023.

    Planned for 2022: 2 ha of use 10, half of it in the first quarter.
    """
    zone = ledger.open_zone(fresh)
    paper = {"batch": "一", "approved_year": 2020, "approval_document": "批1号"}
    begin, signed = date(2020, 5, 1), date(2022, 2, 28)
    terms: Mapping[str, Any] = {
        "contract_on": signed, "agreed_delivery": date(2022, 6, 1), "price_wan": 200.0,
        "agreed_start": date(2023, 3, 1), "agreed_finish": date(2025, 3, 1),
        "method": "agreement", "years": 50,
    }  # fmt: skip
    events = [
        draft(on=begin).entered("A", "approved", {**LAND, **paper}),
        draft(on=begin).entered("B", "available", {**LAND, **paper, "area_m2": 5_000.0}),
    ]
    ledger.record(zone, events, seen=zone.version)
    parcel = ledger.book(zone).supply.parcel("B")
    assert parcel is not None
    plan = draft(on=date(2022, 1, 10))
    events = [
        draft(on=signed).moved(parcel, "supplied", terms),
        planned(plan, 2022, Line("10", 1, 10_000.0)),
        planned(plan, 2022, Line("10", 3, 10_000.0)),
    ]
    ledger.record(zone, events, seen=zone.version)
    return fresh


# ---- status -------------------------------------------------------------------------------------


def test_status_of_a_day_as_known_on_another(shell: Shell, kept: str) -> None:
    line = "supply status --as-of 2024-06-30"
    then = shell.json(f"{line} --known 2024-07-05", kept)
    assert list(then) == ["as_of", "known", "example", "parcels", "totals"]
    row = {"id": "P", "status": "available", "since": "2024-06-20", "area_m2": 10_000.0}
    assert then["parcels"] == [row]
    assert (then["as_of"], then["known"], then["example"]) == ("2024-06-30", 2, False)
    now = shell.json(line, kept)
    assert [one["status"] for one in now["parcels"]] == ["reserve"]
    assert shell.json(f"{line} --known 2", kept)["parcels"] == then["parcels"]
    assert shell.json(f"{line} --known 20240705", kept) == then


def test_totals_are_counted_weighed_and_add_up(shell: Shell, demo_url: str) -> None:
    found = shell.json(f"supply status --as-of {END}", demo_url)
    rows, parts = found["parcels"], found["totals"]["by_status"]
    for part in parts:
        own = [one["area_m2"] for one in rows if one["status"] == part["status"]]
        assert part["count"] == len(own) > 0
        assert part["blank"] == own.count(None) == 0
        assert part["area_m2"] == pytest.approx(math.fsum(own))
        assert abs(part["area_mu"] - part["area_m2"] * 3 / 2_000) < 0.1
    whole = found["totals"]
    assert whole["count"] == len(rows) == sum(part["count"] for part in parts)
    shown = sum(round(part["area_mu"] * 100) for part in parts)  # what is printed adds up, too
    assert shown == round(whole["area_mu"] * 100)
    assert found["example"]


def test_status_for_people_says_what_is_made_up(shell: Shell, demo_url: str, kept: str) -> None:
    _, out, _ = shell("supply", "status", "--as-of", END, "--store", demo_url)
    assert f"示例 · 供应台账 {END}（1222 条）" in out
    assert "批而未供" in out
    _, out, _ = shell("supply", "status", "--as-of", "2024-06-30", "--store", kept)
    assert "示例 ·" not in out
    assert "储备" in out


def test_an_empty_ledger_is_an_answer(shell: Shell, store_url: str) -> None:
    found = shell.json("supply status", store_url)
    assert (found["parcels"], found["totals"]["count"]) == ([], 0)
    assert shell.json("supply idle", store_url)["clocks"] == []
    assert shell.json("supply unsupplied", store_url)["rows"] == []


# ---- move ---------------------------------------------------------------------------------------


def test_a_move_is_recorded_with_fields_named_as_people_name_them(shell: Shell, fresh: str) -> None:
    enter(ledger.open_zone(fresh), "P-1", status="available", method="agreement")
    given = [f"--set={one}" for one in ("成交价款=120 万元", "years=50", "合同签订日期=2025/12/2")]
    given += [f"--set=agreed_{one}=2026-0{n}-01" for n, one in enumerate(("start", "finish"), 6)]
    given += ["--set=约定交地时间=2026-05-01", "--on", "2025-12-02", "--document", "合同1号"]
    given += ["--by", "王", "--reason", "签约", "--store", fresh, "--json"]
    code, out, err = shell("supply", "move", "P-1", "已供", *given)
    assert (code, err) == (0, "")
    zone = ledger.open_zone(fresh)
    row = {"id": "P-1", "from": "available", "to": "supplied", "on": "2025-12-02"}
    assert json.loads(out) == row | {"version": zone.version}
    event = zone.events("parcel/P-1")[-1]
    assert (event.by, event.reason, event.document) == ("王", "签约", "合同1号")
    parcel = ledger.book(zone).supply.parcel("P-1")
    assert parcel is not None
    assert (parcel.fields["price_wan"], parcel.fields["years"]) == (120.0, 50)


def test_an_illegal_move_is_refused_in_one_line_and_changes_nothing(
    shell: Shell, fresh: str
) -> None:
    zone = ledger.open_zone(fresh)
    version = enter(zone, "P-1")
    on = ["--on", "2025-12-01", "--store", fresh]
    code, out, err = shell("supply", "move", "P-1", "投产", *on)
    assert (code, out) == (2, "")
    assert "可转为：批而未供、整理、可供" in err
    assert err.endswith("[MOVE]\n")
    assert (zone.version, status(zone, "P-1")) == (version, "reserve")


# ---- import, export -----------------------------------------------------------------------------

HEADS = ("宗地编号", "状态", "面积（公顷）", "坐落", "用途")


def book(path: Path, *rows: Sequence[Any], heads: Sequence[str] = HEADS) -> str:
    with xlsxwriter.Workbook(path) as made:
        page = made.add_worksheet()
        for number, row in enumerate((heads, *rows)):
            page.write_row(number, 0, row)
    return str(path)


def test_a_dry_run_tells_line_by_line_and_writes_nothing(
    shell: Shell, fresh: str, tmp_path: Path
) -> None:
    zone = ledger.open_zone(fresh)
    version = enter(zone, "P-1", "GONE")
    path = book(
        tmp_path / "a.xlsx", ("P-1", "可供", 1, "示例路1号", "1001"), ("N", "储备", 1, "路", "1001")
    )
    args = [path, "--on", "2025-12-02", "--by", "王", "--store", fresh, "--json"]
    code, out, _ = shell("supply", "import", *args, "--dry-run")
    found = json.loads(out)
    assert code == 0
    assert list(found) == ["file", "counts", "lines", "absent", "columns", "version"]
    assert found["counts"] == {"added": 1, "changed": 1, "unchanged": 0, "refused": 0}
    first = {"field": "status", "old": "reserve", "new": "available"}
    assert found["lines"][0] == {
        "row": 2, "id": "P-1", "outcome": "changed", "changes": [first], "issues": [],
    }  # fmt: skip
    assert (found["absent"], found["version"], zone.version) == (["GONE"], None, version)
    code, out, _ = shell("supply", "import", *args, "--reason", "核对")
    assert (code, json.loads(out)["version"]) == (0, version + 2)
    assert status(zone, "P-1") == "available"


def test_a_refused_line_stops_the_import_unless_it_is_left(
    shell: Shell, fresh: str, tmp_path: Path
) -> None:
    zone = ledger.open_zone(fresh)
    version = zone.version
    path = book(tmp_path / "a.xlsx", ("A", "投卖", 1, "路", "1001"), ("B", "储备", 1, "路", "1001"))
    args = [path, "--on", "2025-12-02", "--reason", "建账", "--store", fresh]
    code, out, err = shell("supply", "import", *args, "--json")
    assert (code, err) == (2, "")
    (issue,) = json.loads(out)["lines"][0]["issues"]
    assert list(issue) == ["code", "field", "value", "message"]
    assert (issue["code"], issue["value"]) == ("STATUS_UNKNOWN", "投卖")
    assert zone.version == version
    code, out, _ = shell("supply", "import", *args, "--leave-refused", "--json")
    assert (code, json.loads(out)["version"]) == (0, version + 1)
    assert shell("supply", "import", *args)[0] == 2  # for people: the table, with the fault
    assert "不能识别" in shell("supply", "import", *args)[1]


def test_a_column_may_be_said(shell: Shell, fresh: str, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ("A", "储备", 1, "甲公司"), heads=(*HEADS[:3], "甲方"))
    line = f"supply import {path} --column 甲方=grantee --dry-run"
    assert shell.json(line, fresh)["columns"]["甲方"] == "grantee"


def test_an_export_is_read_by_another_program_and_comes_back_unchanged(
    shell: Shell, own_demo: str, tmp_path: Path
) -> None:
    path = tmp_path / "out.xlsx"
    told = shell.json(f"supply export {path}", own_demo)
    assert told == {"file": str(path), "parcels": 1_222, "columns": 33}
    read = CalamineWorkbook.from_path(path)
    table = read.get_sheet_by_index(0).to_python()
    assert (len(table), table[0][:2]) == (1_223, ["宗地编号", "状态"])
    about = dict(read.get_sheet_by_name("说明").to_python())
    assert "示例" in about
    assert read.sheet_names[0] == "示例 · 供应台账"
    found = shell.json(f"supply import {path} --dry-run --on {END}", own_demo)
    assert found["counts"] == {"added": 0, "changed": 0, "unchanged": 1_222, "refused": 0}


def test_a_public_export_leaves_out_whose_it_is(shell: Shell, fresh: str, tmp_path: Path) -> None:
    enter(ledger.open_zone(fresh), "P-1", grantee="秘密公司")
    for edition, shown in (("internal", True), ("public", False)):
        path = tmp_path / f"{edition}.xlsx"
        shell.json(f"supply export {path} --edition {edition}", fresh)
        table = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        assert any("秘密公司" in row for row in table) == shown


# ---- what is reckoned ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "outcome", "left"),
    [
        ("2023-03-01", "running", 366),  # the last day to start; 2024 is a leap year
        ("2023-03-02", "late", 365),
        ("2024-02-29", "late", 1),
        ("2024-03-01", "late", 0),  # one year: its last day is the same day of the later year
        ("2024-03-02", "suspect", -1),
    ],
)
def test_the_clock_of_a_parcel_that_does_not_start(
    shell: Shell, batch: str, day: str, outcome: str, left: int
) -> None:
    found = shell.json(f"supply idle --on {day}", batch)
    (clock,) = [one for one in found["clocks"] if one["id"] == "B"]
    assert list(clock) == [
        "id", "outcome", "ground", "flags", "dues", "paused_days", "area_share", "invest_share",
        "missing", "fee_limit_wan", "articles",
    ]  # fmt: skip
    assert (found["on"], clock["outcome"]) == (day, outcome)
    dues = {one["kind"]: one for one in clock["dues"]}
    assert dues["one_year"] == {"kind": "one_year", "on": "2024-03-01", "left": left}
    if outcome == "suspect":
        assert "suspect_idle" in clock["flags"]
        assert clock["fee_limit_wan"] == 40.0  # a fifth of 200 万元
        assert "not_started" in clock["articles"]


def test_the_list_for_people_says_it_is_only_a_suspicion(shell: Shell, batch: str) -> None:
    _, out, _ = shell("supply", "idle", "--on", "2024-03-02", "--store", batch)
    assert "预警 2024-03-02（只作疑似提示）（1 条）" in out
    assert shell("supply", "idle", "--on", "2023-02-01", "--store", batch)[1].count("│ B") == 0


def test_what_is_approved_and_not_supplied_closes(shell: Shell, batch: str) -> None:
    found = shell.json("supply unsupplied", batch)
    assert found["basis"] == "registered"  # nothing is drawn
    (row,) = found["rows"]
    assert (row["batch"], row["year"], row["document"]) == ("一", "2020", "批1号")
    sums = {key: row[f"{key}_m2"] for key in ("approved", "supplied", "unsupplied")}
    assert sums == {"approved": 15_000.0, "supplied": 5_000.0, "unsupplied": 10_000.0}
    assert [row[f"{key}_ha"] for key in sums] == [1.5, 0.5, 1.0]
    assert (row["plots"], row["parcels"]) == (2, 1)
    assert found["total"]["unsupplied_m2"] == 10_000.0
    before = shell.json("supply unsupplied --as-of 2022-02-27", batch)
    assert (before["total"]["unsupplied_m2"], before["total"]["parcels"]) == (15_000.0, 0)


def test_what_is_not_supplied_in_the_examples_adds_up_by_shape(shell: Shell, demo_url: str) -> None:
    found = shell.json(f"supply unsupplied --as-of {END}", demo_url)
    assert (found["basis"], found["example"], found["as_of"]) == ("shape", True, END)
    for key in ("approved", "supplied", "unsupplied"):
        for unit, digits in (("m2", 3), ("ha", 4)):
            parts = math.fsum(row[f"{key}_{unit}"] for row in found["rows"])
            assert round(parts - found["total"][f"{key}_{unit}"], digits) == 0
    for row in found["rows"]:
        assert row["approved_m2"] == pytest.approx(row["supplied_m2"] + row["unsupplied_m2"])


def test_a_year_of_the_plan_against_what_was_supplied(shell: Shell, batch: str) -> None:
    found = shell.json("supply plan 2022 --on 2022-06-30", batch)
    assert list(found) == ["year", "on", "example", "states", "rows", "total", "unplanned"]
    assert found["states"] == ["closed", "closed", "future", "future"]
    (row,) = found["rows"]
    assert (row["use"], row["plan_m2"], row["actual_m2"]) == ("10", 20_000.0, 5_000.0)
    assert (row["deviation_m2"], row["pct"]) == (-15_000.0, -75.0)
    quarters = [(one["plan_m2"], one["actual_m2"]) for one in row["quarters"]]
    assert quarters == [(10_000.0, 5_000.0), (0.0, 0.0), (10_000.0, None), (0.0, None)]
    assert found["total"]["plan_m2"] == 20_000.0


# ---- demo, verify, faults -----------------------------------------------------------------------


def test_examples_never_go_where_anything_is(shell: Shell, fresh: str) -> None:
    version = ledger.open_zone(fresh).version
    assert shell.fault("demo", "--store", fresh) == "DEMO_STORE"
    assert ledger.open_zone(fresh).version == version


def test_the_examples_are_sound(shell: Shell, demo_url: str) -> None:
    found = shell.json("verify", demo_url)
    assert (found["sound"], found["issues"]) == (True, [])


@pytest.mark.parametrize(
    ("verb", "data", "code"),
    [
        ("moved", {"to": "producing"}, "MOVE"),
        ("moved", {"to": "nowhere"}, "MOVE"),
        ("amended", {"fields": {"area_m2": {"value": -1, "unit": "㎡"}}}, "FIELD_LIMIT"),
        ("split", {"into": ["P-8", "P-9"]}, "LINEAGE_LINK"),
        ("withdrawn", {"event": 1}, "WITHDRAWN_WHAT"),
        ("resumed", {}, "NOT_PAUSED"),
    ],
)
def test_verify_finds_what_other_programs_wrote_against_the_rules(
    shell: Shell, fresh: str, verb: str, data: Mapping[str, Any], code: str
) -> None:
    zone = ledger.open_zone(fresh)
    enter(zone, "P-1")
    assert shell.json("verify", fresh)["sound"]
    event = raw("P-1", verb, data, draft().on or date.max, draft().at)
    open_store(fresh).write([event], expect=zone.version)  # the chain is as it should be
    found = shell.json("verify", fresh, expect=1)
    assert not found["sound"]
    assert code in {one["code"] for one in found["issues"]}
    assert all("P-1" in one["message"] for one in found["issues"])
    code_, out, _ = shell("verify", "--store", fresh)
    assert (code_, "有误" in out) == (1, True)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("supply move NONE 可供", "PARCEL_UNKNOWN"),
        ("supply move P-1 可供 --on 2025-11-30", "PARCEL_UNKNOWN"),  # it came a day later
        ("supply move P-1 搬走 --on 2025-12-01", "MOVE"),
        ("supply move P-1 可供 --set 颜色=红 --on 2025-12-01", "FIELDS"),
        ("supply move P-1 可供 --set 面积=多 --on 2025-12-01", "FIELDS"),
        ("supply move P-1 批而未供 --on 2025-12-01", "PAPER"),
        ("supply move P-1 可供 --on 2999-01-01", "FUTURE"),
        ("supply status --as-of 昨天", "DAY"),
        ("supply status --as-of 2023-02-29", "DAY"),
        ("supply status --known 999999", "VERSION"),
        ("supply status --known -1", "DAY"),
        ("supply idle --on 2023-13-01", "DAY"),
        ("supply plan 二〇二二", "USAGE"),
        ("supply export 台账.csv", "EXPORT_KIND"),
        ("supply export 没有/台账.xlsx", "EXPORT_FAILED"),
        ("supply import 没有.xlsx", "FILE_MISSING"),
        ("supply unknown", "USAGE"),
        ("demo --until 2999-01-01", "DEMO_UNTIL"),
    ],
)
def test_a_fault_is_one_line_in_chinese_with_its_code(
    shell: Shell, fresh: str, tmp_path: Path, line: str, code: str
) -> None:
    zone = ledger.open_zone(fresh)
    version = enter(zone, "P-1")
    url = f"sqlite:///{tmp_path / 'new.db'}" if line.startswith("demo") else fresh
    assert shell.fault(*line.split(), "--store", url) == code
    assert zone.version == version
