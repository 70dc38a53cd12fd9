"""From the events of one project, in order, to the project. No rule is asked whether they may."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from geo.chronicle import Entry
from geo.model import Event
from geo.projects import content, lights
from geo.projects.rules import Rules
from geo.projects.values import Deadline, Done, Moment, Precision, Project, Report, Stay, Step


@dataclass(slots=True)
class State:
    """What is known of one project so far; grows event by event."""

    rules: Rules
    fields: dict[str, Any] = field(default_factory=dict)
    stays: list[Stay] = field(default_factory=list)
    deadlines: dict[str, list[Deadline]] = field(default_factory=dict)
    done: dict[str, Done] = field(default_factory=dict)
    named: dict[str, tuple[str, str]] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    reports: dict[str, Report] = field(default_factory=dict)
    adopted: date | None = None
    latest: date | None = None
    first: Event | None = None
    number: int = 0

    @property
    def inside(self) -> bool:
        """Whether it is in the register."""
        return bool(self.stays) and self.stays[-1].end is None

    def apply(self, entry: Entry) -> None:
        """Take one more event in; those of a day in the order in which they were recorded."""
        _DOES[entry.event.verb](self, entry)
        self.number = max(self.number, entry.number)
        if self.adopted is None and "source" not in entry.event.data:
            self.adopted = entry.on
        if entry.event.verb in ("done", "reported"):
            self.latest = max(self.latest or entry.on, entry.on)

    def _enter(self, entry: Entry) -> None:
        self.stays.append(Stay(entry.on))
        self.first = self.first or entry.event
        self._set(entry)

    def _set(self, entry: Entry) -> None:
        for key, stored in entry.event.data.get("fields", {}).items():
            if stored is None:
                self.fields.pop(key, None)
            else:
                self.fields[key] = content.typed(self.rules.fields[key], stored)

    def _leave(self, entry: Entry) -> None:
        self.stays[-1] = replace(self.stays[-1], end=entry.on)

    def _schedule(self, entry: Entry) -> None:
        event, data = entry.event, entry.event.data
        due = content.moment_of(data["due"], data.get("precision", "day")) if data["due"] else None
        new = Deadline(
            entry.number,
            entry.on,
            due,
            data.get("followed", True),
            event.reason,
            content.cited(data),
        )
        self.deadlines.setdefault(data["step"], []).append(new)
        self._name(data)

    def _finish(self, entry: Entry) -> None:
        data = entry.event.data
        self.done[data["step"]] = Done(
            entry.number,
            Moment(entry.on, Precision(data.get("precision", "day"))),
            entry.event.document,
            data.get("text", ""),
            data.get("text_en", ""),
            content.cited(data),
        )
        self._name(data)

    def _name(self, data: Mapping[str, Any]) -> None:
        if "name" in data:
            self.named[data["step"]] = (data["name"], data.get("name_en", data["name"]))

    def _report(self, entry: Entry) -> None:
        data = entry.event.data
        self.reports[data["month"]] = Report(
            data["month"],
            entry.on,
            entry.number,
            content.wan(data.get("planned_wan")),
            content.wan(data.get("completed_wan")),
            data.get("text", ""),
            data.get("text_en", ""),
            content.cited(data),
        )

    def _link(self, entry: Entry) -> None:
        self.links += entry.event.data["parcels"]

    def _unlink(self, entry: Entry) -> None:
        gone = set(entry.event.data["parcels"])
        self.links = [one for one in self.links if one not in gone]

    def steps(self) -> tuple[Step, ...]:
        """Steps of the template in order, then others with a date; not yet judged."""
        kind = self.rules.kinds.get(self.fields.get("kind", ""))
        order = kind.steps if kind else ()
        return tuple(
            self._step(id_) for id_ in dict.fromkeys([*order, *self.deadlines, *self.done])
        )

    def _step(self, id_: str) -> Step:
        rule = self.rules.steps.get(id_)
        name, name_en = (rule.name, rule.name_en) if rule else self.named.get(id_, (id_, id_))
        deadlines = tuple(self.deadlines.get(id_, ()))
        phase = rule.phase if rule else ""
        return Step(id_, name, name_en, phase, deadlines, self.done.get(id_))


_DOES: Mapping[str, Callable[[State, Entry], None]] = {
    "admitted": State._enter,
    "added": State._enter,
    "adjusted": State._set,
    "exited": State._leave,
    "scheduled": State._schedule,
    "done": State._finish,
    "reported": State._report,
    "linked": State._link,
    "unlinked": State._unlink,
}


def project(id_: str, entries: Iterable[Entry], day: date, rules: Rules) -> Project | None:
    """A project on a day by its standing entries in order; None before it was admitted."""
    state = State(rules)
    for entry in entries:
        if entry.on > day:
            break
        state.apply(entry)
    return seen(id_, state, day)


def seen(id_: str, state: State, day: date) -> Project | None:
    """What a state shows on a day."""
    if not state.stays or state.first is None:
        return None
    kind = state.rules.kinds.get(state.fields.get("kind", ""))
    steps = tuple(lights.judged(step, state.stays, day, state.rules) for step in state.steps())
    colour, why = lights.worst(steps, state.rules, live=state.inside, known=bool(state.reports))
    return Project(
        id_,
        dict(state.fields),
        tuple(state.stays),
        steps,
        colour,
        why,
        tuple(state.links),
        dict(state.reports),
        state.adopted,
        state.latest,
        state.first.document,
        content.cited(state.first.data),
        bool(state.first.data.get("example")),
        kind.start if kind else "",
        kind.finish if kind else "",
        state.number,
    )
