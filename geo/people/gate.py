"""How often somebody may try to sign in: the wait doubles with each failure, by name and address.

A class with a memory of its own, because attempts come faster than any book could be written;
each server process counts for itself.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

FREE = 4  # failures without a wait: people mistype
FIRST = timedelta(seconds=2)
LONGEST = timedelta(minutes=15)
FORGOTTEN = timedelta(hours=1)
HELD = 10_000  # names remembered; more are an attack, and the oldest go


@dataclass(slots=True)
class _Tries:
    count: int
    last: datetime


class Gate:
    """Failures by key; a key is a sign-in name, or an address."""

    def __init__(self) -> None:
        self._tries: OrderedDict[str, _Tries] = OrderedDict()
        self._lock = Lock()

    def wait(
        self, key: str, now: datetime, *, free: int = FREE, longest: timedelta = LONGEST
    ) -> timedelta:
        """How long this key has to wait still; zero if it may try."""
        with self._lock:
            found = self._tries.get(key)
            if found is None or now - found.last > FORGOTTEN or found.count < free:
                return timedelta()
            found.last = min(found.last, now)  # the clock was set back: that is no longer wait
            pause = min(FIRST * float(2 ** min(found.count - free, 20)), longest)
            return max(found.last + pause - now, timedelta())

    def failed(self, key: str, now: datetime) -> None:
        """Note a failure."""
        with self._lock:
            found = self._tries.pop(key, None)
            stale = found is None or now - found.last > FORGOTTEN
            self._tries[key] = _Tries(1 if found is None or stale else found.count + 1, now)
            while len(self._tries) > HELD:
                self._tries.popitem(last=False)

    def passed(self, key: str) -> None:
        """Forget the failures of a key that got in."""
        with self._lock:
            self._tries.pop(key, None)
