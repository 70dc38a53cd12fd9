"""Connections to one SQLite file that rest between two readings.

Opening a file, reading its schema and setting it up takes longer than most questions, and a page
asks dozens. A resting connection is taken again only while the same file still stands at the
path and nobody wrote to it: one that was moved away, replaced or damaged is noticed as if it were
opened anew. No page of the file is remembered, so what is read is what the disk holds.
"""

import os
import sqlite3
import weakref
from collections.abc import Callable
from pathlib import Path

_MOST = 8  # as many as pages that read at the same moment; more are closed
_abandoned: list[sqlite3.Connection] = []  # of a parent process: neither used nor closed here

_Place = tuple[int, int, int, int]


class Idle:
    """Resting connections; `take` and `rest` may be called from any thread."""

    def __init__(self, path: str, opened: Callable[[], sqlite3.Connection]) -> None:
        self._path, self._opened = Path(path), opened
        self._process = os.getpid()
        self._resting: list[tuple[_Place, sqlite3.Connection]] = []
        weakref.finalize(self, _closed, self._resting)

    def take(self) -> tuple[_Place, sqlite3.Connection]:
        """A connection and the file it reads; raises OSError or sqlite3.Error if it is gone."""
        if os.getpid() != self._process:  # SQLite's own rule: nothing goes through a fork
            _abandoned.extend(db for _, db in self._resting)
            self._resting.clear()
            self._process = os.getpid()
        here = self._place()
        while self._resting:
            try:
                place, db = self._resting.pop()
            except IndexError:  # another thread took the last
                break
            if place == here:
                return place, db
            db.close()
        return here, self._opened()

    def rest(self, place: _Place, db: sqlite3.Connection) -> None:
        """Keep a connection whose transaction is over; raises nothing of SQLite."""
        if len(self._resting) < _MOST:
            db.execute("pragma shrink_memory")
            self._resting.append((place, db))
        else:
            db.close()

    def _place(self) -> _Place:
        told = self._path.stat()
        return told.st_dev, told.st_ino, told.st_mtime_ns, told.st_size


def _closed(resting: list[tuple[_Place, sqlite3.Connection]]) -> None:
    for _, db in resting:
        db.close()
