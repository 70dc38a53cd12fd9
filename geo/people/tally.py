"""Which of many refusals get a line of their own; the rest are counted, and none is lost.

Whoever is not signed in must not be able to make the log grow as they please: in each window of
time a few lines tell who failed from where, the others become one line with a count.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

FEW = 5  # lines of one kind from one address in a window
MOST = 20  # lines of all
FIRST = timedelta(minutes=1)
LONGEST = timedelta(minutes=10)  # windows grow while they overflow

Key = tuple[str, str]  # what was refused, from which address; empty for many addresses


@dataclass(frozen=True, slots=True)
class Rest:
    """How many more there were in a window of so many seconds."""

    key: Key
    count: int
    seconds: int


class Tally:
    """Refusals of one process, by kind and address."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._began: datetime | None = None
        self._lasts = FIRST
        self._lines = Counter[Key]()
        self._more = Counter[Key]()
        self._due: list[Rest] = []

    def counted(self, key: Key, now: datetime) -> bool:
        """Count one; whether it gets a line of its own."""
        with self._lock:
            self._turn(now)
            self._began = self._began or now
            own = self._lines[key] < FEW
            if own and self._lines.total() < MOST:
                self._lines[key] += 1
                return True
            self._more[(key[0], "") if own else key] += 1
            return False

    def due(self, now: datetime, *, whole: bool = False) -> Rest | None:
        """A count that is to be told now, once; `whole`: of the window that still runs, too."""
        with self._lock:
            self._turn(now, whole=whole)
            return self._due.pop() if self._due else None

    def back(self, rest: Rest) -> None:
        """Take back a count that could not be written."""
        with self._lock:
            self._due.append(rest)

    def _turn(self, now: datetime, *, whole: bool = False) -> None:
        """Close the window if its time is over, or if the clock was set back."""
        if self._began is None:
            return
        over = not timedelta() <= now - self._began < self._lasts
        if not (over or whole):
            return
        seconds = int(self._lasts.total_seconds())
        self._due += [Rest(key, count, seconds) for key, count in self._more.items()]
        self._lasts = min(2 * self._lasts, LONGEST) if self._more else FIRST
        self._began = None
        self._lines, self._more = Counter[Key](), Counter[Key]()
