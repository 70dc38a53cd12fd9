"""Spans of days in the law's way of counting, and the days that do not count.

民法典 201-204: the day a period starts from is not counted; a period of years ends with the
same day of the later year, or with the last day of that month where there is none. Public
holidays, which move a last day on, are not known here and not reckoned.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from geo.chronicle import Entry, standing
from geo.supply.fold import ENDINGS
from geo.supply.ledger import Ledger

_ENDING = {"paused", "resumed", *ENDINGS}  # a second pause changes the cause
_STATUS = {"entered": "status", "moved": "to"}


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that do not count: from `start` up to, not with, `end`; None while it lasts."""

    cause: str
    start: date
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """What a clock must know of a parcel's history: its pauses, its status before this one."""

    pauses: tuple[Pause, ...] = ()
    before: str = ""


def past(entries: Sequence[Entry], day: date, known: int | None = None) -> Past:
    """Pauses and earlier status of a parcel as of a day.

    Entries in the store's order, with those of the parcels it came from: what held their clocks
    counts for it too, until the day they went into it. An event that does not fit (resumed, but
    was not paused) changes nothing.
    """
    found, lasting, statuses = list[Pause](), dict[str, int](), list[str]()
    for entry in standing(entries, known):
        if entry.on > day:
            break
        event = entry.event
        if event.verb in _ENDING and event.subject in lasting:
            which = lasting.pop(event.subject)
            found[which] = replace(found[which], end=entry.on)
        if event.verb == "paused":
            lasting[event.subject] = len(found)
            found.append(Pause(str(event.data.get("cause", "")), entry.on))
        elif event.verb in _STATUS:
            statuses.append(str(event.data.get(_STATUS[event.verb], "")))
    earlier = (status for status in reversed(statuses) if status != statuses[-1])
    return Past(tuple(found), next(earlier, ""))


def pasts(ledger: Ledger, ids: Iterable[str], day: date) -> dict[str, Past]:
    """Past of each parcel, with those that it came from."""
    out = dict[str, Past]()
    for id_ in ids:
        told = (entry for one in ledger.line(id_) for entry in ledger.entries(one))
        out[id_] = past(sorted(told, key=lambda entry: entry.number), day)
    return out


def anniversary(day: date, years: int) -> date:
    """Last day of a period of whole years from a day: after 29 February it may be the 28th."""
    year = day.year + years
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))


def due(start: date, years: int, pauses: Iterable[Pause], day: date) -> date:
    """Last day of the years after `start`, moved on by each day of pause that falls in them.

    The clock runs from `start`, so a pause before it moves nothing: there the agreed day itself
    is amended. A pause that lasts counts up to `day`.
    """
    last, reached = anniversary(start, years), start
    for pause in sorted(pauses, key=lambda pause: pause.start):
        begins, ends = max(pause.start, reached), pause.end or day
        if begins > last:
            break
        if ends > begins:
            last, reached = last + (ends - begins), ends
    return last


def overrun(start: date, pauses: Iterable[Pause], day: date) -> int:
    """Days by which `day` is past `start`, without those of pauses; 0 up to `start` itself."""
    counted, reached = (day - start).days, start
    for pause in sorted(pauses, key=lambda pause: pause.start):
        begins, ends = max(pause.start, reached), min(pause.end or day, day)
        if ends > begins:
            counted, reached = counted - (ends - begins).days, ends
    return max(counted, 0)
