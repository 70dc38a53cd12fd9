"""The log as this process has read it: asked again, only what came since is read."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from threading import Lock
from typing import Any

from geo.chronicle import Entry
from geo.office import Office
from pages import admin_log
from pages.admin_log import Line, Sift

Head = tuple[int, str]


class Log:
    """Lines of a book; `names` and `kinds` are those of all lines, in the order they came."""

    def __init__(self, held: Office) -> None:
        self._held, self._lock = held, Lock()
        self._forget()

    def _forget(self) -> None:
        self._last: Head = (0, "")
        self._lines, self._accounts = list[Line](), dict[str, Mapping[str, Any]]()
        self.names, self.kinds = dict[str, None](), dict[str, None]()

    def lines(self, head: Head) -> Sequence[Line]:
        """Every line up to a head of the book, the oldest first."""
        with self._lock:
            if self._last != head:
                if not self._goes_on(head):
                    self._forget()
                self._read(head[0])
                self._last = head
            return self._lines[:]

    def _goes_on(self, head: Head) -> bool:
        """Whether the book is still the one that was read; not where a backup was put back."""
        number, digest = self._last
        return number <= head[0] and self._held.head_at(number) == f"{number}:{digest}"

    def _read(self, most: int) -> None:
        for entry in self._held.log(self._last[0]):
            if entry.number <= most:
                one = admin_log.line(entry, self._accounts)
                self._lines.append(one)
                self.names[one.by] = self.kinds[one.kind] = None


def lines(entries: Iterable[Entry]) -> Sequence[Line]:
    """Lines of all entries, oldest first; an account's line says what changed."""
    accounts = dict[str, Mapping[str, Any]]()
    return [admin_log.line(entry, accounts) for entry in entries]


def found(known: Sequence[Line], sift: Sift) -> Sequence[Line]:
    """Lines that are asked for, the newest first."""
    every = sift == Sift()
    return known[::-1] if every else [one for one in reversed(known) if sift.fits(one)]


@lru_cache(maxsize=1)
def log(held: Office) -> Log:
    """The log of a book, shared by all visits."""
    return Log(held)
