"""One line of an office's sheet: what it says, what it would change, what stands in its way."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from geo import supply
from geo.errors import DataError, Issue
from geo.ledger import headings
from geo.ledger.book import Book, supply_rules
from geo.model import Event
from geo.supply import Draft, Parcel, Quantity, Value

CLEAR = "清空"
_SAME = 1e-9  # of a number, by which a spreadsheet may spoil it


class Outcome(StrEnum):
    """What a line of the sheet would do."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that a line changes, in the field's own unit; `status` is a key here too."""

    key: str
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sheet; `row` as Excel counts."""

    row: int
    id: str
    outcome: Outcome
    differences: tuple[Difference, ...] = ()
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One line as read: cells by key, as text."""

    number: int
    cells: Mapping[str, str]
    units: Mapping[str, str]

    @property
    def id(self) -> str:
        """宗地编号, empty where the line has none."""
        return self.cells.get("id", "").strip()


def read_line(held: Book, row: Row, stamp: Draft) -> tuple[Line, Event | None]:
    """What one line means by itself, before the rules are asked."""
    if not row.id:
        issue = Issue("ID_EMPTY", "没有宗地编号，请补上", row=row.number, field="id")
        return Line(row.number, "", Outcome.REFUSED, issues=(issue,)), None
    parcel = held.supply.parcel(row.id)
    given, cells, faults = _cells(row)
    status, draft = _status(row, faults), _draft(row, stamp, faults)
    changes = _differences(parcel, cells, status)
    if parcel is None and not status and not faults:
        told = "台账中没有这一宗地，新入账须写明状态"
        faults.append(Issue("STATUS_EMPTY", told, row=row.number, field="status"))
    if faults:
        return Line(row.number, row.id, Outcome.REFUSED, tuple(changes), tuple(faults)), None
    if parcel is None:
        event = draft.entered(row.id, status, given)
        return Line(row.number, row.id, Outcome.ADDED, tuple(changes)), event
    if not changes:
        return Line(row.number, row.id, Outcome.UNCHANGED), None
    fields = {one.key: given[one.key] for one in changes if one.key != "status"}
    if not any(one.key == "status" for one in changes):
        if draft.on == parcel.since:  # the day of its status, which this line does not touch
            draft = replace(draft, on=stamp.on)
        event = draft.amended(row.id, fields)
        return Line(row.number, row.id, Outcome.CHANGED, tuple(changes)), event
    event = draft.moved(parcel, status, fields)
    changes += _cleared(parcel, event, fields)
    return Line(row.number, row.id, Outcome.CHANGED, tuple(changes)), event


def _cleared(parcel: Parcel, event: Event, given: Mapping[str, Any]) -> list[Difference]:
    """Values that the move takes away and the line does not speak of."""
    cells = event.data.get("fields", {})
    gone = [key for key, cell in cells.items() if cell is None and key not in given]
    return [Difference(key, parcel.fields.get(key), None) for key in gone]


def _cells(row: Row) -> tuple[dict[str, Quantity], dict[str, Any], list[Issue]]:
    """Values as they were given, the cells they make, and those that cannot be read."""
    given, cells, faults = dict[str, Quantity](), dict[str, Any](), list[Issue]()
    rules = supply_rules()
    for key, text in row.cells.items():
        if key in headings.ROW:
            continue
        one = Quantity(None if text == CLEAR else text, row.units[key])
        try:
            cells[key] = supply.typed(rules, key, one)
        except DataError as error:
            faults.append(Issue(error.code, str(error), row=row.number, field=key, value=text))
        given[key] = one
    return given, cells, faults


def _status(row: Row, faults: list[Issue]) -> str:
    """Id of the status a line names; empty where it names none."""
    given, known = row.cells.get("status", ""), supply_rules().statuses
    named = {one.name: id_ for id_, one in known.items()} | {id_: id_ for id_ in known}
    if given and given not in named:
        shown = "、".join(one.name for one in known.values())
        told = f"状态“{given}”不能识别，应为：{shown}"
        faults.append(Issue("STATUS_UNKNOWN", told, row=row.number, field="status", value=given))
    return named.get(given, "")


def _draft(row: Row, stamp: Draft, faults: list[Issue]) -> Draft:
    """The draft with the day, the reason and the document that the line names."""
    on, given = stamp.on, row.cells.get("on", "")
    if given:
        try:
            on = supply.day(given)
        except DataError as error:
            faults.append(Issue(error.code, str(error), row=row.number, field="on", value=given))
    said = row.cells
    return replace(stamp, on=on, reason=said.get("reason", ""), document=said.get("document", ""))


def _differences(parcel: Parcel | None, cells: Mapping[str, Any], status: str) -> list[Difference]:
    rules, out = supply_rules(), list[Difference]()
    before = parcel.fields if parcel else {}
    if status and (parcel is None or parcel.status != status):
        out.append(Difference("status", parcel.status if parcel else None, status))
    for key, cell in cells.items():
        new = supply.canonical(rules.fields[key], cell, rules) if cell else None
        if not _same(before.get(key), new):
            out.append(Difference(key, before.get(key), new))
    return out


def _same(old: Value, new: Value) -> bool:
    if isinstance(old, float) and isinstance(new, float):
        return abs(old - new) <= _SAME * max(abs(old), abs(new))
    return old == new
