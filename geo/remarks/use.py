"""How much the product is used: counts by day, people counted and never named."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from geo.chronicle import Entry

FEWEST = 3  # fewer people are not broken down: it would tell what one of them did
_SESSION, _OPENED = "session/", "opened"


@dataclass(frozen=True, slots=True)
class Uses:
    """Counts of some days.

    Parameters
    ----------
    days
        Every day asked for, oldest first, with what was counted on it.
    people
        People who signed in on each day; `total` are all of them in these days. None where
        nobody signs in.
    """

    days: Mapping[date, Mapping[str, int]]
    people: Mapping[date, int] | None = None
    total: int | None = None

    @property
    def broken_down(self) -> bool:
        """Whether what was done may be told apart by kind and by day."""
        return self.total is None or self.total >= FEWEST

    @property
    def sums(self) -> dict[str, int]:
        """All days together, most first."""
        found = sum((Counter(one) for one in self.days.values()), Counter[str]())
        return dict(found.most_common())


def uses(
    counts: Mapping[date, Mapping[str, int]],
    last: date,
    days: int,
    signed: Iterable[Entry] | None = None,
) -> Uses:
    """Counts of some days up to `last`; `signed` are the entries of a book people sign in by."""
    asked = [last - timedelta(days=ago) for ago in reversed(range(days))]
    found = {day: dict(counts.get(day, {})) for day in asked}
    if signed is None:
        return Uses(found)
    people: dict[date, set[str]] = {day: set() for day in asked}
    for entry in signed:
        event = entry.event
        opened = event.subject.startswith(_SESSION) and event.verb == _OPENED
        if opened and entry.recorded in people:
            people[entry.recorded].add(str(event.data["person"]))
    everybody = set[str]().union(*people.values())
    return Uses(found, {day: len(one) for day, one in people.items()}, len(everybody))
