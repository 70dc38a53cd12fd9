"""A desk at which a register is kept: every event checked, then numbered, as the store does."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from geo.chronicle import Entry
from geo.errors import LedgerError
from geo.model import Event
from geo.projects import Project, Register, Rules, Stamp, entry, read

FOLDER = Path(__file__).parents[3] / "data"
NEVER = datetime(2030, 1, 1, 4, tzinfo=UTC)


def day(text: str) -> date:
    return date.fromisoformat(text)


class Desk:
    """Records what a test says on the day on which it takes effect, unless told otherwise."""

    def __init__(self) -> None:
        self.rules: Rules = read(FOLDER / "rules")
        self.register = Register.of((), self.rules)
        self.all: list[Entry] = []

    def stamp(self, on: str, at: str = "", why: str = "", paper: str = "文1") -> Stamp:
        recorded = datetime.combine(day(at or on), time(4), UTC)  # noon at the office
        return Stamp("甲", recorded, day(on), why, paper)

    def record(self, *events: Event) -> int:
        """The version after it; raises `LedgerError` if refused."""
        self.register.check(events)
        new = [Entry(len(self.all) + 1 + place, event) for place, event in enumerate(events)]
        self.all += new
        self.register = self.register.added(new)
        return len(self.all)

    def refused(self, *events: Event) -> str:
        """Everything said against it; nothing may have changed."""
        before = self.register.entries(events[0].subject.partition("/")[2])
        try:
            self.register.check(events)
        except LedgerError as error:
            assert self.register.entries(events[0].subject.partition("/")[2]) == before
            return "\n".join(issue.message for issue in error.issues)
        raise AssertionError("allowed")

    def admit(self, id_: str, on: str, **fields: Any) -> int:
        whole = {"name": f"项目{id_}", "kind": "industry", **fields}
        return self.record(entry.admitted(id_, whole, self.stamp(on), self.rules))

    def due(self, id_: str, step: str, due: str | None, on: str, why: str = "") -> int:
        return self.record(entry.scheduled(id_, step, due, self.stamp(on, why=why)))

    def done(self, id_: str, step: str, on: str) -> int:
        return self.record(entry.done(id_, step, self.stamp(on)))

    def report(
        self, id_: str, month: str, on: str, money: Sequence[float | None] = (None, None)
    ) -> int:
        planned, completed = money
        text = "按计划"
        return self.record(entry.reported(id_, month, (planned, completed), text, self.stamp(on)))

    def exit(self, id_: str, on: str) -> int:
        return self.record(entry.exited(id_, self.stamp(on, why="企业放弃")))

    def back(self, id_: str, on: str, **fields: Any) -> int:
        stamp = self.stamp(on, why="重新入库")
        return self.record(entry.added(id_, fields, stamp, self.rules))

    def adjust(self, id_: str, on: str, at: str = "", **fields: Any) -> int:
        stamp = self.stamp(on, at, "核对")
        return self.record(entry.adjusted(id_, fields, stamp, self.rules))

    def withdraw(self, id_: str, number: int, on: str) -> int:
        return self.record(entry.withdrawn(id_, number, self.stamp(on, why="登记有误")))

    def see(self, id_: str, on: str, known: int | None = None) -> Project:
        return self.register.at(day(on), known)[id_]

    def why(self, id_: str, on: str, known: int | None = None) -> tuple[str, str]:
        found = self.see(id_, on, known)
        return found.colour.value, found.why
