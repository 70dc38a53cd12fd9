"""The register of major projects: every project as of any day, as known at any version."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from geo.chronicle import WITHDRAWN, Entry, standing
from geo.errors import Issue, LedgerError
from geo.model import Event
from geo.projects import content, fold, walk
from geo.projects.rules import Rules
from geo.projects.values import Change, Project

SUBJECT = "project/"
_VIEWS = 16  # days and versions looked at together: a page, its comparison, a year of months


class Register:
    """Events of all projects, folded when asked. Never changes: `added` gives another."""

    def __init__(self, trails: Mapping[str, tuple[Entry, ...]], rules: Rules, last: int) -> None:
        self._trails = trails
        self.rules = rules
        self.last = last
        self._at = lru_cache(maxsize=_VIEWS)(self._folded)

    @classmethod
    def of(cls, entries: Iterable[Entry], rules: Rules) -> "Register":
        """The register that some entries of a store make, in the store's order."""
        return cls({}, rules, 0).added(entries)

    def added(self, entries: Iterable[Entry]) -> "Register":
        """With later entries; shares all projects they do not touch."""
        more, last = dict[str, list[Entry]](), self.last
        for entry in entries:
            last = max(last, entry.number)
            if entry.event.subject.startswith(SUBJECT):
                more.setdefault(entry.event.subject.removeprefix(SUBJECT), []).append(entry)
        trails = {id_: (*self._trails.get(id_, ()), *new) for id_, new in more.items()}
        return Register({**self._trails, **trails}, self.rules, last)

    @property
    def ids(self) -> tuple[str, ...]:
        """Every project of which anything was ever recorded."""
        return tuple(self._trails)

    def entries(self, id_: str) -> tuple[Entry, ...]:
        """All that was recorded of a project, as recorded; empty if nothing was."""
        return self._trails.get(id_, ())

    def at(self, as_of: date, known: int | None = None) -> Mapping[str, Project]:
        """Projects admitted by a day, those that left included, as known at a version."""
        return self._at(as_of, known)

    def _folded(self, as_of: date, known: int | None) -> Mapping[str, Project]:
        every = {id_: self.project(id_, as_of, known) for id_ in sorted(self._trails)}
        return {id_: one for id_, one in every.items() if one}

    def project(self, id_: str, as_of: date, known: int | None = None) -> Project | None:
        """One project; None if it was not yet admitted."""
        return fold.project(id_, standing(self.entries(id_), known), as_of, self.rules)

    def history(self, id_: str, known: int | None = None) -> tuple[Change, ...]:
        """Every event of a project by day of effect, those taken back and withdrawals included."""
        entries = [one for one in self.entries(id_) if known is None or one.number <= known]
        by = {
            int(one.event.data["event"]): one.number
            for one in walk.standing_all(entries)
            if one.event.verb == WITHDRAWN
        }
        state, changes = fold.State(self.rules), dict[int, tuple[Project | None, Project | None]]()
        for entry in standing(entries):
            before = fold.seen(id_, state, entry.on)
            state.apply(entry)
            changes[entry.number] = before, fold.seen(id_, state, entry.on)
        order = sorted(entries, key=lambda one: (one.on, one.number))
        return tuple(
            Change(one, by.get(one.number), *changes.get(one.number, (None, None))) for one in order
        )

    def links(self, as_of: date, known: int | None = None) -> Mapping[str, tuple[str, ...]]:
        """Parcel → projects in the register that stand on it."""
        found = dict[str, list[str]]()
        for project in self.at(as_of, known).values():
            for parcel in project.links if project.live else ():
                found.setdefault(parcel, []).append(project.id)
        return {parcel: tuple(ids) for parcel, ids in found.items()}

    def check(self, events: Sequence[Event]) -> None:
        """Raise `LedgerError` with every fault unless these events may be recorded next.

        A backdated event or a withdrawal must leave all that was recorded after it possible.
        """
        issues = self._broken(events)
        if not issues:
            new = [Entry(number, event) for number, event in enumerate(events, self.last + 1)]
            after = self.added(new)
            touched = dict.fromkeys(one.event.subject.removeprefix(SUBJECT) for one in new)
            for id_ in touched:
                issues += walk.faults(after.entries(id_), self.rules, self.last)
        if issues:
            more = f"（共 {len(issues)} 处）" if len(issues) > 1 else ""
            raise LedgerError(f"{issues[0].message}{more}", "PROJECT", issues)

    def _broken(self, events: Sequence[Event]) -> list[Issue]:
        found = list[Issue]()
        for row, event in enumerate(events, 1):
            kind, _, id_ = event.subject.partition("/")
            if kind != "project" or not id_.strip():
                told = f"“{event.subject}”不是项目，应为 project/编号"
                found.append(Issue("SUBJECT", told, row=row, value=event.subject))
                continue
            found += [
                Issue("CONTENT", f"{event.subject}：{told}", row=row, field=event.verb)
                for told in content.faults(event, self.rules)
            ]
        return found

    def faults(self) -> list[Issue]:
        """What does not hold in the whole register; empty if all is sound."""
        found = list[Issue]()
        for entries in self._trails.values():
            found += self._broken([one.event for one in entries]) or walk.faults(
                entries, self.rules, self.last
            )
        return found
