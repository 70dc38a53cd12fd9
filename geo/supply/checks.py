"""The rules held against many parcels at once: their lives, their lineage, what none may share."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from geo.chronicle import Entry
from geo.errors import Issue
from geo.supply import descent, walk
from geo.supply.fold import ENDINGS, Track, names
from geo.supply.rules import Rules
from geo.supply.values import Parcel
from geo.supply.walk import Fault

Finder = Callable[[str], Track | None]


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


def shared(
    before: Mapping[str, Parcel], after: Mapping[str, Parcel], touched: Iterable[str], rules: Rules
) -> list[Fault]:
    """Values that touched parcels newly share with another live parcel and may not."""
    out = list[Fault]()
    fresh = [after[id_] for id_ in touched if id_ in after]
    for key in rules.unique:
        changed = [one for one in fresh if one.live and _new(before.get(one.id), one, key)]
        if not changed:
            continue
        for one in changed:
            out += [
                Fault(one.number, one.id, twice(one, other, key, rules))
                for other in after.values()
                if other.live and other.id != one.id and other.fields.get(key) == one.fields[key]
            ][:1]
    return out


def twice(one: Parcel, other: Parcel, key: str, rules: Rules) -> Issue:
    """That two parcels share a value which is to be unique."""
    text = (
        f"宗地 {one.id} 的{rules.fields[key].name} {one.fields[key]} 已用于宗地 {other.id}，请核对"
    )
    return Issue("NOT_UNIQUE", text, field=key, value=one.id)


def _new(before: Parcel | None, after: Parcel, key: str) -> bool:
    value = after.fields.get(key)
    was = before.fields.get(key) if before and before.live else None
    return value is not None and value != was


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
