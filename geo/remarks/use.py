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
    untold
        Days whose counts are told only within the sums.
    """

    days: Mapping[date, Mapping[str, int]]
    people: Mapping[date, int] | None = None
    total: int | None = None
    untold: frozenset[date] = frozenset()

    @property
    def broken_down(self) -> bool:
        """Whether what was done may be told apart by kind."""
        return self.total is None or self.total >= FEWEST

    @property
    def daily(self) -> Mapping[date, Mapping[str, int]]:
        """What was counted on the days that may be told apart."""
        return {day: one for day, one in self.days.items() if day not in self.untold}

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
    numbers = {day: len(one) for day, one in people.items()}
    return Uses(found, numbers, len(everybody), _untold(found, people))


def _untold(
    found: Mapping[date, Mapping[str, int]], people: Mapping[date, set[str]]
) -> frozenset[date]:
    """Days with counts that too few signed in on, and as many more as are needed to hide them.

    Who is still in from the evening before did not sign in: such a day has nobody, and is not
    told either. The sums less the days that are told are what the others did, so these together
    must be of enough people; the day with the fewest goes with them until they are.
    """
    order = sorted((day for day, counts in found.items() if counts), key=lambda d: len(people[d]))
    untold = [day for day in order if len(people[day]) < FEWEST]
    for day in order[len(untold) :]:
        if not untold or len(set[str]().union(*(people[one] for one in untold))) >= FEWEST:
            break
        untold.append(day)
    return frozenset(untold)
