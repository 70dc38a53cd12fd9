"""The ledger: every parcel on any day, as known at any version."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

import pandas as pd

from geo.chronicle import Entry, numbered
from geo.errors import Issue, LedgerError
from geo.model import Event
from geo.supply import checks, columns, walk
from geo.supply.fold import KIND, Track, track
from geo.supply.rules import Rules
from geo.supply.values import Parcel, Span, Step

_VERSIONS_HELD = 4  # ledgers as known at earlier versions, each sharing what did not change


class Ledger:
    """Events of parcels, folded. Never changes: `added` gives another one.

    A withdrawn event counts for nothing; two of one day follow one another as recorded, so
    that a parcel has one status on a day, the last. `known` is a version of the store: what
    was recorded later is not seen. Entries on other subjects are passed over.
    """

    def __init__(self, rules: Rules, tracks: Mapping[str, Track], last: int) -> None:
        self.rules = rules
        self.last = last  # number of the last entry it was told of
        self._tracks = tracks
        self._knowing = lru_cache(maxsize=_VERSIONS_HELD)(self._as_known)

    @classmethod
    def of(cls, entries: Iterable[Entry], rules: Rules) -> "Ledger":
        """Fold entries, given in the order of their numbers."""
        return cls(rules, {}, 0).added(entries)

    def added(self, entries: Iterable[Entry]) -> "Ledger":
        """The ledger with later entries; every parcel they do not touch is shared."""
        fresh, last = dict[str, list[Entry]](), self.last
        for entry in entries:
            last = entry.number
            if entry.event.subject.startswith(KIND):
                fresh.setdefault(entry.event.subject.removeprefix(KIND), []).append(entry)
        tracks = dict(self._tracks)
        for id_, more in fresh.items():
            known = tracks.get(id_)
            tracks[id_] = track((*known.entries, *more) if known else more, self.rules)
        return Ledger(self.rules, tracks, last)

    def _as_known(self, known: int) -> "Ledger":
        """The ledger as it was at a version."""
        tracks = {
            id_: one if one.entries[-1].number <= known else track(one.entries, self.rules, known)
            for id_, one in self._tracks.items()
            if one.entries[0].number <= known
        }
        return Ledger(self.rules, tracks, known)

    def known(self, version: int | None) -> "Ledger":
        """The ledger as it was at a version of the store; itself for None and for later ones."""
        return self if version is None or version >= self.last else self._knowing(version)

    def at(self, as_of: date | None = None, known: int | None = None) -> Mapping[str, Parcel]:
        """Every parcel that had entered by a day, by id; None for the day: all that is known.

        One that was split, merged or renumbered by then is among them, with `ended` set.
        """
        told = self.known(known)._tracks
        if as_of is None:
            return {id_: last for id_, one in told.items() if (last := one.last)}
        found = {id_: _on(one, as_of) for id_, one in told.items()}
        return {id_: parcel for id_, parcel in found.items() if parcel}

    def parcel(
        self, id_: str, as_of: date | None = None, known: int | None = None
    ) -> Parcel | None:
        """One parcel; None if it had not entered by then."""
        one = self.known(known)._tracks.get(id_)
        if one is None:
            return None
        return one.last if as_of is None else _on(one, as_of)

    def entries(self, id_: str, known: int | None = None) -> tuple[Entry, ...]:
        """Everything recorded on a parcel, withdrawn or not, in the order of recording."""
        one = self.known(known)._tracks.get(id_)
        return one.entries if one else ()

    def line(self, id_: str, known: int | None = None) -> tuple[str, ...]:
        """The parcel and all that it came from, eldest first."""
        told, out, ahead = self.known(known), list[str](), [id_]
        while ahead:
            one = ahead.pop()
            parcel = told.parcel(one)
            if parcel is not None and one not in out:
                out.insert(0, one)
                ahead += parcel.parents
        return tuple(out)

    def history(self, id_: str, known: int | None = None) -> tuple[Step, ...]:
        """Every entry of a parcel by day of effect, with what it made of it.

        What was withdrawn, and the withdrawals, stand among them with no before and after.
        """
        one = self.known(known)._tracks.get(id_)
        if one is None:
            return ()
        befores = (None, *one.steps)
        made = {
            entry.number: Step(entry, None, befores[i], one.steps[i])
            for i, entry in enumerate(one.stood)
        }
        by = walk.withdrawn_by(one.entries)
        steps = [
            made.get(entry.number) or Step(entry, by.get(entry.number)) for entry in one.entries
        ]
        return tuple(sorted(steps, key=lambda step: (step.entry.on, step.entry.number)))

    def spans(self, known: int | None = None) -> list[Span]:
        """From when to when each parcel had which status, by parcel and day.

        `end` is the first day on which it no longer holds. A status that lasted for no day
        (two moves of one day) is left out.
        """
        return [
            span
            for id_, one in self.known(known)._tracks.items()
            for span in _spans(id_, one)
            if span.start != span.end
        ]

    def table(
        self, as_of: date | None = None, known: int | None = None, *, ended: bool = False
    ) -> pd.DataFrame:
        """`at` as columns: see `columns.table`.

        Parcels that have gone into others are left out unless `ended`.
        """
        parcels = [one for one in self.at(as_of, known).values() if ended or one.live]
        return columns.table(parcels, self.rules)

    def replayed(self) -> "Ledger":
        """The ledger folded anew from all it was told: equal to it, or something is wrong."""
        told = [entry for one in self._tracks.values() for entry in one.entries]
        return Ledger.of(sorted(told, key=lambda entry: entry.number), self.rules)

    def faults(self, ids: Iterable[str] | None = None) -> list[Issue]:
        """What the rules forbid in the lives of some parcels, or of all. `value` is the parcel."""
        told = tuple(self._tracks if ids is None else ids)
        return [fault.issue for fault in checks.faults(self._track, told, self.rules)]

    def refused(self, events: Sequence[Event]) -> list[Issue]:
        """Why these events may not follow; empty if they may. `row` counts events from 1.

        Each parcel must have led a life that the rules allow on every day, also where an
        event takes effect before others that are known. What was wrong before is not held
        against them.
        """
        entries = numbered(events, self.last)
        then = self.added(entries)
        touched = dict.fromkeys(
            entry.event.subject.removeprefix(KIND)
            for entry in entries
            if entry.event.subject.startswith(KIND)
        )
        near = checks.near(touched, (self._track, then._track))
        before = checks.faults(self._track, near, self.rules)
        old = {fault.key for fault in before}
        found = checks.faults(then._track, near, self.rules)
        new = [fault for fault in found if fault.key not in old]
        new += checks.shared(self, then, touched, self.rules)
        return checks.by_row(new, entries)

    def check(self, events: Sequence[Event]) -> None:
        """Raise `LedgerError` with every reason for which these events may not follow."""
        issues = self.refused(events)
        if not issues:
            return
        first = issues[0]
        rest = f"（另有 {len(issues) - 1} 处不合规则）" if len(issues) > 1 else ""
        raise LedgerError(first.message + rest, first.code, issues)

    def _track(self, id_: str) -> Track | None:
        return self._tracks.get(id_)


def _on(one: Track, day: date) -> Parcel | None:
    found = bisect_right(one.days, day)
    return one.steps[found - 1] if found else None


def _spans(id_: str, one: Track) -> Iterable[Span]:
    start: Parcel | None = None
    for parcel in one.steps:
        if parcel is None:
            continue
        if start is not None and (parcel.since, parcel.status) != (start.since, start.status):
            yield Span(id_, start.status, start.since, parcel.since)
            start = parcel
        start = start or parcel
    last = one.last
    if start is not None and last is not None:
        yield Span(id_, start.status, start.since, last.ended)
