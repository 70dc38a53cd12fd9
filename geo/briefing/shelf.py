"""Meetings and stories of a zone: frozen, kept, changed by one at a time."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import NotRequired, TypedDict, Unpack

from geo import ledger, meeting, plan
from geo.chronicle import CHINA, Entry
from geo.errors import ConflictError, DataError, Issue
from geo.meeting import Actual, Call, Chapter, Shelf, Snapshot, Story, Text, Words
from geo.model import Event
from geo.zone import DATA, Zone

_TRIES = 50  # others may be first again and again; each time one of them got their work done
_LAST = ("actions", "sources", "closing")


class Said(TypedDict):
    """What is said of a meeting; see `Call`."""

    title: str
    held: date
    as_of: date
    title_en: NotRequired[str]
    note: NotRequired[str]
    compare: NotRequired[int | None]


@cache
def words() -> Words:
    """What slides say by themselves."""
    return meeting.read(DATA / "rules")


def _shelf(zone: Zone) -> Shelf:
    held = ledger.book(zone)
    last = held.entries[-1].event.at if held.entries else None
    return _folded(zone, held.version, last)


@lru_cache(maxsize=8)
def _folded(zone: Zone, version: int, _last: datetime | None) -> Shelf:
    """Kept by version and by when it came: a backup put back may reach the version again."""
    return meeting.fold(ledger.book(zone).entries[:version])


def faults(zone: Zone) -> list[Issue]:
    """Events of meetings and stories that are not as they must be; empty if all is sound."""
    return meeting.faults(ledger.book(zone).entries)


def snapshots(zone: Zone) -> tuple[Snapshot, ...]:
    """Every meeting, the first one first."""
    return _shelf(zone).snapshots


def snapshot(zone: Zone, number: int) -> Snapshot:
    """One meeting; raises `DataError` SNAPSHOT_UNKNOWN."""
    held = snapshots(zone)
    if not 0 < number <= len(held):
        there = f"现有 {len(held)} 次" if held else "还没有冻结任何一次"
        told = f"没有第 {number} 次会议，{there}，请先冻结或另选"
        raise DataError(told, "SNAPSHOT_UNKNOWN")
    return held[number - 1]


def freeze(zone: Zone, *, by: str, seen: int | None = None, **said: Unpack[Said]) -> Snapshot:
    """Freeze the zone as it stands under the next number.

    `seen` is how many meetings there were when the form was filled in.

    Raises
    ------
    ConflictError
        Somebody froze one at the same time, or since `seen`; says who and when.
    LedgerError
        MEETING: a title is missing, days are not in order, nothing to compare with.
    """
    call, now = Call(**said), datetime.now(UTC)
    first = len(snapshots(zone)) if seen is None else seen
    for _ in range(_TRIES):
        version = zone.version
        held = snapshots(zone)
        if len(held) > first:
            raise ConflictError(_told_first(held[-1]))
        meeting.check(call, held, now.astimezone(CHINA).date())
        previous = call.compare or (len(held) or None)
        event = meeting.frozen(len(held) + 1, call, previous, by, now)
        try:
            zone.record([meeting.sealed(event, version, _actuals(zone))], expect=version)
        except ConflictError:
            if zone.version == version:
                raise
            continue
        return snapshot(zone, len(held) + 1)
    raise ConflictError("其他人正在连续保存，会议未冻结，请稍后重试")


def _told_first(one: Snapshot) -> str:
    return (
        f"{one.by} 已于 {one.at.astimezone(CHINA):%Y-%m-%d %H:%M} 冻结第 {one.number} 次会议"
        f"“{one.title.zh}”，本次未冻结。请核对后再决定是否另开一次"
    )


def _actuals(zone: Zone) -> dict[str, Actual]:
    return {
        one.target.id: Actual(
            Text(one.actual_text, one.actual_text_en), one.actual.as_of, one.actual.number
        )
        for one in plan.progress(zone.plan)
        if one.actual
    }


def stories(zone: Zone) -> tuple[Story, ...]:
    """Every story that was not removed, the first one first."""
    return tuple(_shelf(zone).stories.values())


def story(zone: Zone, id_: str) -> Story:
    """One story; raises `DataError` STORY_UNKNOWN."""
    found = _shelf(zone).stories.get(id_)
    if found is None:
        there = "、".join(one.id for one in stories(zone)) or "无"
        raise DataError(f"没有汇报 {id_}，现有：{there}，请另选或新建", "STORY_UNKNOWN")
    return found


def start(zone: Zone, *, by: str, title: str, title_en: str = "") -> Story:
    """Keep a new story made from the plan's matters, under the next id, e.g. ``HB-2026-001``."""
    for _ in range(_TRIES):
        made = replace(default(zone), id=_next(zone), title=Text(title.strip(), title_en.strip()))
        try:
            return save(zone, made, by=by, expect=None)
        except ConflictError:
            if _last(zone, made.id) is None:
                raise
    raise ConflictError("其他人正在连续保存，汇报未新建，请稍后重试")


def default(zone: Zone) -> Story:
    """The story as it is made, not kept: what changed, the matters, the maps, the sources."""
    matters = [
        Chapter(one.id, made=f"{meeting.MATTER}{one.id}", clauses=(one.clause,), seconds=40)
        for one in zone.plan.matters
    ]
    first = [Chapter(key, made=key) for key in ("title", "agenda", "numbers")]
    then = [Chapter(key, made=key, seconds=30) for key in ("playback", "swipe", "wall", "changes")]
    last = [Chapter(key, made=key) for key in _LAST]
    return Story("", words().say("story"), (*first, *matters, *then, *last))


def _next(zone: Zone) -> str:
    head = f"HB-{datetime.now(CHINA).year}-"
    used = [
        int(tail)
        for one in ledger.book(zone).entries
        if one.event.subject.startswith(f"{meeting.STORY}{head}")
        and (tail := one.event.subject.removeprefix(f"{meeting.STORY}{head}")).isdecimal()
    ]
    return f"{head}{max(used, default=0) + 1:03d}"


def save(zone: Zone, one: Story, *, by: str, expect: int | None) -> Story:
    """Keep a story as it is now; `expect` is its `number` when it was read, None for a new one.

    Raises `ConflictError` saying who saved or removed it since; `DataError` STORY for what must
    not be in it.
    """
    meeting.check_story(one)
    _written(zone, one.id, (meeting.SAVED, meeting.plain(one)), by, expect)
    return story(zone, one.id)


def remove(zone: Zone, id_: str, *, by: str, expect: int) -> int:
    """Remove a story; what was in it stays in history. Raises as `save`."""
    story(zone, id_)
    return _written(zone, id_, (meeting.REMOVED, {}), by, expect)


def _written(
    zone: Zone, id_: str, said: tuple[str, dict[str, object]], by: str, expect: int | None
) -> int:
    verb, data = said
    for _ in range(_TRIES):
        version = zone.version
        last = _last(zone, id_)
        if (last.number if last else None) != (expect or None):
            raise ConflictError(_told_since(id_, last))
        event = Event(f"{meeting.STORY}{id_}", verb, by, datetime.now(UTC), None, data)
        try:
            return zone.record([event], expect=version)
        except ConflictError:
            if zone.version == version:
                raise
    raise ConflictError("其他人正在连续保存，汇报未保存，请稍后重试")


def _last(zone: Zone, id_: str) -> Entry | None:
    """What was recorded of a story last."""
    subject = f"{meeting.STORY}{id_}"
    entries = ledger.book(zone).entries
    return next((one for one in reversed(entries) if one.event.subject == subject), None)


def _told_since(id_: str, last: Entry | None) -> str:
    if last is None:
        return f"汇报 {id_} 还没有保存过，请新建"
    did = "移除" if last.event.verb == meeting.REMOVED else "保存"
    when = f"{last.event.at.astimezone(CHINA):%Y-%m-%d %H:%M}"
    return f"{last.event.by} 已于 {when} {did}汇报 {id_}，您的修改仍在页面上，请核对后再保存"
