"""What falls due, as a calendar file (RFC 5545) that any desk calendar takes in.

A date has the same UID for ever: taken in again after a pause has moved it, it moves there too.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from geo.supply.clock import Clock, Due
from geo.supply.norm import Norms

_FOLD = 75  # octets a line may have before it goes on in the next (RFC 5545, 3.1)
_CONTROL = {chr(code): None for code in (*range(9), *range(11, 32), 127)}
_ESCAPED = str.maketrans(_CONTROL | {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True, slots=True)
class Reminder:
    """One whole day to be reminded of.

    Parameters
    ----------
    key
        What the day is and of what, e.g. ``parcel/E-012/one_year``: the UID is made of it.
    on
        The day.
    title, text
        What the calendar shows; `text` may have lines.
    ahead
        Days before it on which the calendar should ring.
    """

    key: str
    on: date
    title: str
    text: str = ""
    ahead: tuple[int, ...] = ()


def reminders(found: Iterable[Clock], norms: Norms, mark: str = "") -> list[Reminder]:
    """Every date of some clocks that is still to come; `mark` stands first in each title (示例)."""
    coming = [(one, last) for one in found for last in one.dues if last.left >= 0]
    coming.sort(key=lambda pair: (pair[1].on, pair[0].parcel, pair[1].kind))
    return [_reminder(one, last, norms, mark) for one, last in coming]


def _reminder(one: Clock, last: Due, norms: Norms, mark: str) -> Reminder:
    what = norms.due[last.kind]
    articles = [norms.article[key] for key in one.articles]
    told = [f"{what.name_en}: {last.on}"]
    told += ["暂停计时中，此日随暂停顺延"] if one.pause and last.kind in _MOVING else []
    told += [f"{article.law}{article.clause}：{article.text}" for article in articles]
    told += ["程序只作提示，是否闲置由主管部门依文件认定"]
    title = f"{mark}{one.parcel} {what.name}"
    return Reminder(
        f"parcel/{one.parcel}/{last.kind}", last.on, title, "\n".join(told), norms.notice.days
    )


_MOVING = {"one_year", "two_year", "stop_year"}  # the dates that a pause moves


def ics(name: str, reminders: Iterable[Reminder], at: datetime) -> bytes:
    """A calendar file in UTF-8; `name` is what the calendar is called, `at` when it was made."""
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//zone//supply//ZH"]
    lines += ["CALSCALE:GREGORIAN", "METHOD:PUBLISH", f"X-WR-CALNAME:{_text(name)}"]
    for reminder in reminders:
        lines += _event(reminder, stamp)
    return b"".join(map(_folded, [*lines, "END:VCALENDAR"]))


def _event(reminder: Reminder, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{hashlib.sha256(reminder.key.encode()).hexdigest()[:40]}@supply.zone"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{reminder.on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{reminder.on + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(reminder.title)}"
    if reminder.text:
        yield f"DESCRIPTION:{_text(reminder.text)}"
    yield "TRANSP:TRANSPARENT"  # a deadline takes no time of anyone's day
    for days in reminder.ahead:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(reminder.title)}")
        yield from (f"TRIGGER:-P{days}D", "END:VALARM")
    yield "END:VEVENT"


def _text(given: str) -> str:
    return given.replace("\r\n", "\n").replace("\r", "\n").translate(_ESCAPED)


def _folded(line: str) -> bytes:
    """A line of at most 75 octets and those it goes on in, never cut inside a character."""
    parts, room = [b""], _FOLD
    for octets in (letter.encode() for letter in line):
        if len(parts[-1]) + len(octets) > room:
            parts.append(b"")
            room = _FOLD - 1  # the space that a line goes on with
        parts[-1] += octets
    return b"\r\n ".join(parts) + b"\r\n"
