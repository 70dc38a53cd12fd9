"""The register's account of a time: opening + added − left = closing, and who is in which."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from geo.chronicle import Entry, standing
from geo.projects.fold import State
from geo.projects.register import Register


@dataclass(frozen=True, slots=True)
class AccountRow:
    """Ids behind every figure of one group; `key` is empty for what has none.

    `came` and `went` moved between groups by adjustment: they do not enter or leave the register.
    `adjusted` are projects adjusted at least once. By tag a project may stand in several groups.
    """

    key: str
    opening: tuple[str, ...]
    added: tuple[str, ...]
    left: tuple[str, ...]
    came: tuple[str, ...]
    went: tuple[str, ...]
    adjusted: tuple[str, ...]
    closing: tuple[str, ...]

    @property
    def closes(self) -> bool:
        """Whether opening + added + came − left − went = closing."""
        gained = len(self.opening) + len(self.added) + len(self.came)
        return gained - len(self.left) - len(self.went) == len(self.closing)


@dataclass(slots=True)
class _Sheet:
    rows: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def note(self, column: str, keys: Iterable[str], id_: str) -> None:
        """Write a project into a column of some groups."""
        for key in keys:
            self.rows.setdefault(key, {}).setdefault(column, []).append(id_)


def account(
    register: Register, start: date, end: date, by: str = "", known: int | None = None
) -> tuple[AccountRow, ...]:
    """What was in the register when a day began, what came and left, what was in at the end.

    Both days belong to the time. `by` is empty (one row), ``lead``, ``tags`` or ``kind``.
    """
    sheet = _Sheet({"": {}} if not by else {})
    for id_ in sorted(register.ids):
        entries = standing(register.entries(id_), known)
        state = State(register.rules)
        for entry in entries:
            if entry.on < start:
                state.apply(entry)
        sheet.note("opening", _keys(state, by), id_)
        _walk(sheet, id_, state, [one for one in entries if start <= one.on <= end], by)
        sheet.note("closing", _keys(state, by), id_)
    return tuple(_row(key, sheet.rows[key]) for key in sorted(sheet.rows))


def _walk(sheet: _Sheet, id_: str, state: State, entries: list[Entry], by: str) -> None:
    adjusted = dict[str, None]()
    for entry in entries:
        before = _keys(state, by)
        state.apply(entry)
        after = _keys(state, by)
        if not before:
            sheet.note("added", after, id_)
        elif not after:
            sheet.note("left", before, id_)
        else:
            sheet.note("came", [key for key in after if key not in before], id_)
            sheet.note("went", [key for key in before if key not in after], id_)
            if entry.event.verb == "adjusted":
                adjusted |= dict.fromkeys(after)
    sheet.note("adjusted", adjusted, id_)


def _keys(state: State, by: str) -> list[str]:
    """Groups that a project is in; none while it is not in the register."""
    if not state.inside:
        return []
    value = state.fields.get(by, "") if by else ""
    return [value] if isinstance(value, str) else list(value) or [""]


def _row(key: str, columns: Mapping[str, list[str]]) -> AccountRow:
    names = ("opening", "added", "left", "came", "went", "adjusted", "closing")
    return AccountRow(key, *(tuple(columns.get(name, ())) for name in names))
