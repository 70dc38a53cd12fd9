"""Days and months as text: 2019-12-31, 2019-12, 2019."""

from calendar import monthrange
from datetime import date, timedelta

from geo.projects.values import Moment, Precision


def read(text: str) -> Moment:
    """A day, or the last day of the month or year that a text names; `ValueError` if neither."""
    parts = text.strip().split("-")
    if [len(part) for part in parts] not in ([4], [4, 2], [4, 2, 2]):
        raise ValueError(text)
    if len(parts) == 3:
        return Moment(date.fromisoformat(text.strip()))
    if len(parts) == 2:
        return Moment(last_day(text.strip()), Precision.MONTH)
    return Moment(date(int(parts[0]), 12, 31), Precision.YEAR)


def first_day(month: str) -> date:
    """First day of ``2024-06``; `ValueError` if it is no month."""
    if len(month) != 7:
        raise ValueError(month)
    return date.fromisoformat(f"{month}-01")


def last_day(month: str) -> date:
    """Last day of ``2024-06``."""
    first = first_day(month)
    return first.replace(day=monthrange(first.year, first.month)[1])


def month_of(day: date) -> str:
    """The month of a day."""
    return day.isoformat()[:7]


def months(start: date, end: date) -> list[str]:
    """Months that a time touches, both days included."""
    found, day = list[str](), start.replace(day=1)
    while day <= end:
        found.append(month_of(day))
        day = last_day(found[-1]) + timedelta(days=1)
    return found
