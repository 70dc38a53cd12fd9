"""The table of roles and actions, read from one file and checked whole."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from geo.errors import DataError, Issue, SettingError
from geo.model import Event
from geo.people.values import Act, Person, Role

FILE = "roles.toml"


@dataclass(frozen=True, slots=True)
class Action:
    """One action: what it is called, who may, and which events are instances of it.

    `events` are patterns ``subject`` or ``subject:verb`` with ``*`` for any text.
    """

    id: Act
    zh: str
    en: str
    roles: frozenset[Role]
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matrix:
    """Every action once, in the order of the file, and the names of roles."""

    actions: Mapping[Act, Action]
    names: Mapping[Role, tuple[str, str]]

    def may(self, person: Person, act: Act) -> bool:
        """Whether one of the person's roles allows an action; a disabled person may nothing."""
        return not person.disabled and bool(person.roles & self.actions[act].roles)

    def act_of(self, event: Event) -> Act:
        """The action an event is an instance of; a pattern with a verb wins over one without.

        Raises `DataError` ACTION_UNKNOWN for an event that no action covers.
        """
        found = sorted(
            (":" not in pattern, action.id.value)
            for action in self.actions.values()
            for pattern in action.events
            if fnmatchcase(f"{event.subject}:{event.verb}", _whole(pattern))
        )
        if not found:
            raise DataError(
                f"没有规定谁可以写入“{event.subject}”的“{event.verb}”，请在 {FILE} 中补上",
                "ACTION_UNKNOWN",
            )
        return Act(found[0][1])


def _whole(pattern: str) -> str:
    return pattern if ":" in pattern else f"{pattern}:*"


def read(folder: Path) -> Matrix:
    """The matrix of a folder of rules. Raises `SettingError` ROLES naming every fault."""
    given = tomllib.loads((folder / FILE).read_text("utf-8"))
    faults = list(_faults(given))
    if faults:
        told = "；".join(issue.message for issue in faults)
        raise SettingError(f"{FILE} 有误（{told}），请更正后重启", "ROLES", faults)
    actions = {
        Act(row["id"]): Action(
            Act(row["id"]),
            row["zh"],
            row["en"],
            frozenset(map(Role, row["roles"])),
            tuple(row.get("events", ())),
        )
        for row in given["action"]
    }
    names = {Role(id_): (row["zh"], row["en"]) for id_, row in given["roles"].items()}
    return Matrix(actions, names)


def _faults(given: Mapping[str, Any]) -> Iterator[Issue]:
    rows = given.get("action", [])
    yield from _apart("动作", [row.get("id", "") for row in rows], [one.value for one in Act])
    yield from _apart("角色", list(given.get("roles", {})), [one.value for one in Role])
    for row in rows:
        unknown = sorted(set(row.get("roles", [])) - {one.value for one in Role})
        if unknown or not row.get("roles"):
            said = "、".join(unknown) or "空"
            yield Issue("ROLES", f"动作 {row.get('id')} 的角色无效：{said}", field="roles")
        if not (row.get("zh") and row.get("en")):
            yield Issue("ROLES", f"动作 {row.get('id')} 缺少名称", field="zh")


def _apart(what: str, found: list[str], wanted: Iterable[str]) -> Iterator[Issue]:
    expected = set(wanted)
    for one in sorted(set(found) - expected):
        yield Issue("ROLES", f"{what} {one!r} 不存在", value=one)
    for one in sorted(expected - set(found)):
        yield Issue("ROLES", f"缺少{what} {one}", value=one)
    for one in sorted({one for one in found if found.count(one) > 1}):
        yield Issue("ROLES", f"{what} {one} 重复", value=one)
