"""The rules held against many parcels at once: their lives, their lineage, what none may share."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from geo.chronicle import Entry
from geo.errors import Issue
from geo.supply import descent, walk
from geo.supply.fold import ENDINGS, Track, names
from geo.supply.rules import Rules
from geo.supply.values import Parcel, Value
from geo.supply.walk import Fault

Finder = Callable[[str], Track | None]


class Look(Protocol):
    """A ledger, as far as it is looked at here."""

    def at(self) -> Mapping[str, Parcel]:
        """Every parcel."""

    def parcel(self, id_: str) -> Parcel | None:
        """One parcel."""


def faults(of: Finder, ids: Iterable[str], rules: Rules) -> list[Fault]:
    """Every fault in the lives and the lineage of some parcels; unknown ids are passed over."""
    out = list[Fault]()
    for id_ in ids:
        track = of(id_)
        if track is not None:
            out += walk.faults(track, rules)
            out += descent.faults(track, of, rules)
    return out


def near(touched: Iterable[str], finders: Iterable[Finder]) -> tuple[str, ...]:
    """Parcels, and all that they came from or went into, by any entry ever recorded."""
    out = dict.fromkeys(touched)
    for id_ in list(out):
        for of in finders:
            track = of(id_)
            out |= dict.fromkeys(kin(track.entries) if track else ())
    return tuple(out)


def kin(entries: Sequence[Entry]) -> list[str]:
    """Ids of other parcels that entries name."""
    out = list[str]()
    for entry in entries:
        for key in ("from", *set(ENDINGS.values())):
            out += names(entry.event.data.get(key))
    return out


def shared(was: Look, now: Look, touched: Iterable[str], rules: Rules) -> list[Fault]:
    """Values that touched parcels newly share with another live parcel and may not."""
    out = list[Fault]()
    for key in rules.unique:
        fresh = [
            id_
            for id_ in touched
            if (value := _live(now, id_, key)) is not None and value != _live(was, id_, key)
        ]
        if fresh:  # all others are looked at only where there is something to look for
            parcels = now.at()
            holders = holding(parcels, key)
            out += [
                Fault(one.number, one.id, twice(one, others[0], key, rules))
                for one in (parcels[id_] for id_ in fresh)
                if (others := [held for held in holders[one.fields[key]] if held.id != one.id])
            ]
    return out


def _live(look: Look, id_: str, key: str) -> Value:
    """What a live parcel holds under a key; None too where it does not live."""
    parcel = look.parcel(id_)
    return parcel.fields.get(key) if parcel is not None and parcel.live else None


def holding(parcels: Mapping[str, Parcel], key: str) -> Mapping[Value, list[Parcel]]:
    """Live parcels by the value they hold under a key."""
    out = dict[Value, list[Parcel]]()
    for one in parcels.values():
        if one.live and (value := one.fields.get(key)) is not None:
            out.setdefault(value, []).append(one)
    return out


def twice(one: Parcel, other: Parcel, key: str, rules: Rules) -> Issue:
    """That two parcels share a value which is to be unique."""
    text = (
        f"宗地 {one.id} 的{rules.fields[key].name} {one.fields[key]} 已用于宗地 {other.id}，请核对"
    )
    return Issue("NOT_UNIQUE", text, field=key, value=one.id)


def by_row(found: Sequence[Fault], entries: Sequence[Entry]) -> list[Issue]:
    """Issues whose `row` counts the entries from 1.

    A fault in what was recorded earlier is told at the first entry on the same parcel.
    """
    rows = {entry.number: row for row, entry in enumerate(entries, 1)}
    first = dict[str, int]()
    for row, entry in enumerate(entries, 1):
        first.setdefault(entry.event.subject.partition("/")[2], row)
    issues = [
        replace(one.issue, row=rows.get(one.number, first.get(one.parcel, 0))) for one in found
    ]
    return sorted(issues, key=lambda issue: issue.row)
