"""What the SQLite file itself must stand: tampering, foreign files, faults of the disk."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from geo.errors import StoreError
from geo.store import sqlite
from geo.store.sqlite import SqliteStore
from tests.geo.small_store import event, parks


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "zone.db"


@pytest.fixture
def store(path: Path) -> SqliteStore:
    """Seven events; a set of three parks and a file came with the seventh."""
    store = SqliteStore(str(path))
    for number in range(1, 7):
        store.write([event(number)], expect=number - 1)
    store.write([event(7)], [parks()], [b"paper"], expect=6)
    return store


def raw(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()


def test_flipped_bits_are_found_or_change_nothing(store: SqliteStore, path: Path) -> None:
    sound = path.read_bytes()
    start = sound.index("园".encode())
    for place in (start, start + 1, sound.index(b"planned"), len(sound) - 1):
        broken = bytearray(sound)
        broken[place] ^= 0x41
        path.write_bytes(broken)
        assert store.verify(), f"byte {place}"
    path.write_bytes(sound[: len(sound) // 2])
    assert store.verify()


@contextmanager
def plain_user() -> Iterator[Path]:
    """A folder, and for a while not the rights of root, whom no permission stops."""
    with tempfile.TemporaryDirectory() as folder:
        root = os.geteuid() == 0
        if root:
            os.chown(folder, 65534, -1)
            os.seteuid(65534)
        try:
            yield Path(folder)
        finally:
            if root:
                os.seteuid(0)


def test_a_read_only_file_is_read_and_its_writer_told() -> None:
    with plain_user() as folder:
        path = folder / "zone.db"
        SqliteStore(str(path)).write([event(1)], [parks()], expect=0)
        path.chmod(0o444)
        store = SqliteStore(str(path))
        assert store.boundaries("park") is not None
        with pytest.raises(StoreError, match=r"只能读.*权限") as refusal:
            store.write([event(2)], expect=1)
        assert refusal.value.code == "STORE_READONLY"
        assert store.version == 1


def test_a_read_only_folder_is_told() -> None:
    with plain_user() as folder:
        path = folder / "zone.db"
        store = SqliteStore(str(path))
        folder.chmod(0o555)
        try:
            with pytest.raises(StoreError, match="文件夹不可写"):
                store.write([event(1)], expect=0)
            with pytest.raises(StoreError, match=r"不存在|不可写"):
                SqliteStore(str(folder / "other.db"))
        finally:
            folder.chmod(0o755)
        assert [p.name for p in folder.iterdir()] == ["zone.db"]


def test_a_missing_folder_is_named_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nowhere 不存在") as refusal:
        SqliteStore(str(tmp_path / "nowhere" / "zone.db"))
    assert refusal.value.code == "STORE_FOLDER"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="是文件夹"):
        SqliteStore(str(tmp_path))


def test_a_store_that_was_moved_away_is_never_replaced_by_an_empty_one(
    store: SqliteStore, path: Path
) -> None:
    path.rename(path.with_name("elsewhere.db"))
    for act in (lambda: store.version, lambda: store.write([event(8)], expect=7)):
        with pytest.raises(StoreError) as refusal:
            act()
        assert refusal.value.code == "STORE_MISSING"
    assert not path.exists()
    path.with_name("elsewhere.db").rename(path)
    assert store.version == 7


@pytest.mark.parametrize(
    "content",
    [
        b"not a database, but long enough to look like one" * 100,
        bytes(range(256)) * 20,
        b"x",
        b"id,name\n" * 60,
    ],
)
def test_a_file_of_another_kind_is_refused_and_untouched(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(StoreError, match="不是本系统的数据文件"):
        SqliteStore(str(path))
    assert path.read_bytes() == content


@pytest.mark.parametrize("statement", ["create table t (x)", "pragma application_id = 1196444487"])
def test_a_database_of_another_program_is_refused_and_untouched(path: Path, statement: str) -> None:
    raw(path, statement)
    before = path.read_bytes()
    with pytest.raises(StoreError) as refusal:
        SqliteStore(str(path))
    assert refusal.value.code == "STORE_FOREIGN"
    assert path.read_bytes() == before


def test_a_store_of_a_newer_program_is_refused_and_untouched(
    store: SqliteStore, path: Path
) -> None:
    raw(path, "pragma user_version = 2")
    before = path.read_bytes()
    for act in (lambda: SqliteStore(str(path)), lambda: store.write([event(8)], expect=7)):
        with pytest.raises(StoreError, match="请升级程序") as refusal:
            act()
        assert refusal.value.code == "STORE_NEWER"
    assert path.read_bytes() == before


def test_the_file_of_nothing_left_by_a_creation_cut_off_is_made_whole(path: Path) -> None:
    path.touch()
    assert SqliteStore(str(path)).write([event(1)], expect=0) == 1


def test_a_name_with_signs_that_mean_something_in_an_address_is_only_a_name(
    tmp_path: Path,
) -> None:
    path = tmp_path / "经区 50%20?mode=memory#a.db"
    SqliteStore(str(path)).write([event(1)], expect=0)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    assert SqliteStore(str(path)).version == 1


def test_a_locked_store_says_busy_and_keeps_what_it_had(
    store: SqliteStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "_BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin immediate")
        assert store.version == 7  # a writer does not stop readers
        with pytest.raises(StoreError, match="系统忙") as refusal:
            store.write([event(8)], expect=7)
    assert refusal.value.code == "STORE_BUSY"
    assert store.write([event(8)], expect=7) == 8


class Cramped(SqliteStore):
    """A store on a disk with room for so many pages and no more."""

    room = 10**6

    def _prepared(self, address: str) -> sqlite3.Connection:
        db = super()._prepared(address)
        db.execute(f"pragma max_page_count = {self.room}")
        return db


def test_a_full_disk_is_told_and_nothing_is_half_written(path: Path) -> None:
    store = Cramped(str(path))
    store.write([event(1)], [parks()], expect=0)
    store.room = 30
    with pytest.raises(StoreError, match="磁盘空间不足") as refusal:
        store.write([event(2)], [parks(500)], [b"big" * 100_000], expect=1)
    assert refusal.value.code == "STORE_FULL"
    assert store.version == 1
    known = store.boundaries("park")
    assert known is not None
    assert len(known.table) == 3
    store.room = 10**6
    assert store.write([event(2)], expect=1) == 2
    assert list(store.verify()) == []
