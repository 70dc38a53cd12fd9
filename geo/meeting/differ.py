"""What changed between two states: plain comparison, exact, and nothing else.

A state tells of projects, parcels, sets and targets as they were seen at one meeting.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from geo.meeting.values import Actual, Change, ChangeKind, Text

JOINED = "、"  # parts ids, and statuses of parcels that went into one
FAMILY = frozenset(
    {ChangeKind.SPLIT, ChangeKind.MERGED, ChangeKind.RENUMBERED, ChangeKind.RESTORED}
)


@dataclass(frozen=True, slots=True)
class Thing:
    """A project or parcel in a state.

    Parameters
    ----------
    key
        Colour of a project, status of a parcel.
    since
        Day of a parcel's status; day on which a project was admitted last.
    live
        In the register; not split, merged or renumbered away.
    ended
        Day on which it left.
    late
        Steps that are late, each with the day from which it is.
    cleared
        Day on which the last late step was made up or put off.
    children
        Parcels it became.
    """

    name: Text
    key: str
    since: date | None = None
    live: bool = True
    ended: date | None = None
    late: Mapping[str, date] = field(default_factory=dict)
    cleared: date | None = None
    children: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """What one meeting sees; `actuals` by id of target."""

    projects: Mapping[str, Thing] = field(default_factory=dict)
    parcels: Mapping[str, Thing] = field(default_factory=dict)
    actuals: Mapping[str, Actual] = field(default_factory=dict)


def compare(before: State, after: State, targets: Mapping[str, Text]) -> tuple[Change, ...]:
    """What changed of projects, parcels and targets, by kind and id.

    `targets` are names of targets by id.
    """
    return (
        *_sorted(_projects(before.projects, after.projects)),
        *_sorted(_parcels(before.parcels, after.parcels)),
        *_sorted(_targets(before.actuals, after.actuals, targets)),
    )


def _sorted(rows: Iterable[Change]) -> list[Change]:
    order = list(ChangeKind)
    return sorted(rows, key=lambda one: (order.index(one.kind), one.id))


def _projects(before: Mapping[str, Thing], after: Mapping[str, Thing]) -> Iterator[Change]:
    for id_ in before.keys() | after.keys():
        old, new = before.get(id_), after.get(id_)
        was, now = old is not None and old.live, new is not None and new.live
        if new is not None and now and not (old is not None and was):
            yield Change(ChangeKind.NEW, "project", id_, new.name, "", new.key, new.since)
        elif old is not None and was and not now:
            day = new.ended if new else None
            yield Change(ChangeKind.LEFT, "project", id_, old.name, old.key, "", day)
        elif old is not None and new is not None and was and now:
            yield from _stood(id_, old, new)


def _stood(id_: str, old: Thing, new: Thing) -> Iterator[Change]:
    """A project that both states hold: late, recovered, or else of another colour."""
    fresh = [day for step, day in new.late.items() if step not in old.late]
    pair = (id_, new.name, old.key, new.key)
    if fresh:
        yield Change(ChangeKind.LATE, "project", *pair, min(fresh))
    elif old.late and not new.late:
        yield Change(ChangeKind.RECOVERED, "project", *pair, new.cleared)
    elif old.key != new.key:
        yield Change(ChangeKind.MOVED, "project", *pair)


def _parcels(before: Mapping[str, Thing], after: Mapping[str, Thing]) -> Iterator[Change]:
    was = {id_ for id_, one in before.items() if one.live}
    now = {id_ for id_, one in after.items() if one.live}
    for id_ in was & now:
        old, new = before[id_], after[id_]
        if old.key != new.key:
            pair = (id_, new.name, old.key, new.key)
            yield Change(ChangeKind.MOVED, "parcel", *pair, new.since)
    links = _links(before) | _links(after)
    for olds, news in _families(was - now, now - was, links):
        yield from _family(sorted(olds), sorted(news), before, after)


def _links(state: Mapping[str, Thing]) -> set[tuple[str, str]]:
    return {(id_, child) for id_, one in state.items() for child in one.children}


def _families(
    gone: set[str], come: set[str], links: set[tuple[str, str]]
) -> Iterator[tuple[set[str], set[str]]]:
    """Parcels that went and came, gathered by what they were made of and became."""
    near = dict[str, set[str]]()
    for parent, child in links:
        near.setdefault(parent, set()).add(child)
        near.setdefault(child, set()).add(parent)
    done = set[str]()
    for first in sorted(gone | come):
        if first in done:
            continue
        ahead, seen = [first], set[str]()
        while ahead:
            one = ahead.pop()
            if one not in seen:
                seen.add(one)
                ahead += near.get(one, ())
        yield seen & gone, seen & come
        done |= seen


def _family(
    olds: list[str], news: list[str], before: Mapping[str, Thing], after: Mapping[str, Thing]
) -> Iterator[Change]:
    if not olds or not news:
        for id_ in news:
            one = after[id_]
            yield Change(ChangeKind.NEW, "parcel", id_, one.name, "", one.key, one.since)
        for id_ in olds:
            was, gone = before[id_], after.get(id_)
            day = gone.ended if gone else None
            yield Change(ChangeKind.LEFT, "parcel", id_, was.name, was.key, "", day)
        return
    days = [end.ended for id_ in olds if (end := after.get(id_)) and end.ended]
    kind = _kind(olds, news, before)
    head = before[olds[0]] if kind is ChangeKind.SPLIT else after[news[0]]
    named = JOINED.join(olds if kind is ChangeKind.SPLIT else news)
    pair = (JOINED.join(olds), JOINED.join(news))
    yield Change(kind, "parcel", named, head.name, *pair, max(days, default=None))
    keys = {before[id_].key for id_ in olds}
    for id_ in news:
        if {after[id_].key} != keys:
            old = JOINED.join(sorted(keys))
            told = (id_, after[id_].name, old, after[id_].key)
            yield Change(ChangeKind.MOVED, "parcel", *told, after[id_].since)


def _kind(olds: list[str], news: list[str], before: Mapping[str, Thing]) -> ChangeKind:
    if all(id_ in before for id_ in news):
        return ChangeKind.RESTORED  # what they went into was taken back
    if len(olds) > 1:
        return ChangeKind.MERGED
    return ChangeKind.SPLIT if len(news) > 1 else ChangeKind.RENUMBERED


def _targets(
    before: Mapping[str, Actual], after: Mapping[str, Actual], names: Mapping[str, Text]
) -> Iterator[Change]:
    for id_ in before.keys() | after.keys():
        old, new = before.get(id_), after.get(id_)
        if old != new:
            name, said = names.get(id_, Text(id_)), (_said(old), _said(new))
            pair = said[0].zh, said[1].zh
            yield Change(ChangeKind.TARGET, "target", id_, name, *pair, said=said)


def _said(one: Actual | None) -> Text:
    """A value with its day, in both languages; English falls back to Chinese."""
    if one is None or not one.as_of:
        return one.value if one else Text()
    english = one.value.en or one.value.zh
    return Text(f"{one.value.zh}（{one.as_of}）", f"{english} ({one.as_of})")
