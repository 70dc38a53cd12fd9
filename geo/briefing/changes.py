"""What changed between two meetings: projects, parcels, boundaries and targets; only that."""

from collections.abc import Iterator
from functools import lru_cache

from geo import boundaries, meeting
from geo.boundaries import Change as Redrawn
from geo.boundaries import ChangeKind as Redraw
from geo.briefing.seen import Seen
from geo.briefing.shelf import snapshot
from geo.edition import Edition
from geo.meeting import Change, ChangeKind, Changes, State, Text, Thing
from geo.projects import Project
from geo.supply import Parcel
from geo.zone import Zone


def changes(zone: Zone, number: int, against: int | None = None) -> Changes:
    """What changed from one meeting to another, by default to the one it is compared with.

    Raises `DataError` SNAPSHOT_UNKNOWN.
    """
    now = snapshot(zone, number)
    other = against or now.previous
    if other is None:
        return Changes(number, None)
    then = snapshot(zone, other)
    seen = [Seen(zone, one, Edition.INTERNAL) for one in (then, now)]
    return Changes(number, other, tuple(between(*seen)))


def between(then: Seen, now: Seen) -> Iterator[Change]:
    """What changed from one state to another."""
    names = {one.id: Text(one.subject, one.subject_en) for one in now.zone.plan.targets}
    found = meeting.compare(state(then), state(now), names)
    targets = [one for one in found if one.kind is ChangeKind.TARGET]
    yield from (one for one in found if one.kind is not ChangeKind.TARGET)
    yield from _sets(then, now)
    yield from targets


def state(seen: Seen) -> State:
    """A meeting's state as it is compared."""
    return State(
        {id_: _project(one) for id_, one in seen.projects().items()},
        {id_: _parcel(one) for id_, one in seen.parcels().items()},
        seen.snapshot.actuals,
    )


def _project(one: Project) -> Thing:
    marks = [mark for mark in one.marks if mark.cleared is None]
    cleared = [mark.cleared for mark in one.marks if mark.cleared]
    return Thing(
        Text(one.name, str(one.fields.get("name_en", ""))),
        one.colour.value,
        since=one.stays[-1].start if one.stays else None,
        live=one.live,
        ended=one.left,
        late={f"{mark.step}/{mark.due}": mark.red for mark in marks},
        cleared=max(cleared, default=None),
    )


def _parcel(one: Parcel) -> Thing:
    return Thing(
        Text(str(one.fields.get("location") or one.id)),
        one.status,
        since=one.since,
        live=one.live,
        ended=one.ended,
        children=one.children,
    )


def _sets(then: Seen, now: Seen) -> Iterator[Change]:
    """Sets that came or were replaced."""
    before = then.zone.sets(then.version)
    for name, since in sorted(now.zone.sets(now.version).items()):
        old, new = then.set(name), now.set(name)
        if new is None or before.get(name) == since:
            continue
        titles = (now.zone.catalog.title(name), now.zone.catalog.title(name, english=True))
        day = now.recorded(since)
        if old is None:
            count = str(len(new.table))
            yield Change(ChangeKind.NEW, name, "", Text(*titles), "", count, day)
            continue
        moved = sum(one.moved_m2 for one in redrawn(now.zone, name, before[name], since))
        counts = str(len(old.table)), str(len(new.table))
        yield Change(ChangeKind.REPLACED, name, "", Text(*titles), *counts, day, moved)


@lru_cache(maxsize=16)
def redrawn(zone: Zone, name: str, old: int, new: int) -> tuple[Redrawn, ...]:
    """What replacing a set changed, feature by feature, without what stayed the same."""
    pair = zone.existing(name, old), zone.existing(name, new)
    return tuple(one for one in boundaries.compare(*pair) if one.kind is not Redraw.SAME)
