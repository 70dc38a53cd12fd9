"""Backup, restore and migrate: nothing lost in silence, and the drill goes through."""

import json
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import geopandas as gpd
import pytest
from pandas.testing import assert_frame_equal
from shapely import box

from geo.__main__ import main
from geo.errors import DataError, StoreError
from geo.model import Boundaries, Event, Grade, Source
from geo.store import open_tables, shown
from geo.store.backup import backup, migrate, restore
from geo.store.tables import TableStore
from geo.zone import open_zone
from tests.geo.small_disk import small_disk

NOW = datetime(2026, 1, 1, 2, 2, 3, tzinfo=UTC)
PAPER = b"\x00paper\xff" * 1000


def parks(count: int = 3) -> Boundaries:
    shapes = [box(122.2 + i / 100, 37.4, 122.205 + i / 100, 37.41) for i in range(count)]
    columns = {"id": [f"P{i}" for i in range(count)], "name": ["园"] * count}
    table = gpd.GeoDataFrame(columns, geometry=shapes, crs=4490)
    return Boundaries("park", table, Source("图", Grade.SCHEMATIC, "CC0"))


def event(number: int, by: str = "李工") -> Event:
    return Event(f"parcel/{number}", "planned", by, NOW, data={"n": number})


def filled(store: TableStore) -> TableStore:
    """Four events, two versions of a set and a file."""
    store.write([event(1), event(2)], [parks(3)], [PAPER], expect=0)
    store.write([event(3)], [parks(2)], expect=2)
    store.write([event(4)], expect=3)
    return store


@pytest.fixture(params=["sqlite", "postgis"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgis":
        return str(request.getfixturevalue("pg_url"))
    return f"sqlite:///{tmp_path}/zone.db"


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    return tmp_path / "saved" / "zone-20260101.db"


@pytest.fixture
def store(url: str, saved: Path) -> TableStore:
    saved.parent.mkdir()
    return filled(open_tables(url))


def same(one: TableStore, other: TableStore) -> None:
    assert one.head == other.head
    assert list(one.events()) == list(other.events())
    for at in range(one.version + 1):
        assert one.sets(at) == other.sets(at)
    for at in (2, 3):
        here, there = one.boundaries("park", at), other.boundaries("park", at)
        assert here and there
        assert_frame_equal(here.table, there.table, check_exact=True)
        assert here.source == there.source
    assert list(one.verify()) == list(other.verify()) == []


def test_the_drill_backup_loss_restore(store: TableStore, url: str, saved: Path) -> None:
    before = store.head
    assert backup(store, saved) == before
    store.write([event(5, "王工")], [parks(1)], [b"late"], expect=4)
    with pytest.raises(DataError) as refusal:
        restore(saved, url)
    assert refusal.value.code == "RESTORE_LATER"
    assert "多 1 个事件" in str(refusal.value)
    assert "王工 于 2026-01-01 10:02:03 已写入 parcel/5" in str(refusal.value)
    assert store.version == 5
    assert restore(saved, url, force=True) == before
    assert store.head == before
    assert list(store.verify(before)) == []
    same(store, open_tables(f"sqlite:///{saved}"))
    assert store.write([event(5)], expect=4) == 5


def test_a_lost_store_comes_back_on_another_machine(
    store: TableStore, saved: Path, tmp_path: Path
) -> None:
    backup(store, saved)
    place = f"sqlite:///{tmp_path}/new.db"
    assert restore(saved, place) == store.head
    same(store, open_tables(place))


def test_an_older_state_of_the_same_record_is_brought_forward(
    store: TableStore, url: str, saved: Path, tmp_path: Path
) -> None:
    early, late = saved, saved.with_name("late.db")
    backup(store, early)
    store.write([event(5)], expect=4)
    backup(store, late)
    restore(early, url, force=True)
    assert restore(late, url)[0] == 5


def test_another_record_is_not_overwritten_unless_told(
    store: TableStore, url: str, saved: Path
) -> None:
    other = open_tables("sqlite://")
    for number in range(6):
        other.write([event(90 + number)], expect=number)
    backup(other, saved)
    with pytest.raises(DataError, match="不是同一份记录") as refusal:
        restore(saved, url)
    assert refusal.value.code == "RESTORE_OTHER"
    assert store.version == 4
    assert restore(saved, url, force=True) == other.head == store.head
    assert store.sets() == {}


@pytest.mark.parametrize(
    "change",
    [
        "update event set data = '{}' where seq = 2",
        "delete from event where seq = 4",
        "update feature set data = replace(data, '园', '院')",
        "update file set data = x'00'",
        "delete from feature where ord = 0",
        "update backup set hash = '0'",
        "delete from backup",
    ],
)
def test_an_altered_backup_is_refused_and_the_store_untouched(
    tmp_path: Path, saved: Path, change: str
) -> None:
    saved.parent.mkdir()
    url = f"sqlite:///{tmp_path}/zone.db"
    store = filled(open_tables(url))
    backup(store, saved)
    with closing(sqlite3.connect(saved)) as db:
        db.execute(change)
        db.commit()
    with pytest.raises(StoreError) as refusal:
        restore(saved, url, force=True)
    assert refusal.value.code == "BACKUP_FAULTY"
    assert store.version == 4
    assert list(store.verify()) == []


def test_a_backup_cut_in_half_or_of_another_kind_is_refused(tmp_path: Path) -> None:
    store, saved = filled(open_tables("sqlite://")), tmp_path / "b.db"
    backup(store, saved)
    whole = saved.read_bytes()
    for content in (whole[: len(whole) // 2], b"hello" * 500, b""):
        saved.write_bytes(content)
        with pytest.raises(StoreError):
            restore(saved, f"sqlite:///{tmp_path}/new.db")
    assert not open_tables(f"sqlite:///{tmp_path}/new.db").version


def test_a_plain_copy_of_the_file_can_be_restored_too(tmp_path: Path) -> None:
    store = filled(open_tables(f"sqlite:///{tmp_path}/zone.db"))
    shutil.copy(tmp_path / "zone.db", tmp_path / "copy.db")
    assert restore(tmp_path / "copy.db", f"sqlite:///{tmp_path}/new.db") == store.head


def test_a_backup_never_writes_over_a_file_and_leaves_no_part(
    store: TableStore, saved: Path
) -> None:
    saved.write_bytes(b"mine")
    with pytest.raises(DataError, match="没有覆盖"):
        backup(store, saved)
    assert saved.read_bytes() == b"mine"
    with pytest.raises(StoreError, match="不存在"):
        backup(store, saved.parent / "nowhere" / "b.db")
    assert [path.name for path in saved.parent.iterdir()] == [saved.name]


def test_a_store_that_does_not_verify_gives_no_backup(tmp_path: Path) -> None:
    store = filled(open_tables(f"sqlite:///{tmp_path}/zone.db"))
    with closing(sqlite3.connect(tmp_path / "zone.db")) as db:
        db.execute("update event set reason = 'x' where seq = 2")
        db.commit()
    with pytest.raises(StoreError, match="第 2 号事件") as refusal:
        backup(store, tmp_path / "b.db")
    assert refusal.value.code == "BACKUP_FAULTY"
    assert [issue.row for issue in refusal.value.issues] == [2]
    assert [path.name for path in tmp_path.iterdir()] == ["zone.db"]


def test_a_store_cannot_be_restored_from_itself(tmp_path: Path) -> None:
    filled(open_tables(f"sqlite:///{tmp_path}/zone.db"))
    with pytest.raises(DataError, match="正在使用"):
        restore(tmp_path / "zone.db", f"sqlite:///{tmp_path}/zone.db", force=True)


def test_migration_there_and_back_ends_with_the_same_head(tmp_path: Path, pg_url: str) -> None:
    start, end = (f"sqlite:///{tmp_path}/{name}.db" for name in ("start", "end"))
    first = filled(open_tables(start))
    assert migrate(start, pg_url) == first.head
    assert migrate(pg_url, end) == first.head
    second, third = open_tables(pg_url), open_tables(end)
    same(first, second)
    same(second, third)
    assert second.file(sha256(PAPER).hexdigest()) == third.file(sha256(PAPER).hexdigest()) == PAPER
    assert second.write([event(5)], expect=4) == third.write([event(5)], expect=4)
    assert second.head == third.head


def test_migration_from_one_server_to_another(pg_url: str, other_pg_url: str) -> None:
    first = filled(open_tables(pg_url))
    assert migrate(pg_url, other_pg_url) == first.head
    same(first, open_tables(other_pg_url))


def test_migration_into_a_store_that_holds_something_is_refused(tmp_path: Path) -> None:
    one, two = (f"sqlite:///{tmp_path}/{name}.db" for name in ("one", "two"))
    filled(open_tables(one))
    open_tables(two).write([event(1)], expect=0)
    with pytest.raises(DataError, match="已有 1 个事件") as refusal:
        migrate(one, two)
    assert refusal.value.code == "MIGRATE_FULL"
    assert open_tables(two).version == 1


def test_migration_from_nowhere_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="不存在"):
        migrate(f"sqlite:///{tmp_path}/none.db", f"sqlite:///{tmp_path}/new.db")
    assert list(tmp_path.iterdir()) == []


def test_migration_from_a_server_without_a_store_makes_none(tmp_path: Path, pg_url: str) -> None:
    for _ in range(2):
        with pytest.raises(StoreError) as refusal:
            migrate(pg_url, f"sqlite:///{tmp_path}/new.db")
        assert refusal.value.code == "STORE_MISSING"


def test_the_shell_backs_up_restores_and_migrates(
    tmp_path: Path, pg_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    url, saved = f"sqlite:///{tmp_path}/zone.db", tmp_path / "b.db"
    zone = open_zone(url)
    told = []
    for command in (
        ["backup", str(saved), "--store", url],
        ["restore", str(saved), "--store", url],
        ["migrate", url, pg_url],
    ):
        assert main([*command, "--json"]) == 0
        told.append(json.loads(capsys.readouterr().out))
    assert {row["version"] for row in told} == {zone.version}
    assert len({row["hash"] for row in told}) == 1
    assert told[0]["place"] == str(saved)
    assert main(["verify", "--store", pg_url, "--json"]) == 0
    capsys.readouterr()
    open_tables(url).write([event(1)], expect=zone.version)
    assert main(["restore", str(saved), "--store", url]) == 2
    assert capsys.readouterr().err.rstrip().endswith("[RESTORE_LATER]")


def test_a_password_is_never_shown() -> None:
    assert shown("postgresql://zone:s3:cr@et@host:5432/db") == "postgresql://zone@host:5432/db"
    assert shown("postgresql://host/db?password=s3cret&x=1") == "postgresql://host/db?password=&x=1"
    assert shown("sqlite:////data/a@b:c.db") == "sqlite:////data/a@b:c.db"


def test_a_full_disk_loses_nothing_and_gives_no_half_backup(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        store = filled(open_tables(f"sqlite:///{disk}/zone.db"))
        before = store.head
        with pytest.raises(StoreError, match="磁盘空间不足") as refusal:
            store.write([event(5)], [parks(1)], [os.urandom(2**20)], expect=4)
        assert refusal.value.code == "STORE_FULL"
        (disk / "ballast").write_bytes(bytes(2**19))
        with pytest.raises(StoreError) as refusal:
            store.write([event(5)], [parks(1)], [os.urandom(2**19)], expect=4)
        assert refusal.value.code == "STORE_FULL"
        (disk / "more").write_bytes(bytes(shutil.disk_usage(disk).free - 8192))
        with pytest.raises(StoreError):
            backup(store, disk / "b.db")
        assert sorted(path.name for path in disk.iterdir()) == ["ballast", "more", "zone.db"]
        assert store.head == before
        assert store.boundaries("park") is not None
        (disk / "ballast").unlink()
        (disk / "more").unlink()
        assert store.write([event(5)], expect=4) == 5
        assert list(store.verify(before)) == []
