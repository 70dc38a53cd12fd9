"""Unsaved work in a SQLite file of its own, or in memory beside a store in memory."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from geo.errors import StoreError
from geo.store.draft import COLUMNS, Drafts, Table
from geo.store.faults import refused

_APPLICATION = 0x5A445246  # "ZDRF"
_BUSY_SECONDS = 2.0  # a page waits for it
_MADE = f"create table draft ({COLUMNS.format(text='text', whole='integer')}) strict"


class FileDrafts(Drafts):
    """See `Drafts`. A file that vanishes is told once, then made anew."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._made = False
        with self._lock:
            self._memory = _connected(":memory:") if path == ":memory:" else None
        with self.session():
            pass

    @contextmanager
    def session(self) -> Iterator[Table]:
        """See `Drafts.session`."""
        with self._lock, refused(self._path), self._opened() as db:
            db.execute("begin immediate")
            try:
                self._checked(db)
                yield _FileTable(db)
                db.execute("commit")
            finally:
                if db.in_transaction:
                    db.execute("rollback")

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        if self._memory:
            yield self._memory
            return
        made, self._made = self._made, False
        mode = "rw" if made else "rwc"
        with closing(_connected(f"{Path(self._path).absolute().as_uri()}?mode={mode}")) as db:
            yield db
        self._made = True

    def _checked(self, db: sqlite3.Connection) -> None:
        """Make the table in a file of nothing; refuse a file that is another's."""
        if not db.execute("select count(*) from sqlite_schema").fetchone()[0]:
            db.execute(_MADE)
            db.execute(f"pragma application_id = {_APPLICATION}")
        elif db.execute("pragma application_id").fetchone()[0] != _APPLICATION:
            raise StoreError(
                f"{Path(self._path).name} 不是本系统暂存草稿的文件，未作改动，请移走或改名",
                "STORE_FOREIGN",
            )


class _FileTable:
    """See `Table`."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def ask(self, question: str, answers: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """See `Table.ask`."""
        return self._db.execute(question, answers).fetchall()


def _connected(address: str) -> sqlite3.Connection:
    db = sqlite3.connect(
        address,
        timeout=_BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        uri=address.startswith("file:"),
    )
    db.execute("pragma synchronous = full")
    db.execute("pragma secure_delete = on")  # what was let go is gone
    return db
