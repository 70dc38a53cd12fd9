"""The store in one SQLite file (or in memory).

Every operation has a connection to itself (`geo.store.idle`): threads, processes and forks share
nothing, a file that was moved away is noticed at once, and no page keeps a lock while it thinks.
Journal DELETE with synchronous=FULL: an acknowledged write survives kill and power cut
(write-ahead logging has a reset bug before SQLite 3.51.3). Results are fetched in full, and
long logs page by page, before anything is decoded, so a slow reader never holds up a writer.
The store in memory has one connection behind one lock instead.
"""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from geo.errors import StoreError
from geo.store import Bounds
from geo.store.faults import refused
from geo.store.idle import Idle
from geo.store.tables import APPLICATION_ID, SCHEMA, Tables, TableStore, schema_checked

_BUSY_SECONDS = 5.0
_PRAGMAS = (
    "pragma synchronous = full",
    "pragma foreign_keys = on",
    "pragma trusted_schema = off",
    "pragma cell_size_check = on",
)
_TABLES = (
    "create table event (seq integer primary key, subject text not null, verb text not null,"
    ' "by" text not null, at text not null, "on" text, data text not null, reason text not null,'
    " document text not null, holds text not null, prev text not null, hash text not null) strict",
    "create index event_subject on event (subject, seq)",
    "create table boundaries (name text not null, since integer not null, source text not null,"
    " columns text not null, count integer not null, digest text not null,"
    " primary key (name, since)) strict",
    "create table feature (name text not null, since integer not null, ord integer not null,"
    " data text not null, shape blob not null, west real not null, south real not null,"
    " east real not null, north real not null, hash text not null,"
    " foreign key (name, since) references boundaries (name, since)) strict",
    "create unique index feature_ord on feature (name, since, ord)",
    "create index feature_box on feature (name, since, west, east, south, north)",
    "create table file (digest text primary key, data blob not null) strict",
    f"pragma application_id = {APPLICATION_ID}",
    f"pragma user_version = {SCHEMA}",
)
# KiB: a big set and its indexes stay in memory until they are written, once and in order.
_ROOM = "pragma cache_size = -131072"
_COLUMNS = {"event": 12, "boundaries": 6, "feature": 10, "file": 2}


class SqliteStore(TableStore):
    """See `geo.store.Store`.

    Parameters
    ----------
    path
        The file; ``:memory:`` for a store that ends with the process.
    new
        Whether to make the file if it is missing or empty.

    Raises `StoreError` if the folder is missing or the file is not a store of ours.
    """

    def __init__(self, path: str, *, new: bool = True) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._memory = self._prepared(":memory:") if path == ":memory:" else None
        self._idle = Idle(path, lambda: self._prepared(_address(path)))
        if not self._memory and not Path(path).parent.is_dir():
            raise StoreError(
                f"存放数据的文件夹 {Path(path).parent} 不存在，请先建立或改正地址", "STORE_FOLDER"
            )
        blank = _is_blank(path)
        if blank and not new:
            raise StoreError(f"{self.name} 不存在或是空文件，请核对地址", "STORE_MISSING")
        with refused(path), self._opened(new=True) as db:
            if blank:
                _create(db)
            _check_ours(db, self.name)

    @property
    def name(self) -> str:
        """The file's name."""
        return Path(self._path).name

    def copy(self, path: str) -> None:
        """Copy the whole database, as it is at one moment, into the new file `path`."""
        with refused(path), self._opened() as db, closing(sqlite3.connect(path)) as made:
            db.backup(made)

    @contextmanager
    def session(self, *, writing: bool = False) -> Iterator[Tables]:
        """See `TableStore.session`."""
        begin = "begin immediate" if writing else "begin"
        with refused(self._path), self._opened() if writing else self._read() as db:
            if writing:
                db.execute(_ROOM)
            with _transaction(db, begin):
                _check_ours(db, self.name)
                yield _SqliteTables(db)

    @contextmanager
    def _opened(self, *, new: bool = False) -> Iterator[sqlite3.Connection]:
        if self._memory:
            with self._lock:
                yield self._memory
            return
        with closing(self._prepared(_address(self._path, new=new))) as db:
            yield db

    @contextmanager
    def _read(self) -> Iterator[sqlite3.Connection]:
        """One that rested, if the file is still the same; after a fault it rests no more."""
        if self._memory or not Path(self._path).is_file():  # else it is told why it is not there
            with self._opened() as db:
                yield db
            return
        (place, db), sound = self._idle.take(), False
        try:
            yield db
            sound = True
        finally:
            if sound:
                self._idle.rest(place, db)
            else:
                db.close()

    def _prepared(self, address: str) -> sqlite3.Connection:
        db = sqlite3.connect(
            address,
            timeout=_BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            uri=address.startswith("file:"),
        )
        # Flipped bits must reach the digests as a difference, not stop the reading of text.
        db.text_factory = lambda raw: raw.decode("utf-8", "replace")
        for pragma in _PRAGMAS:
            db.execute(pragma)
        return db


def _address(path: str, *, new: bool = False) -> str:
    # A store that vanished is never replaced by an empty one.
    return f"{Path(path).absolute().as_uri()}?mode={'rwc' if new else 'rw'}"


@contextmanager
def _transaction(db: sqlite3.Connection, begin: str) -> Iterator[None]:
    db.execute(begin)
    try:
        yield
        db.execute("commit")
    finally:
        if db.in_transaction:
            db.execute("rollback")


def _create(db: sqlite3.Connection) -> None:
    with _transaction(db, "begin immediate"):
        if not _number(db, "select count(*) from sqlite_schema"):  # else another was first
            for statement in _TABLES:
                db.execute(statement)


def _number(db: sqlite3.Connection, question: str) -> int:
    return int(db.execute(question).fetchone()[0])


def _is_blank(path: str) -> bool:
    """No file yet, or the file of nothing that a creation cut off leaves behind."""
    # Asked of the folder, not of SQLite, which takes any file under 512 bytes for blank.
    return path == ":memory:" or not Path(path).exists() or Path(path).stat().st_size == 0


def _check_ours(db: sqlite3.Connection, name: str) -> None:
    application = _number(db, "pragma application_id")
    schema_checked(application, _number(db, "pragma user_version"), name)


class _SqliteTables:
    """See `Tables`."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def ask(self, question: str, answers: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """See `Tables.ask`."""
        return self._db.execute(question, answers).fetchall()

    def add(self, table: str, found: Iterable[Sequence[object]]) -> None:
        """See `Tables.add`."""
        verb = "replace" if table == "file" else "insert"
        marks = ",".join("?" * _COLUMNS[table])
        self._db.executemany(f"{verb} into {table} values ({marks})", found)

    def clear(self) -> None:
        """See `Tables.clear`."""
        for table in ("feature", "boundaries", "file", "event"):
            self._db.execute(f"delete from {table}")

    def meets(self, within: Bounds) -> tuple[str, Sequence[float]]:
        """See `Tables.meets`."""
        west, south, east, north = within
        return "west <= ? and east >= ? and south <= ? and north >= ?", (east, west, north, south)
