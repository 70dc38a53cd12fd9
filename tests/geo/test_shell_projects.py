"""The register from a shell: the account closes, and anyone can reckon a score again."""

import math
import tomllib
from datetime import date

import pytest

from geo import ledger, projects
from geo.projects import Stamp
from tests.conftest import ROOT
from tests.geo.conftest import UNTIL
from tests.geo.ledger.office import NOW
from tests.geo.test_shell_supply import Shell

END = UNTIL.isoformat()
FORMULA = tomllib.loads((ROOT / "data/rules/projects.toml").read_text("utf-8"))["score"]


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(capsys)


@pytest.fixture
def office(fresh: str) -> str:
    """Three projects of an office: X1 leaves in June 2025, X3 comes in March 2025.

    X2 of unit 甲: filed on the last day allowed; sited is late from 1 July 2025 and made up on
    20 August; works began on 1 October, and of the reports since then only November's is in time.
    """
    zone, rules = ledger.open_zone(fresh), ledger.project_rules()

    def stamp(on: str, paper: str = "文1") -> Stamp:
        return Stamp("经办", NOW, date.fromisoformat(on), "登记", paper)

    def fields(name: str) -> dict[str, str]:
        return {"name": name, "kind": "industry", "lead": "甲"}

    events = [
        projects.admitted("X1", fields("一"), stamp("2024-01-10"), rules),
        projects.admitted("X2", fields("二"), stamp("2024-02-01"), rules),
        projects.added("X3", {**fields("三"), "lead": "乙"}, stamp("2025-03-01"), rules),
        projects.exited("X1", stamp("2025-06-01")),
        projects.scheduled("X2", "filed", date(2025, 2, 28), stamp("2024-02-01")),
        projects.done("X2", "filed", stamp("2025-02-28")),
        projects.scheduled("X2", "sited", date(2025, 6, 30), stamp("2024-02-01")),
        projects.done("X2", "sited", stamp("2025-08-20")),
        projects.done("X2", "started", stamp("2025-10-01")),
        projects.reported("X2", "2025-11", (100.0, 90.0), "按期", stamp("2025-12-05")),
    ]
    ledger.record(zone, events, seen=zone.version)
    return fresh


def test_the_list_has_every_project_with_stable_keys(shell: Shell, demo_url: str) -> None:
    found = shell.json(f"projects list --as-of {END}", demo_url)
    assert list(found) == ["as_of", "example", "projects"]
    assert all(
        list(one) == [
            "id", "name", "kind", "lead", "tags", "live", "phase", "colour", "why", "step", "due",
            "marks", "parcels", "latest", "quiet", "example",
        ]
        for one in found["projects"]
    )  # fmt: skip
    made_up = [one["id"] for one in found["projects"] if one["example"]]
    assert made_up == [f"SLX-{number:02d}" for number in range(1, 25)]
    assert {one["colour"] for one in found["projects"]} == {"red", "yellow", "green", "grey"}


def test_a_real_project_without_a_later_stage_says_so(shell: Shell, store_url: str) -> None:
    found = shell.json(f"projects list --as-of {END}", store_url)
    assert len(found["projects"]) == 43
    told = {(one["colour"], one["why"]) for one in found["projects"]}
    assert told - {("yellow", "made_up")} <= {
        ("grey", why) for why in ("unfollowed", "no_data", "no_deadline")
    }
    assert any(one["quiet"] for one in found["projects"])
    assert not any(one["example"] for one in found["projects"])


@pytest.mark.parametrize(
    ("day", "colour", "marks"),
    [
        ("2025-06-30", "yellow", []),  # the deadline itself, so no longer than a month away
        ("2025-07-01", "red", [{"step": "sited", "red": "2025-07-01"}]),
        ("2025-08-19", "red", [{"step": "sited", "red": "2025-07-01"}]),
        ("2025-08-20", "yellow", [{"step": "sited", "red": "2025-07-01"}]),  # made up, kept
    ],
)
def test_a_late_step_is_red_the_next_day_and_keeps_its_mark(
    shell: Shell, office: str, day: str, colour: str, marks: list[dict[str, str]]
) -> None:
    found = shell.json(f"projects list --as-of {day}", office)["projects"]
    (one,) = [row for row in found if row["id"] == "X2"]
    assert (one["colour"], one["marks"]) == (colour, marks)


def test_the_account_closes_and_names_who_came_and_went(shell: Shell, office: str) -> None:
    line = "projects report --from 2025-01-01 --to 2025-12-31 --month 2025-12"
    found = shell.json(line, office)
    assert list(found) == ["from", "to", "account", "missing", "example"]
    (row,) = found["account"]
    own = {
        key: [id_ for id_ in ids if id_[0] == "X"] for key, ids in row.items() if key != "closes"
    }
    assert own == {
        "opening": ["X1", "X2"], "added": ["X3"], "left": ["X1"], "closing": ["X2", "X3"],
        "adjusted": [],
    }  # fmt: skip
    assert row["closes"]
    sums = {key: len(ids) for key, ids in row.items() if key != "closes"}
    assert sums["opening"] + sums["added"] - sums["left"] == sums["closing"]
    (lacking,) = found["missing"]
    assert (lacking["id"], lacking["month"], lacking["due"]) == ("X2", "2025-12", "2026-01-05")
    assert lacking["last"] == "2025-11"


def test_a_year_of_the_examples_closes_and_the_next_begins_with_it(
    shell: Shell, demo_url: str
) -> None:
    line = "projects report --from {0}-01-01 --to {0}-12-31"
    (row,), (after,) = (shell.json(line.format(one), demo_url)["account"] for one in (2024, 2025))
    opening, added, left = (set(row[key]) for key in ("opening", "added", "left"))
    assert (opening | added) - left == set(row["closing"]) == set(after["opening"])
    assert len(opening) + len(added) - len(left) == len(row["closing"])
    assert added


def test_a_score_worked_by_hand(shell: Shell, office: str) -> None:
    """100 − 1 (yellow) − 2 (a mark) + 1 (made up) + 1 (in time) − 1 (October not reported) = 98.

    November's report came on 5 December, in time; December's is due on 5 January 2026.
    """
    rows = shell.json("projects score --as-of 2025-12-31", office)["rows"]
    mine = {row["item"]: row for row in rows if row["unit"] == "甲"}
    inputs = {item: row["inputs"] for item, row in mine.items() if row["inputs"]}
    assert inputs == {
        "yellow": ["X2"],
        "marks": ["X2/sited 2025-07-01"],
        "made_up": ["X2/sited 2025-08-20"],
        "on_time": ["X2/filed 2025-02-28"],
        "missed_report": ["X2 2025-10"],
    }
    assert {row["total"] for row in mine.values()} == {98.0}


def test_a_score_is_recomputed_from_what_is_printed_and_the_file(
    shell: Shell, demo_url: str
) -> None:
    rows = shell.json(f"projects score --as-of {END}", demo_url)["rows"]
    keys = ["unit", "item", "name", "name_en", "inputs", "count", "weight", "points", "total"]
    assert all(list(row) == keys for row in rows)
    units = {row["unit"] for row in rows}
    assert len(units) == 4
    for unit in units:
        mine = [row for row in rows if row["unit"] == unit]
        assert [row["item"] for row in mine] == ["base", *FORMULA["items"]]
        total = FORMULA["base"] + math.fsum(
            len(row["inputs"]) * FORMULA["items"][row["item"]]["points"] for row in mine[1:]
        )
        assert {row["total"] for row in mine} == {total}
        for row in mine[1:]:
            assert row["count"] == len(row["inputs"])
            assert row["points"] == row["count"] * row["weight"]
    assert any(row["points"] for row in rows)


def test_units_without_projects_of_their_own_have_no_score(shell: Shell, store_url: str) -> None:
    assert shell.json(f"projects score --as-of {END}", store_url)["rows"] == []


def test_tables_for_people_say_what_is_made_up_and_whose_weights(
    shell: Shell, demo_url: str, store_url: str
) -> None:
    for line, title in (
        (f"list --as-of {END}", f"重大项目 {END}"),
        (f"score --as-of {END}", f"考核 {END}（示例权重）"),
        (f"report --from 2026-01-01 --to {END}", f"项目增减 2026-01-01 至 {END}"),
    ):
        code, out, err = shell("projects", *line.split(), "--store", store_url)
        assert (code, err) == (0, "")
        assert out.strip().startswith(title)
    assert shell("projects", *line.split(), "--store", demo_url)[1].strip().startswith("示例 · ")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("report --month 2026-13", "REPORT_MONTH"),
        ("report --month 六月", "REPORT_MONTH"),
        ("report --from 2026-02-01 --to 2026-01-01", "REPORT_DAYS"),
        ("report --from 去年", "DAY"),
        ("score --as-of 2026-02-30", "DAY"),
        ("list --known 999999", "VERSION"),
        ("unknown", "USAGE"),
    ],
)
def test_a_fault_is_one_line_in_chinese_with_its_code(
    shell: Shell, store_url: str, line: str, code: str
) -> None:
    assert shell.fault("projects", *line.split(), "--store", store_url) == code
