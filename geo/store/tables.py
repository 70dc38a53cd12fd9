"""What both stores do the same way: four tables, asked and filled inside one transaction.

A store brings `session`: a transaction with its own database, faults told in Chinese. The
questions are the same SQL for both, so the same events and sets leave the same rows and hashes.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from geo.errors import ConflictError, DataError, Issue, StoreError
from geo.model import Boundaries, Event
from geo.store import Bounds, Mark, audit, rows, sets

APPLICATION_ID = 0x5A4F4E45  # "ZONE"
SCHEMA = 1
_PAGE = 1000
_RASTERS = "raster/"  # subjects of events that bring an image


class Tables(Protocol):
    """The tables event, boundaries, feature and file inside one transaction."""

    def ask(self, question: str, answers: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Rows in full; each `?` of the question stands for one answer."""
        ...

    def add(self, table: str, found: Iterable[Sequence[object]]) -> None:
        """Add rows to a table; a file already held is written again, which heals it."""
        ...

    def clear(self) -> None:
        """Remove every row of every table."""
        ...

    def meets(self, within: Bounds) -> tuple[str, Sequence[float]]:
        """A condition that keeps features whose box meets `within`, and its answers."""
        ...


class TableStore(ABC):
    """See `geo.store.Store`; what is left to each database is `session`."""

    @property
    @abstractmethod
    def name(self) -> str:
        """What to call the store in a message; holds no secret."""

    @abstractmethod
    def session(self, *, writing: bool = False) -> AbstractContextManager[Tables]:
        """One transaction: a snapshot to read, or the only writer; all of it or nothing."""

    @property
    def version(self) -> int:
        """See `Store.version`."""
        return self.head[0]

    @property
    def head(self) -> tuple[int, str]:
        """Version and hash of the last event: kept elsewhere, it shows whether a tail was cut."""
        with self.session() as db:
            return head(db)

    def head_at(self, version: int) -> str:
        """See `Store.head_at`."""
        with self.session() as db:
            found = audit.hash_at(db, _version_at(db, version)) if version else rows.GENESIS
        return f"{version}:{found}"

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
        held = {row.name: row.digest for row, _ in coded}
        if len(held) < len(coded):
            raise DataError("同一次保存中图层名重复，请分次保存", "DUPLICATE_SET")
        stored = {rows.digest(data): bytes(data) for data in files}
        with self.session(writing=True) as db:
            last = head(db)
            if last[0] != expect:
                raise _conflict(db, last[0], expect)
            added = list(rows.event_rows(events, last, rows.holds_json(held, stored)))
            db.add("event", added)
            version = expect + len(added)
            for row, features in coded:
                db.add("boundaries", [row._replace(since=version)])
                db.add("feature", ((row.name, version, *feature) for feature in features))
            db.add("file", stored.items())
        return version

    def events(self, subject: str | None = None, after: int = 0) -> Iterator[Event]:
        """See `Store.events`."""
        # The last event is fixed at the start: what is written meanwhile is not mixed in.
        for row in self._event_rows(self.version, subject, after):
            yield rows.event_of(row)

    def sets(self, at: int | None = None) -> Mapping[str, int]:
        """See `Store.sets`."""
        with self.session() as db:
            found = db.ask(
                "select name, max(since) from boundaries where since <= ?"
                " group by name order by name",
                (_version_at(db, at),),
            )
        return {str(row[0]): int(row[1]) for row in found}

    def boundaries(
        self, name: str, at: int | None = None, within: Bounds | None = None
    ) -> Boundaries | None:
        """See `Store.boundaries`."""
        with self.session() as db:
            found = db.ask(
                "select name, since, source, columns, count, digest from boundaries"
                " where name = ? and since <= ? order by since desc limit 1",
                (name, _version_at(db, at)),
            )
            if not found:
                return None
            row = sets.SetRow._make(found[0])
            features = audit.features(db, row, _box(within))
        check = sets.check_whole if within is None else sets.check_part
        check(row, features)
        return sets.decoded(row, features)

    def marks(self, after: int = 0) -> Sequence[Mark]:
        """See `Store.marks`."""
        with self.session() as db:
            kept = db.ask("select name, since, source from boundaries where since > ?", (after,))
            told = db.ask(
                "select subject, seq, data from event where seq > ? and subject like ?",
                (after, f"{_RASTERS}%"),
            )
        of_sets = [Mark(str(r[0]), int(r[1]), rows.source_of(r[2]).secrecy) for r in kept]
        return of_sets + [
            Mark(str(r[0]).removeprefix(_RASTERS), int(r[1]), rows.secrecy_told(r[2])) for r in told
        ]

    def file(self, digest: str) -> bytes | None:
        """See `Store.file`. Raises `StoreError` STORE_DIGEST if the file was altered."""
        with self.session() as db:
            found = db.ask("select data from file where digest = ?", (digest,))
        if not found:
            return None
        if rows.digest(found[0][0]) != digest:
            raise StoreError(
                f"文件 {digest[:12]}… 数据校验不符，已停用该文件，请从备份恢复", "STORE_DIGEST"
            )
        return bytes(found[0][0])

    def verify(self, known: tuple[int, str] | None = None) -> Sequence[Issue]:
        """See `Store.verify`. `known`: a head noted earlier, to see whether a tail was cut."""
        try:
            with self.session() as db:
                return audit.faults(db, known)
        except StoreError as error:  # so damaged that the database itself gives up
            return [Issue(error.code, str(error))]

    def _event_rows(self, last: int, subject: str | None, after: int) -> Iterator[rows.EventRow]:
        question = "select * from event where seq > ? and seq <= ?"
        question += " and subject = ?" if subject is not None else ""
        chosen = (subject,) if subject is not None else ()
        while after < last:
            with self.session() as db:
                page = db.ask(f"{question} order by seq limit {_PAGE}", (after, last, *chosen))
            yield from map(rows.EventRow._make, page)
            after = page[-1][0] if len(page) == _PAGE else last


def head(db: Tables) -> tuple[int, str]:
    """Version and hash of the last event."""
    found = db.ask("select seq, hash from event order by seq desc limit 1")
    return (int(found[0][0]), str(found[0][1])) if found else (0, rows.GENESIS)


def later(db: Tables, version: int) -> str:
    """Who wrote what after a version: the last three named, the rest counted."""
    found = db.ask("select * from event where seq > ? order by seq desc limit 3", (version,))
    who = "；".join(rows.told_who(rows.event_of(rows.EventRow._make(row))) for row in found[::-1])
    rest = head(db)[0] - version - len(found)
    return (f"此前还有 {rest} 条；" if rest else "") + who


def schema_checked(application: int, schema: int, name: str) -> None:
    """Raise `StoreError` if what calls itself `name` is not a store that we know."""
    if application != APPLICATION_ID or schema < 1:
        raise StoreError(f"{name} 不是本系统的数据文件，未作改动，请核对地址", "STORE_FOREIGN")
    if schema > SCHEMA:
        raise StoreError(
            f"{name} 由更新的版本建立（结构 {schema}，本程序支持到 {SCHEMA}），"
            "未作改动，请升级程序",
            "STORE_NEWER",
        )


def _version_at(db: Tables, at: int | None) -> int:
    version = head(db)[0]
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


def _conflict(db: Tables, version: int, expect: int) -> ConflictError:
    """Name who wrote what after `expect`, for the one who came second."""
    if expect > version:
        return ConflictError(
            f"页面依据版本 {expect}，而数据现为版本 {version}，请刷新后重试", "CONFLICT_BEHIND"
        )
    return ConflictError(f"他人已先保存：{later(db, expect)}。您的修改未保存，请刷新后重试")
