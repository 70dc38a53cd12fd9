"""What the SQLite file itself must stand: tampering, foreign files, faults of the disk."""

import hashlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import geopandas as gpd
import pytest
from shapely import box

from geo.errors import Issue, StoreError
from geo.model import Boundaries, Event, Grade, Source
from geo.store import sqlite
from geo.store.sqlite import SqliteStore

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def parks(count: int = 3) -> Boundaries:
    shapes = [box(122.2 + i / 100, 37.4, 122.205 + i / 100, 37.41) for i in range(count)]
    columns = {"id": [f"P{i}" for i in range(count)], "name": ["园"] * count}
    table = gpd.GeoDataFrame(columns, geometry=shapes, crs=4490)
    return Boundaries("park", table, Source("图", Grade.SCHEMATIC, "CC0"))


def event(number: int) -> Event:
    return Event(f"parcel/{number}", "planned", "李", NOW, data={"n": number})


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


def found(issues: Sequence[Issue]) -> set[tuple[str, int]]:
    return {(issue.code, issue.row) for issue in issues}


def test_the_chain_can_be_recomputed_with_nothing_but_json_and_sha256(
    store: SqliteStore, path: Path
) -> None:
    with closing(sqlite3.connect(path)) as db:
        rows = db.execute("select * from event order by seq").fetchall()
    previous = "0" * 64
    for row in rows:
        text = json.dumps([*row[:10], previous], ensure_ascii=False, separators=(",", ":"))
        assert row[10] == previous
        assert row[11] == hashlib.sha256(text.encode()).hexdigest()
        previous = row[11]
    assert store.head == (7, previous)
    assert list(store.verify()) == []


@pytest.mark.parametrize(
    "column", ["subject", "verb", '"by"', "at", '"on"', "data", "reason", "document", "holds"]
)
def test_an_edited_event_is_named(store: SqliteStore, path: Path, column: str) -> None:
    raw(path, f"update event set {column} = '{{}}' || coalesce({column}, '') where seq = 3")
    assert ("EVENT_EDITED", 3) in found(store.verify())
    assert {row for _, row in found(store.verify())} == {3}


def test_an_edited_event_whose_hash_was_made_good_breaks_the_next(
    store: SqliteStore, path: Path
) -> None:
    forge(path, 3, 3)
    assert found(store.verify()) == {("EVENT_CHAIN", 4)}


def test_a_deleted_event_is_named(store: SqliteStore, path: Path) -> None:
    raw(path, "delete from event where seq = 3")
    assert found(store.verify()) == {("EVENT_MISSING", 3)}


def test_a_middle_cut_out_is_named_from_first_to_last(store: SqliteStore, path: Path) -> None:
    raw(path, "delete from event where seq between 3 and 5")
    (issue,) = store.verify()
    assert "3–5" in issue.message


def test_swapped_events_are_named(store: SqliteStore, path: Path) -> None:
    raw(
        path,
        "update event set seq = -1 where seq = 3",
        "update event set seq = 3 where seq = 4",
        "update event set seq = 4 where seq = -1",
    )
    assert {("EVENT_EDITED", 3), ("EVENT_EDITED", 4)} <= found(store.verify())


def test_an_inserted_event_is_named_even_if_it_fits_the_one_before(
    store: SqliteStore, path: Path
) -> None:
    raw(
        path,
        "update event set seq = -seq where seq > 3",
        "update event set seq = 1 - seq where seq < 0",
    )
    forge(path, 3, 4)
    rows = {row for _, row in found(store.verify())}
    assert 5 in rows  # the first that no longer follows
    assert 3 not in rows


def forge(path: Path, model: int, seq: int) -> None:
    """Write an event `seq` like `model`, with another verb and a hash that is right for it."""
    with closing(sqlite3.connect(path)) as db:
        (row,) = db.execute("select * from event where seq = ?", (model,)).fetchall()
        new = [seq, row[1], "forged", *row[3:11]]
        if seq != model:
            new[10] = row[11]
        text = json.dumps(new, ensure_ascii=False, separators=(",", ":"))
        new.append(hashlib.sha256(text.encode()).hexdigest())
        db.execute(f"replace into event values ({','.join('?' * 12)})", new)
        db.commit()


def test_a_cut_tail_shows_only_against_a_head_noted_earlier(store: SqliteStore, path: Path) -> None:
    noted = store.head
    raw(path, "delete from file", "delete from feature", "delete from boundaries")
    raw(path, "delete from event where seq > 5")
    assert list(store.verify()) == []
    (issue,) = store.verify(noted)
    assert issue.code == "EVENT_TAIL"
    assert "6–7" in issue.message
    store.write([event(6)], expect=5)
    store.write([event(99)], expect=6)
    assert [issue.code for issue in store.verify(noted)] == ["EVENT_HEAD"]


@pytest.mark.parametrize(
    "change",
    [
        "update feature set data = replace(data, '园', '院') where ord = 1",
        "update feature set shape = (select shape from feature where ord = 0) where ord = 1",
        "update feature set west = west + 0.001 where ord = 1",
        "update feature set ord = 9 where ord = 1",
        "delete from feature where ord = 1",
        "insert into feature select name, since, 9, data, shape, west, south, east, north, hash"
        " from feature where ord = 1",
        "update boundaries set source = replace(source, 'schematic', 'official')",
        "update boundaries set columns = replace(columns, 'name', 'nome')",
        "update boundaries set digest = '0'",
    ],
)
def test_a_set_that_was_altered_is_not_shown_and_is_named(
    store: SqliteStore, path: Path, change: str
) -> None:
    raw(path, change)
    with pytest.raises(StoreError, match="数据校验不符，已停用该图层，请从备份恢复") as refusal:
        store.boundaries("park")
    assert refusal.value.code == "STORE_DIGEST"
    assert any("park" in issue.message for issue in store.verify())
    assert store.version == 7


def test_an_altered_feature_is_not_shown_by_its_box_either(store: SqliteStore, path: Path) -> None:
    raw(path, "update feature set data = replace(data, '园', '院') where ord = 1")
    near, far = (122.2, 37.4, 122.212, 37.41), (122.2, 37.4, 122.201, 37.41)
    with pytest.raises(StoreError, match="校验不符"):
        store.boundaries("park", within=near)
    assert store.boundaries("park", within=far) is not None


def test_a_set_altered_together_with_its_digest_is_betrayed_by_the_chain(
    store: SqliteStore, path: Path
) -> None:
    other = SqliteStore(":memory:")
    other.write([event(1)], [parks(2)], expect=0)
    with other.session() as db:
        ((digest,),) = db.ask("select digest from boundaries")
    raw(
        path,
        "delete from feature where ord = 2",
        f"update boundaries set count = 2, digest = '{digest}'",
    )
    assert [issue.code for issue in store.verify()] == ["SET_UNKNOWN"]


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ("delete from boundaries", {"SET_MISSING", "FEATURE_ORPHAN"}),
        ("update boundaries set since = 9", {"SET_FUTURE", "FEATURE_ORPHAN", "SET_MISSING"}),
        ("update file set data = x'00'", {"STORE_DIGEST"}),
        ("update file set digest = 'ab'", {"STORE_DIGEST", "FILE_UNKNOWN", "FILE_MISSING"}),
        ("delete from file", {"FILE_MISSING"}),
    ],
)
def test_what_does_not_belong_together_is_named(
    store: SqliteStore, path: Path, change: str, codes: set[str]
) -> None:
    raw(path, change)
    assert codes <= {issue.code for issue in store.verify()}


def test_an_altered_file_is_not_given_out_and_storing_it_again_heals_it(
    store: SqliteStore, path: Path
) -> None:
    raw(path, "update file set data = x'00'")
    digest = hashlib.sha256(b"paper").hexdigest()
    with pytest.raises(StoreError, match="校验不符"):
        store.file(digest)
    store.write([event(8)], files=[b"paper"], expect=7)
    assert store.file(digest) == b"paper"
    assert list(store.verify()) == []


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
