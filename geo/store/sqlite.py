"""The store in one SQLite file (or in memory).

Every operation opens its own connection (0.1 ms): threads, processes and forks share nothing,
a file that was moved away is noticed at once, and no page keeps a lock while it thinks.
Journal DELETE with synchronous=FULL: an acknowledged write survives kill and power cut
(write-ahead logging has a reset bug before SQLite 3.51.3). Results are fetched in full, and
long logs page by page, before anything is decoded, so a slow reader never holds up a writer.
The store in memory has one connection behind one lock instead.
"""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from geo.errors import ConflictError, DataError, Issue, StoreError
from geo.model import Boundaries, Event
from geo.store import Bounds, audit, rows, sets
from geo.store.faults import refused

APPLICATION_ID = 0x5A4F4E45  # "ZONE"
SCHEMA = 1
_BUSY_SECONDS = 5.0
_PAGE = 1000
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
_HEAD = "select name, since, source, columns, count, digest from boundaries "


class SqliteStore:
    """See `geo.store.Store`.

    Parameters
    ----------
    path
        The file, made if missing; ``:memory:`` for a store that ends with the process.

    Raises `StoreError` if the folder is missing or the file is not a store of ours.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._memory = self._prepared(":memory:") if path == ":memory:" else None
        if not self._memory and not Path(path).parent.is_dir():
            raise StoreError(
                f"存放数据的文件夹 {Path(path).parent} 不存在，请先建立或改正地址", "STORE_FOLDER"
            )
        blank = _is_blank(path)
        with refused(path), self._opened(new=True) as db:
            if blank:
                _create(db)
            _check_ours(db, path)

    @property
    def version(self) -> int:
        """See `Store.version`."""
        return self.head[0]

    @property
    def head(self) -> tuple[int, str]:
        """Version and hash of the last event: kept elsewhere, it shows whether a tail was cut."""
        with self._session() as db:
            return _head(db)

    def write(
        self,
        events: Sequence[Event],
        boundaries: Sequence[Boundaries] = (),
        files: Sequence[bytes] = (),
        *,
        expect: int,
    ) -> int:
        """See `Store.write`."""
        if (boundaries or files) and not events:
            raise DataError("保存图层或文件时须同时记录事件，请补上事件", "NO_EVENT")
        coded = [sets.encoded(one) for one in boundaries]
        held = {head.name: head.digest for head, _ in coded}
        if len(held) < len(coded):
            raise DataError("同一次保存中图层名重复，请分次保存", "DUPLICATE_SET")
        stored = {rows.digest(data): bytes(data) for data in files}
        with self._session("begin immediate") as db:
            head = _head(db)
            if head[0] != expect:
                raise _conflict(db, head[0], expect)
            added = list(rows.event_rows(events, head, rows.holds_json(held, stored)))
            _insert(db, "event", added)
            version = expect + len(added)
            for row, features in coded:
                _insert(db, "boundaries", [row._replace(since=version)])
                _insert(db, "feature", ((row.name, version, *feature) for feature in features))
            _insert(db, "file", stored.items())
        return version

    def events(self, subject: str | None = None, after: int = 0) -> Iterator[Event]:
        """See `Store.events`."""
        # The last event is fixed at the start: what is written meanwhile is not mixed in.
        for row in self._event_rows(self.version, subject, after):
            yield rows.event_of(row)

    def sets(self, at: int | None = None) -> Mapping[str, int]:
        """See `Store.sets`."""
        with self._session() as db:
            found = db.execute(
                "select name, max(since) from boundaries where since <= ?"
                " group by name order by name",
                (_version_at(db, at),),
            )
            return dict(found.fetchall())

    def boundaries(
        self, name: str, at: int | None = None, within: Bounds | None = None
    ) -> Boundaries | None:
        """See `Store.boundaries`."""
        with self._session() as db:
            found = db.execute(
                _HEAD + "where name = ? and since <= ? order by since desc limit 1",
                (name, _version_at(db, at)),
            ).fetchone()
            if found is None:
                return None
            head = sets.SetRow(*found)
            features = audit.features(db, head, _box(within))
        check = sets.check_whole if within is None else sets.check_part
        check(head, features)
        return sets.decoded(head, features)

    def file(self, digest: str) -> bytes | None:
        """See `Store.file`. Raises `StoreError` STORE_DIGEST if the file was altered."""
        with self._session() as db:
            found = db.execute("select data from file where digest = ?", (digest,)).fetchone()
        if found is None:
            return None
        if rows.digest(found[0]) != digest:
            raise StoreError(
                f"文件 {digest[:12]}… 数据校验不符，已停用该文件，请从备份恢复", "STORE_DIGEST"
            )
        return bytes(found[0])

    def verify(self, known: tuple[int, str] | None = None) -> Sequence[Issue]:
        """See `Store.verify`. `known`: a head noted earlier, to see whether a tail was cut."""
        try:
            with self._session() as db:
                return audit.faults(db, known)
        except StoreError as error:  # pages so damaged that SQLite itself gives up
            return [Issue(error.code, str(error))]

    def _event_rows(self, last: int, subject: str | None, after: int) -> Iterator[rows.EventRow]:
        question = "select * from event where seq > ? and seq <= ?"
        question += " and subject = ?" if subject is not None else ""
        chosen = (subject,) if subject is not None else ()
        while after < last:
            with self._session() as db:
                page = db.execute(
                    f"{question} order by seq limit {_PAGE}", (after, last, *chosen)
                ).fetchall()
            yield from map(rows.EventRow._make, page)
            after = page[-1][0] if len(page) == _PAGE else last

    @contextmanager
    def _session(self, begin: str = "begin") -> Iterator[sqlite3.Connection]:
        """One transaction: all of it or nothing, faults told in Chinese."""
        with refused(self._path), self._opened() as db, _transaction(db, begin):
            _check_ours(db, self._path)
            yield db

    @contextmanager
    def _opened(self, *, new: bool = False) -> Iterator[sqlite3.Connection]:
        if self._memory:
            with self._lock:
                yield self._memory
            return
        mode = "rwc" if new else "rw"  # a store that vanished is never replaced by an empty one
        address = f"{Path(self._path).absolute().as_uri()}?mode={mode}"
        with closing(self._prepared(address)) as db:
            yield db

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


def _check_ours(db: sqlite3.Connection, path: str) -> None:
    schema = _number(db, "pragma user_version")
    if _number(db, "pragma application_id") != APPLICATION_ID or schema < 1:
        raise StoreError(
            f"{Path(path).name} 不是本系统的数据文件，未作改动，请核对地址", "STORE_FOREIGN"
        )
    if schema > SCHEMA:
        raise StoreError(
            f"{Path(path).name} 由更新的版本建立（结构 {schema}，本程序支持到 {SCHEMA}），"
            "未作改动，请升级程序",
            "STORE_NEWER",
        )


def _head(db: sqlite3.Connection) -> tuple[int, str]:
    found = db.execute("select seq, hash from event order by seq desc limit 1").fetchone()
    return (int(found[0]), str(found[1])) if found else (0, rows.GENESIS)


def _version_at(db: sqlite3.Connection, at: int | None) -> int:
    version = _head(db)[0]
    if at is not None and not 0 <= at <= version:
        raise DataError(f"版本 {at} 不存在，现为版本 {version}，请改用已有的版本", "VERSION")
    return version if at is None else at


def _box(within: Bounds | None) -> Bounds | None:
    if within is None:
        return None
    west, south, east, north = within
    if not (west <= east and south <= north):  # also refuses NaN
        raise DataError(f"范围 {within} 无效，应为西、南、东、北", "BOUNDS")
    return within


def _conflict(db: sqlite3.Connection, version: int, expect: int) -> ConflictError:
    """Name who wrote what after `expect`, for the one who came second."""
    if expect > version:
        return ConflictError(
            f"页面依据版本 {expect}，而数据现为版本 {version}，请刷新后重试", "CONFLICT_BEHIND"
        )
    found = db.execute(
        "select * from event where seq > ? order by seq desc limit 3", (expect,)
    ).fetchall()
    who = "；".join(rows.told_who(rows.event_of(rows.EventRow._make(row))) for row in found[::-1])
    rest = version - expect - len(found)
    more = f"此前还有 {rest} 条；" if rest else ""
    return ConflictError(f"他人已先保存：{more}{who}。您的修改未保存，请刷新后重试")


def _insert(db: sqlite3.Connection, table: str, found: Iterable[Sequence[object]]) -> None:
    """Add rows to one of our tables; a file already held is written again, which heals it."""
    counted = {"event": 12, "boundaries": 6, "feature": 10, "file": 2}
    verb = "replace" if table == "file" else "insert"
    marks = ",".join("?" * counted[table])
    db.executemany(f"{verb} into {table} values ({marks})", found)
