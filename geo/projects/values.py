"""What the register of major projects speaks of. Money in 万元, areas in m², days at the office."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from geo.chronicle import Entry


class Colour(StrEnum):
    """State of a step or project at a glance."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    GREY = "grey"  # nothing to judge by


class Precision(StrEnum):
    """How exactly a day is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, or the last day of a month or year where no more is known."""

    day: date
    precision: Precision = Precision.DAY

    @property
    def earliest(self) -> date:
        """First day it can mean."""
        if self.precision is Precision.DAY:
            return self.day
        month = 1 if self.precision is Precision.YEAR else self.day.month
        return self.day.replace(month=month, day=1)

    def __str__(self) -> str:
        """As it was given: 2019-12-31, 2019-12 or 2019."""
        return self.day.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.precision]]


@dataclass(frozen=True, slots=True)
class Cited:
    """A public source: `confidence` is high, medium or low; `published` is its own date."""

    title: str
    url: str
    published: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """A step's deadline as set on a day; `due` is None where it was taken away.

    Where a public source names a deadline and none tells what came of it, it is not `followed`:
    its passing proves nothing.
    """

    number: int
    on: date
    due: Moment | None
    followed: bool = True
    reason: str = ""
    cited: Cited | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A time in which a step was late. It stays for ever.

    `red` is its first day in red, `cleared` the day it ended (None while it lasts) and `how`:
    done, scheduled (put off) or exited.
    """

    step: str
    due: date
    red: date
    cleared: date | None = None
    how: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """A step finished: when, on which paper."""

    number: int
    when: Moment
    document: str = ""
    text: str = ""
    text_en: str = ""
    cited: Cited | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a project: planned (`deadlines`) and actual (`done`) side by side.

    `why` names the condition of the colour rule that holds.
    """

    id: str
    name: str
    name_en: str
    phase: str
    deadlines: tuple[Deadline, ...] = ()
    done: Done | None = None
    marks: tuple[Mark, ...] = ()
    colour: Colour = Colour.GREY
    why: str = ""

    @property
    def due(self) -> Moment | None:
        """The deadline in force."""
        return self.deadlines[-1].due if self.deadlines else None


@dataclass(frozen=True, slots=True)
class Report:
    """What was reported for a month (``2024-06``): of that month alone, None where not stated."""

    month: str
    on: date
    number: int
    planned_wan: float | None = None
    completed_wan: float | None = None
    text: str = ""
    text_en: str = ""
    cited: Cited | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """A time in the register, the last day not included; None while it lasts."""

    start: date
    end: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the project stood in the register on a day."""
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Project:
    """One project as of a day, as known at a version.

    Parameters
    ----------
    fields
        Field key → value (text, tuple of texts, number, `Moment`, year → 万元); unknown: absent.
    stays
        When it was in the register; the last one is open while it is.
    steps
        Those of its kind's template in order, then its own.
    colour, why
        The worst of its steps, and the condition of the colour rule that says so.
    links
        Ids of its parcels, in the order in which they were linked.
    reports
        By month.
    adopted
        Day on which the office first recorded something itself; None while all that is known
        comes from public sources.
    latest
        Day of the last step done or report.
    document, cited
        What its admission rests on.
    """

    id: str
    fields: Mapping[str, Any]
    stays: tuple[Stay, ...]
    steps: tuple[Step, ...] = ()
    colour: Colour = Colour.GREY
    why: str = ""
    links: tuple[str, ...] = ()
    reports: Mapping[str, Report] = field(default_factory=dict)
    adopted: date | None = None
    latest: date | None = None
    document: str = ""
    cited: Cited | None = None
    example: bool = False
    start: str = ""
    finish: str = ""
    number: int = 0

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.fields.get("name", self.id))

    @property
    def kind(self) -> str:
        """Id of its kind."""
        return str(self.fields.get("kind", ""))

    @property
    def lead(self) -> str:
        """Lead unit; empty where none was named."""
        return str(self.fields.get("lead", ""))

    @property
    def tags(self) -> tuple[str, ...]:
        """Ids of its tags."""
        return tuple(self.fields.get("tags", ()))

    @property
    def live(self) -> bool:
        """Whether it is in the register."""
        return bool(self.stays) and self.stays[-1].end is None

    @property
    def left(self) -> date | None:
        """Day on which it left; None while it is in."""
        return self.stays[-1].end if self.stays else None

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All red marks of its steps, oldest first."""
        found = [mark for step in self.steps for mark in step.marks]
        return tuple(sorted(found, key=lambda mark: (mark.red, mark.step)))

    @property
    def started(self) -> Moment | None:
        """When works began."""
        return self._when(self.start)

    @property
    def finished(self) -> Moment | None:
        """When works ended."""
        return self._when(self.finish)

    @property
    def phase(self) -> str:
        """`before`, `build` or `after` the works, by what is known to be done."""
        if self.finished:
            return "after"
        return "build" if self.started else "before"

    @property
    def quiet(self) -> bool:
        """Whether all is from public sources and none tells its end: 未见公开后续进展."""
        open_ = any(step.due and not step.done for step in self.steps)
        return self.adopted is None and (open_ or not self.finished)

    def _when(self, step: str) -> Moment | None:
        found = next((one.done for one in self.steps if one.id == step), None)
        return found.when if found else None


@dataclass(frozen=True, slots=True)
class Change:
    """One event of a project, the event that took it back if one did, and the project around it.

    `before` and `after` are None before admission and for what was taken back.
    """

    entry: Entry
    withdrawn_by: int | None
    before: Project | None
    after: Project | None
