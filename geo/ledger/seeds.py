"""The real projects of the plan, with their public facts, put into the register of a store."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from geo import chronicle, projects, zone
from geo.chronicle import WITHDRAWN, Entry
from geo.errors import ConflictError
from geo.ledger.book import book
from geo.model import Event
from geo.zone import DATA, SYSTEM, Zone


def open_zone(url: str = "sqlite:///zone.db", data: Path = DATA) -> Zone:
    """Open the zone kept in a store; a new one receives the shipped sets and projects."""
    opened = zone.open_zone(url, data)
    sown(opened, data)
    return opened


def sown(known: Zone, data: Path = DATA) -> int:
    """Bring the register up to what is shipped; what an office entered is never touched."""
    held = book(known)
    due = _due(held.entries, data)
    if not due:
        return held.version
    try:
        return known.record(due, expect=held.version)
    except ConflictError:
        return sown(known, data)  # another process opened the same store first; look again


def _due(held: Sequence[Entry], data: Path) -> list[Event]:
    """Events that bring the shipped projects up to date; what no longer ships is taken back."""
    now = datetime.now(UTC)
    wanted = projects.shipped(data / "projects", now, projects.read(data / "rules"))
    told = [one for one in held if one.event.subject.startswith("project/")]
    own = [one for one in told if one.event.by == SYSTEM]
    ours = {one.number: one.event for one in own if one.event.verb != WITHDRAWN}
    gone = {one.event.data["event"] for one in own if one.event.verb == WITHDRAWN}
    brought = {number: _told(event) for number, event in ours.items() if number not in gone}
    new = [event for event in wanted if _told(event) not in brought.values()]
    kept = [_told(event) for event in wanted]
    stand = {one.number for one in chronicle.standing(told)}
    back = [
        projects.withdrawn(ours[number].subject.partition("/")[2], number, _stamp(now))
        for number, said in brought.items()
        if said not in kept and number in stand  # else the office has taken it back itself
    ]
    return [*reversed(back), *new]


def _stamp(now: datetime) -> projects.Stamp:
    return projects.Stamp(SYSTEM, now, reason="随产品提供的公开资料已更新")


def _told(event: Event) -> str:
    """All that an event says but when it was recorded."""
    said = (event.subject, event.verb, str(event.on), event.reason, event.document)
    return json.dumps([*said, event.data], ensure_ascii=False, sort_keys=True, default=list)
