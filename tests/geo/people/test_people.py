"""Roles as a table, passwords as hashes, attempts that wait, accounts out of their events."""

import csv
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import extract_parameters
from argon2.low_level import Type

from geo import people
from geo.chronicle import numbered
from geo.errors import DataError, SettingError
from geo.model import Event
from geo.people import LOCAL, Act, Gate, Person, Role
from geo.people.fold import KIND, People, folded

RULES = Path(__file__).parents[3] / "data" / "rules"
NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
MATRIX = people.read(RULES)

# The table an office would put on its wall; letters of the five roles in the order of the file.
WALL = """act,viewer,presenter,editor,approver,administrator
see,y,y,y,y,y
export,n,y,y,y,y
check,y,y,y,y,y
remark,y,y,y,y,y
settle,n,n,y,n,y
scenario,n,n,y,y,y
meeting,n,y,y,y,y
ledger,n,n,y,n,y
project,n,n,y,n,y
data,n,n,y,n,y
approve,n,n,n,y,n
settings,n,n,n,n,y
people,n,n,n,n,y
audit,n,n,n,n,y
"""
CELLS = [
    (row["act"], role, row[role.value] == "y")
    for row in csv.DictReader(io.StringIO(WALL))
    for role in Role
]


def somebody(*roles: Role, **more: object) -> Person:
    return Person("zhang", "张某", frozenset(roles), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("act", "role", "may"), CELLS)
def test_each_cell_of_the_wall_table_holds(act: str, role: Role, may: bool) -> None:
    assert MATRIX.may(somebody(role), Act(act)) is may


@pytest.mark.parametrize("act", list(Act))
def test_a_disabled_person_and_one_without_a_role_may_nothing(act: Act) -> None:
    assert not MATRIX.may(somebody(*Role, disabled=True), act)
    assert not MATRIX.may(somebody(), act)
    assert MATRIX.may(LOCAL, act)


@pytest.mark.parametrize(
    ("subject", "verb", "act"),
    [
        ("parcel/E-012", "moved", Act.LEDGER),
        ("parcel/E-012", "withdrawn", Act.LEDGER),
        ("project/P05", "done", Act.PROJECT),
        ("boundaries/zone", "replaced", Act.DATA),
        ("raster/dem", "replaced", Act.DATA),
        ("plan/2026", "planned", Act.APPROVE),
        ("scenario/PZ-2026-0001", "solved", Act.SCENARIO),
        ("scenario/PZ-2026-0001", "approved", Act.APPROVE),
        ("case/XZ-2026-0001", "checked", Act.CHECK),
        ("meeting/3", "frozen", Act.MEETING),
        ("story/S-1", "saved", Act.MEETING),
        ("form/ledger", "set", Act.SETTINGS),
        ("office/site", "set", Act.SETTINGS),
    ],
)
def test_every_kind_of_event_is_one_action(subject: str, verb: str, act: Act) -> None:
    assert MATRIX.act_of(Event(subject, verb, "张某", NOW)) is act


def test_an_event_that_no_action_covers_is_refused() -> None:
    with pytest.raises(DataError, match="没有规定谁可以写入") as told:
        MATRIX.act_of(Event("secret/1", "made", "张某", NOW))
    assert told.value.code == "ACTION_UNKNOWN"


def test_a_table_with_faults_names_each(tmp_path: Path) -> None:
    text = (RULES / "roles.toml").read_text("utf-8")
    spoilt = text.replace('id = "audit"', 'id = "audits"').replace('["approver"]', '["boss"]')
    (tmp_path / "roles.toml").write_text(spoilt, "utf-8")
    with pytest.raises(SettingError) as told:
        people.read(tmp_path)
    said = [issue.message for issue in told.value.issues]
    assert said == ["动作 'audits' 不存在", "缺少动作 audit", "动作 approve 的角色无效：boss"]


def test_a_clearance_opens_its_own_level_and_those_below() -> None:
    one = somebody(Role.VIEWER, clearance="秘密")
    assert [one.cleared(level) for level in ("", "公开", "内部", "秘密", "机密", "绝密")] == [
        *(True, True, True, True),
        *(False, False),
    ]


def test_a_password_is_kept_as_argon2id_and_checked() -> None:
    secret = people.hashed("correct horse battery", "zhang")
    assert "horse" not in secret
    given = extract_parameters(secret)
    assert given.type is Type.ID
    assert (given.memory_cost, given.time_cost) == (65536, 3)  # RFC 9106, 4: second option
    assert people.matches(secret, "correct horse battery")
    assert not people.matches(secret, "correct horse batterY")
    assert not people.matches("", "correct horse battery")
    assert not people.matches("not a hash", "correct horse battery")
    assert people.hashed("correct horse battery", "zhang") != secret  # salted


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", "现为 5 个"),
        ("x" * 129, "现为 129 个"),
        ("aaaaabbbbb", "少于 5 个"),
        ("1234567890", "太常见"),
        ("my-zhang-2026", "含有登录名"),
    ],
)
def test_a_weak_password_is_told_why(password: str, why: str) -> None:
    with pytest.raises(people.PasswordError, match=why):
        people.hashed(password, "zhang")


def test_a_good_password_may_be_chinese() -> None:
    assert people.weak("海边的风今天很大呀我们走", "zhang") == ""


def test_failures_make_one_wait_longer_and_longer_and_are_forgotten() -> None:
    gate = Gate()
    waits = []
    for _ in range(14):
        waits.append(gate.wait("zhang", NOW).total_seconds())
        gate.failed("zhang", NOW)
    assert waits == [0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900]
    assert gate.wait("li", NOW) == timedelta()
    assert gate.wait("zhang", NOW + timedelta(minutes=14)) == timedelta(minutes=1)
    assert gate.wait("zhang", NOW + timedelta(minutes=61)) == timedelta()
    gate.passed("zhang")
    assert gate.wait("zhang", NOW) == timedelta()


def test_an_attack_with_many_names_does_not_fill_the_memory() -> None:
    gate = Gate()
    for number in range(10_050):
        gate.failed(f"n{number}", NOW)
    for _ in range(5):
        gate.failed("n10049", NOW)
    assert len(gate._tries) == 10_000
    assert gate.wait("n10049", NOW) > timedelta()


def test_the_last_line_about_a_person_holds() -> None:
    data = {
        "name": "张某", "roles": ["viewer"], "units": [], "clearance": "内部",
        "secret": "s", "must_change": True, "disabled": False,
    }  # fmt: skip
    events = [
        Event(KIND + "zhang", "set", "李某", NOW, None, data),
        Event("audit/export", "made", "李某", NOW),
        Event(
            KIND + "zhang", "set", "李某", NOW, None, {**data, "roles": ["editor"], "units": ["U1"]}
        ),
    ]
    first = folded(People(), numbered(events[:1]))
    both = folded(first, numbered(events[1:], 1))
    assert first.persons["zhang"].roles == {Role.VIEWER}
    assert both.persons["zhang"].roles == {Role.EDITOR}
    assert both.persons["zhang"].units == {"U1"}
    assert (first.version, both.version) == (1, 3)


def test_the_table_in_the_guide_is_the_rule() -> None:
    guide = (RULES.parents[1] / "docs" / "people.md").read_text("utf-8")
    rows = [line.strip("|").split("|") for line in guide.splitlines() if line.startswith("| ")]
    told = {row[0].strip(): [cell.strip() == "✓" for cell in row[1:]] for row in rows[1:]}
    expected = [
        [may for act_, _, may in CELLS if act_ == act] for act in dict.fromkeys(c[0] for c in CELLS)
    ]
    assert list(told.values()) == expected
