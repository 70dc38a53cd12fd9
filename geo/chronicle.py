"""Events in two times: when a thing takes effect, and when we came to know of it.

A store's events never change, so what is wrong is taken back by a later event (`WITHDRAWN`).
Whoever asks says of which day and known at which version; the same question has the same answer
for ever. Ledger and register both read their events through here.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, timezone

from geo.errors import DataError
from geo.model import Event

WITHDRAWN = "withdrawn"  # data: {"event": number of the event of the same subject taken back}
CHINA = timezone(timedelta(hours=8))  # a day in the ledger is a day at the office

_HEAD = re.compile(r"([0-9]+):([0-9a-f]{12,64})…?")  # whole, or as far as a document prints it


@dataclass(frozen=True, slots=True)
class Entry:
    """An event with its number in the store, which is the version that it made."""

    number: int
    event: Event

    @property
    def on(self) -> date:
        """Day it takes effect: the one it names, else the day it was recorded."""
        return self.event.on or self.recorded

    @property
    def recorded(self) -> date:
        """Day it was recorded, at the office."""
        return self.event.at.astimezone(CHINA).date()


def head_of(text: str) -> tuple[int, str] | None:
    """Number and first letters of a hash as a document prints them, ``N:HASH``; None if empty.

    Raises `DataError` HEAD.
    """
    found = _HEAD.fullmatch(text.strip().casefold())
    if text.strip() and found is None:
        raise DataError(
            f"{text!r} 不是“序号:校验值”，请照文件上印的抄写，如 12:0123456789abcdef", "HEAD"
        )
    return (int(found[1]), found[2]) if found else None


def numbered(events: Iterable[Event], after: int = 0) -> list[Entry]:
    """Events of a store with their numbers, the first one following `after`."""
    return [Entry(number, event) for number, event in enumerate(events, after + 1)]


def standing(entries: Sequence[Entry], known: int | None = None) -> list[Entry]:
    """Entries that still stood at a version, by day of effect and then as recorded.

    Withdrawals are not among them. A withdrawal can itself be withdrawn: then the event that
    it took back stands again.
    """
    gone, out = set[int](), list[Entry]()
    for entry in reversed(entries):
        if known is not None and entry.number > known:
            continue
        if entry.number in gone:
            continue
        if entry.event.verb == WITHDRAWN:
            gone.add(taken_back(entry))
        else:
            out.append(entry)
    return sorted(out, key=lambda entry: (entry.on, entry.number))


def taken_back(entry: Entry) -> int:
    """Number of the event that a withdrawal takes back; 0, which none has, if it names none."""
    number = entry.event.data.get("event")
    return number if isinstance(number, int) and not isinstance(number, bool) else 0


def version_on(entries: Sequence[Entry], day: date) -> int:
    """The version known at the end of a day: the last entry recorded by then, 0 if none was.

    `entries` are all of a store in its order; a clock that was set back does not hide entries.
    """
    latest = list[date]()
    for entry in entries:
        latest.append(max(entry.recorded, latest[-1]) if latest else entry.recorded)
    found = bisect_right(latest, day)
    return entries[found - 1].number if found else 0
