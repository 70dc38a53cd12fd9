"""Backups in one file, brought back or moved to another database, nothing lost in silence.

A backup is a SQLite store like any other, with one table more: `backup`, which notes the
version and the hash of the last event. That hash covers every event, and through them the
digests of every set and file, so a backup that was altered or cut short is found.
Restoring and migrating copy rows as they are, under the same versions and hashes, in one
transaction that is verified before it is committed.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from geo.errors import DataError, StoreError
from geo.store import audit, open_tables, tables
from geo.store.faults import refused
from geo.store.sqlite import SqliteStore
from geo.store.tables import Tables, TableStore

Head = tuple[int, str]
_SQLITE = "sqlite:///"


def backup(store: TableStore, path: Path) -> Head:
    """Save the whole store, as it is at one moment, in the new file `path`.

    Returns version and hash of its last event. The file appears whole or not at all.
    Raises `DataError` BACKUP_EXISTS rather than write over a file, `StoreError` BACKUP_FAULTY if
    the store does not verify, BACKUP_WRITE if the disk is full or may not be written.
    """
    if path.exists():
        raise DataError(f"{path.name} 已存在，没有覆盖，请换一个文件名", "BACKUP_EXISTS")
    if not path.parent.is_dir():
        raise StoreError(f"文件夹 {path.parent} 不存在，请先建立", "BACKUP_WRITE")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with _told(path):
            part.unlink(missing_ok=True)
            head = _saved(store, part)
            _synced(part)
            part.rename(path)
            _synced(path.parent)
    finally:
        part.unlink(missing_ok=True)
    return head


def restore(path: Path, url: str, *, force: bool = False) -> Head:
    """Put the state of a backup in the store at `url`; return version and hash of its last event.

    Raises `StoreError` STORE_MISSING, BACKUP_FAULTY if the backup does not verify; `DataError`
    RESTORE_LATER or RESTORE_OTHER, unless `force`, if the store holds what the backup does not.
    """
    saved, known = _opened(path)
    _check_apart(path, url)
    target = open_tables(url)
    try:
        with saved.session() as old, target.session(writing=True) as new:
            _check_sound(old, known, path.name)
            if not force:
                _check_nothing_lost(old, new)
            return _carried(old, new, target.name)
    except StoreError as error:
        if error.code != "STORE_CORRUPT":
            raise
        raise StoreError(f"{error}；请先把损坏的文件改名移走，再恢复", error.code) from error


def migrate(source_url: str, target_url: str) -> Head:
    """Copy a whole store into an empty one of any kind, under the same versions and hashes.

    Raises `StoreError` STORE_MISSING, BACKUP_FAULTY if the source does not verify, `DataError`
    MIGRATE_FULL if the target already holds something.
    """
    source, target = open_tables(source_url, new=False), open_tables(target_url)
    with source.session() as old, target.session(writing=True) as new:
        _check_sound(old, None, source.name)
        version = tables.head(new)[0]
        if version:
            raise DataError(
                f"目标 {target.name} 已有 {version} 个事件，未作改动，请迁往空的存储",
                "MIGRATE_FULL",
            )
        return _carried(old, new, target.name)


def _saved(store: TableStore, part: Path) -> Head:
    if isinstance(store, SqliteStore):
        store.copy(str(part))
    else:
        with store.session() as old, SqliteStore(str(part)).session(writing=True) as new:
            _copied(old, new)
    with SqliteStore(str(part)).session() as db:
        _check_sound(db, None, store.name)
        head = tables.head(db)
    with refused(str(part)), closing(sqlite3.connect(part)) as db:
        db.execute("drop table if exists backup")
        db.execute("create table backup (made text, origin text, version integer, hash text)")
        made = datetime.now(UTC).isoformat(timespec="seconds")
        db.execute("insert into backup values (?, ?, ?, ?)", (made, store.name, *head))
        db.commit()
    return head


def _opened(path: Path) -> tuple[SqliteStore, Head | None]:
    """A backup, and the head it notes; a plain copy of a store's file notes none."""
    store = SqliteStore(str(path), new=False)
    with refused(str(path)), closing(sqlite3.connect(path)) as db:
        if not db.execute("select 1 from sqlite_schema where name = 'backup'").fetchone():
            return store, None
        found = db.execute("select version, hash from backup").fetchall()
        fault = db.execute("pragma integrity_check").fetchone()[0]
    if len(found) != 1 or fault != "ok":
        raise StoreError(f"备份 {path.name} 已损坏，没有恢复，请换一份备份", "BACKUP_FAULTY")
    return store, (int(found[0][0]), str(found[0][1]))


def _check_apart(path: Path, url: str) -> None:
    target = Path(url.removeprefix(_SQLITE)) if url.startswith(_SQLITE) else None
    if target and target.exists() and path.samefile(target):
        raise DataError(f"{path.name} 就是正在使用的数据文件，请指明备份", "RESTORE_SELF")


def _check_sound(db: Tables, known: Head | None, name: str) -> None:
    faults = audit.faults(db, known)
    if faults:
        raise StoreError(
            f"{name} 核对有 {len(faults)} 处问题，没有继续；第一处：{faults[0].message}",
            "BACKUP_FAULTY",
            faults,
        )


def _check_nothing_lost(old: Tables, new: Tables) -> None:
    """Raise `DataError` if the target holds events that the backup does not."""
    (have, _), (saved, _) = tables.head(new), tables.head(old)
    common = min(have, saved)
    if common and audit.hash_at(new, common) != audit.hash_at(old, common):
        raise DataError(
            f"现有数据（版本 {have}）与备份（版本 {saved}）不是同一份记录，未作改动；"
            "请先备份现有数据，确要覆盖请加 --force",
            "RESTORE_OTHER",
        )
    if have > saved:
        raise DataError(
            f"现有数据比备份多 {have - saved} 个事件，恢复会丢失它们：{tables.later(new, saved)}。"
            "未作改动；请先备份现有数据，确要覆盖请加 --force",
            "RESTORE_LATER",
        )


def _carried(old: Tables, new: Tables, name: str) -> Head:
    """Put everything of one database in the place of everything in another, and verify it."""
    new.clear()
    _copied(old, new)
    head = tables.head(old)
    _check_sound(new, head, name)
    return head


def _copied(old: Tables, new: Tables) -> None:
    new.add("event", audit.events(old))
    for row in audit.heads(old):
        new.add("boundaries", [row])
        new.add("feature", ((row.name, row.since, *one) for one in audit.features(old, row)))
    for digest, data in audit.files(old):
        new.add("file", [(digest, data)])


def _synced(path: Path) -> None:
    """Wait until a file, or the entries of a folder, are on the disk."""
    if os.name == "nt" and path.is_dir():
        return  # Windows has no such thing for folders
    handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"备份 {path.name} 没有写成（{error.strerror}），请检查文件夹、权限与磁盘空间",
            "BACKUP_WRITE",
        ) from error
