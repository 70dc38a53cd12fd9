"""What only a server can do to us: another's schema, rights, loss of the line, a crash."""

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import geopandas as gpd
import psycopg
import pytest
import shapely
from shapely import LineString, MultiPolygon, Point, box

from geo.errors import ConflictError, SettingError, StoreError
from geo.model import Boundaries, Event, Grade, Source
from geo.store import audit, open_store, open_tables, postgis
from geo.store.postgis import PostgisStore
from geo.zone import open_zone
from tests.geo.postgres import Cluster, beside, run
from tests.geo.small_disk import small_disk

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 1, 1, tzinfo=UTC)
SHAPES = [
    box(122.2, 37.4, 122.205, 37.41),
    Point(122.1234567890123, 37.0),
    LineString([(122.1, 37.1), (122.30000000000001, 37.3)]),
    MultiPolygon([box(122, 37, 122.1, 37.1), box(122.2, 37.2, 122.3, 37.3)]),
]


def of(shapes: list[shapely.Geometry], name: str = "park") -> Boundaries:
    columns = {"id": [f"P{i:05}" for i in range(len(shapes))], "name": ["园 𠀀"] * len(shapes)}
    table = gpd.GeoDataFrame(columns, geometry=shapes, crs=4490)
    return Boundaries(name, table, Source("图", Grade.SCHEMATIC, "CC0"))


def event(number: int, by: str = "李") -> Event:
    return Event(f"parcel/{number}", "planned", by, NOW, data={"n": number})


def asked(url: str, question: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as link:
        return link.execute(question.encode()).fetchall()


def test_the_same_writes_leave_the_same_rows_and_hashes_as_in_sqlite(pg_url: str) -> None:
    stores = [open_tables("sqlite://"), open_tables(pg_url)]
    rows = []
    for store in stores:
        store.write([event(1), event(2)], [of(SHAPES)], [b"a", b""], expect=0)
        store.write([event(3)], [of(SHAPES[:2]), of(SHAPES, "unit")], expect=2)
        with store.session() as db:
            rows.append(
                [
                    db.ask("select * from event order by seq"),
                    db.ask("select * from boundaries order by name, since"),
                    db.ask(
                        "select name, since, ord, data, shape, west, south, east, north, hash"
                        " from feature order by name, since, ord"
                    ),
                    db.ask("select * from file order by digest"),
                ]
            )
    assert rows[0] == rows[1]
    assert stores[0].head == stores[1].head


def test_the_zone_opens_on_a_server_as_on_a_file(pg_url: str, zone: object) -> None:
    served, filed = open_zone(pg_url), open_zone("sqlite://")
    assert dict(served.sets()) == dict(filed.sets())
    assert served.summaries() == filed.summaries()
    assert served.identify(122.25, 37.40) == filed.identify(122.25, 37.40)
    assert list(served.verify()) == []


def test_the_database_itself_knows_each_shape_in_epsg_4490(pg_url: str) -> None:
    open_store(pg_url).write([event(1)], [of(SHAPES)], expect=0)
    found = asked(
        pg_url,
        "select st_srid(geom), st_asbinary(geom, 'NDR'), shape from zone.feature order by ord",
    )
    assert [row[0] for row in found] == [4490] * len(SHAPES)
    assert all(shapely.from_wkb(row[1]) == shape for row, shape in zip(found, SHAPES, strict=True))
    with pytest.raises(psycopg.errors.GeneratedAlways):
        run(pg_url, "update zone.feature set geom = st_setsrid(st_point(0, 0), 4490)")


def test_within_answers_as_sqlite_does_to_the_last_digit(pg_url: str) -> None:
    random = Random(7)
    edges = [(random.uniform(122, 122.6), random.uniform(37.2, 37.6)) for _ in range(400)]
    shapes = [box(x, y, x + random.uniform(0, 0.02), y + 1e-7) for x, y in edges]
    stores = [open_tables("sqlite://"), open_tables(pg_url)]
    for store in stores:
        store.write([event(1)], [of(shapes)], expect=0)
    boxes = [shape.bounds for shape in shapes[:60]]  # exactly their own edges
    for shape in shapes[60:120]:  # a hair away, finer than 32 bits can tell
        _, south, east, north = shape.bounds
        boxes.append((east + 1e-12, south, east + 1, north))
    while len(boxes) < 180:
        x, y = random.uniform(122, 122.6), random.uniform(37.2, 37.6)
        boxes.append((x, y, x + random.uniform(0, 0.1), y + random.uniform(0, 0.1)))
    boxes.append((float("-inf"), -90.0, float("inf"), 90.0))
    answers = []
    for store in stores:
        with store.session() as db:
            (head,) = audit.heads(db)
            found = [audit.features(db, head, within) for within in boxes]
        answers.append([[row.ord for row in rows] for rows in found])
    assert answers[0] == answers[1]
    assert {len(rows) for rows in answers[0]} >= {0, 1, 400}


def test_within_goes_by_the_gist_index(pg_url: str) -> None:
    store = PostgisStore(pg_url)
    store.write(
        [event(1)],
        [of([Point(122 + i / 1e4, 37 + i % 100 / 1e3) for i in range(5000)])],
        expect=0,
    )
    run(pg_url, "analyze zone.feature")
    with store.session() as db:
        condition, edges = db.meets((122.1, 37.0, 122.11, 37.01))
        plan = db.ask(
            f"explain select ord from feature where name = ? and since = ? and {condition}",
            ("park", 1, *edges),
        )
    assert any("feature_geom" in row[0] for row in plan), plan


@contextmanager
def objects_kept(url: str) -> Iterator[None]:
    """What is in the database beside our schema must be the same afterwards."""
    question = (
        "select n.nspname, c.relname, c.relkind from pg_class c join pg_namespace n"
        " on n.oid = c.relnamespace where n.nspname !~ '^pg_' order by 1, 2"
    )
    before = asked(url, question)
    yield
    assert asked(url, question) == before


@pytest.mark.parametrize(
    "made",
    [
        "create table zone.parcel (id text)",
        "create table zone.event (id text)",
        "create view zone.v as select 1",
        "create function zone.f() returns int language sql as 'select 1'",
        "create table zone.store (id text)",
        "create table zone.store as select 1196444487 as application, 1 as schema",
        "create table zone.store (application bigint, schema integer)",
    ],
)
def test_the_schema_of_another_program_is_refused_and_untouched(pg_url: str, made: str) -> None:
    run(pg_url, "create schema zone", made)
    with objects_kept(pg_url), pytest.raises(StoreError, match="未作改动") as refusal:
        open_store(pg_url)
    assert refusal.value.code == "STORE_FOREIGN"


def test_nothing_is_made_outside_our_own_schema(pg_url: str) -> None:
    question = (
        "select n.nspname, p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
        " union all select nspname, relname from pg_class c join pg_namespace n"
        " on n.oid = c.relnamespace where nspname <> 'zone' and nspname !~ '^pg_'"
        " union all select '', nspname from pg_namespace where nspname <> 'zone' order by 1, 2"
    )
    before = asked(pg_url, question)
    open_store(pg_url).write([event(1)], [of(SHAPES)], [b"x"], expect=0)
    assert asked(pg_url, question) == before


def test_a_store_of_a_newer_program_is_refused(pg_url: str) -> None:
    store = open_store(pg_url)
    run(pg_url, "update zone.store set schema = 2")
    for act in (lambda: open_store(pg_url), lambda: store.write([event(1)], expect=0)):
        with pytest.raises(StoreError, match="请升级程序") as refusal:
            act()
        assert refusal.value.code == "STORE_NEWER"


def test_a_schema_that_was_dropped_is_told_and_not_made_again(pg_url: str) -> None:
    store = open_store(pg_url)
    run(pg_url, "drop schema zone cascade")
    for act in (lambda: store.version, lambda: store.write([event(1)], expect=0)):
        with pytest.raises(StoreError) as refusal:
            act()
        assert refusal.value.code == "STORE_MISSING"
    assert asked(pg_url, "select to_regnamespace('zone')") == [(None,)]


def test_many_may_open_a_new_store_at_once(pg_url: str) -> None:
    faults: list[StoreError] = []

    def work() -> None:
        try:
            open_store(pg_url)
        except StoreError as error:
            faults.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    assert open_store(pg_url).version == 0


@pytest.fixture
def plain_user(pg_url: str, cluster: Cluster) -> Iterator[str]:
    """URL of a user without any rights but to connect, whom the tests' own server trusts."""
    run(pg_url, "drop role if exists plain", "create role plain login")
    yield re.sub(r"//[^@]*@", "//plain@", pg_url)
    run(pg_url, "drop owned by plain cascade", "drop role plain")


def test_an_empty_schema_of_ones_own_is_enough(pg_url: str, plain_user: str) -> None:
    with pytest.raises(StoreError, match="权限") as refusal:
        open_store(plain_user)
    assert refusal.value.code == "STORE_READONLY"
    run(pg_url, "create schema zone authorization plain")
    store = open_store(plain_user)
    assert store.write([event(1)], [of(SHAPES)], [b"x"], expect=0) == 1
    assert store.boundaries("park", within=(122, 37, 123, 38)) is not None
    assert list(store.verify()) == []


def test_one_who_may_only_read_reads_and_is_told(pg_url: str, plain_user: str) -> None:
    open_store(pg_url).write([event(1)], [of(SHAPES)], expect=0)
    run(
        pg_url,
        "grant usage on schema zone to plain",
        "grant select on all tables in schema zone to plain",
    )
    store = open_store(plain_user)
    assert store.boundaries("park") is not None
    with pytest.raises(StoreError, match="权限") as refusal:
        store.write([event(2)], expect=1)
    assert refusal.value.code == "STORE_READONLY"
    assert store.version == 1


@pytest.fixture
def bare_database(pg_server: str) -> Iterator[str]:
    """A database without PostGIS."""
    run(pg_server, "drop database if exists zone_bare", "create database zone_bare")
    yield beside(pg_server, "zone_bare")
    run(pg_server, "drop database if exists zone_bare with (force)")


def test_postgis_is_added_by_one_who_may_and_asked_for_by_others(
    plain_user: str, bare_database: str
) -> None:
    run(bare_database, "create schema zone authorization plain")
    with pytest.raises(StoreError, match="create extension postgis") as refusal:
        open_store(beside(plain_user, "zone_bare"))
    assert refusal.value.code == "STORE_POSTGIS"
    assert open_store(bare_database).write([event(1)], [of(SHAPES)], expect=0) == 1


def test_postgis_may_live_in_a_schema_of_any_name(bare_database: str) -> None:
    run(bare_database, 'create schema "Geo Tools"', 'create extension postgis schema "Geo Tools"')
    store = open_store(bare_database)
    store.write([event(1)], [of(SHAPES)], expect=0)
    known = store.boundaries("park", within=(122.19, 37.39, 122.2, 37.4))
    assert known is not None
    assert "P00000" in list(known.table["id"])


def test_a_database_of_another_encoding_is_refused(pg_server: str) -> None:
    run(
        pg_server,
        "drop database if exists zone_latin",
        "create database zone_latin template template0 encoding 'LATIN1' locale 'C'",
    )
    with pytest.raises(StoreError, match="UTF8") as refusal:
        open_store(beside(pg_server, "zone_latin"))
    assert refusal.value.code == "STORE_ENCODING"
    run(pg_server, "drop database zone_latin with (force)")


def test_a_wrong_address_is_told_without_its_password(pg_url: str, cluster: Cluster) -> None:
    run(pg_url, "drop role if exists guarded", "create role guarded login password 's3cret'")
    wrong = cluster.url("postgres", "guarded:wr0ng")
    told = {
        wrong: "STORE_LOGIN",
        cluster.url("postgres", "nobody:wr0ng"): "STORE_LOGIN",
        beside(pg_url, "nowhere"): "STORE_MISSING",
        "postgresql://zone:wr0ng@127.0.0.1:1/zone": "STORE_LOST",
        "postgresql://zone:wr0ng@host.invalid/zone": "STORE_LOST",
    }
    for url, code in told.items():
        with pytest.raises(StoreError) as refusal:
            open_store(url)
        assert refusal.value.code == code, url
        assert "wr0ng" not in str(refusal.value)
    with pytest.raises(SettingError) as malformed:
        open_store("postgresql://zone:wr0ng@host:port/db?nonsense=1")
    assert "wr0ng" not in str(malformed.value)
    with pytest.raises(StoreError) as admitted:  # the right password opens the door only
        open_store(beside(wrong, "zone_test").replace("wr0ng", "s3cret"))
    assert admitted.value.code == "STORE_READONLY"
    run(pg_url, "drop role guarded")


def test_a_writer_who_waits_too_long_is_told_busy_and_readers_do_not_wait(
    pg_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_tables(pg_url)
    monkeypatch.setattr(postgis, "_WRITE", postgis._WRITE.replace("'5s'", "'50ms'"))
    with store.session(writing=True):
        assert store.version == 0
        with pytest.raises(StoreError, match="系统忙") as refusal:
            store.write([event(1)], expect=0)
    assert refusal.value.code == "STORE_BUSY"
    assert store.write([event(1)], expect=0) == 1


def test_a_question_that_takes_too_long_is_ended(
    pg_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_tables(pg_url)
    monkeypatch.setattr(postgis, "_READ", postgis._READ.replace("'120s'", "'50ms'"))
    with pytest.raises(StoreError, match="超时") as refusal, store.session() as db:
        db.ask("select pg_sleep(5)")
    assert refusal.value.code == "STORE_SLOW"
    assert store.version == 0


def test_a_reader_sees_one_moment_and_may_not_write(pg_url: str) -> None:
    store = open_tables(pg_url)
    store.write([event(1)], expect=0)
    with store.session() as db:
        assert db.ask("select count(*) from event") == [(1,)]
        store.write([event(2)], expect=1)
        assert db.ask("select count(*) from event") == [(1,)]
    with pytest.raises(StoreError, match="只能读"), store.session() as db:
        db.clear()
    assert store.version == 2


def test_a_failed_write_leaves_nothing_and_the_connection_usable(pg_url: str) -> None:
    store = open_tables(pg_url)
    with pytest.raises(ZeroDivisionError), store.session(writing=True) as db:
        db.add("file", [("0" * 64, b"x")])
        raise ZeroDivisionError
    assert store.file("0" * 64) is None
    assert asked(pg_url, "select count(*) from pg_locks where locktype = 'advisory'") == [(0,)]


def test_connections_cut_by_the_server_are_replaced_unnoticed(pg_url: str) -> None:
    store = open_tables(pg_url)
    store.write([event(1)], expect=0)
    run(
        pg_url,
        "select pg_terminate_backend(pid) from pg_stat_activity"
        " where application_name = 'jingqu-zone-viewer'",
    )
    assert store.version == 1
    assert store.write([event(2)], expect=1) == 2


def test_a_line_cut_in_the_middle_is_told_and_nothing_is_stored(pg_url: str) -> None:
    store = open_tables(pg_url)
    with pytest.raises(StoreError) as refusal, store.session(writing=True) as db:
        db.add("file", [("0" * 64, b"x")])
        cut = db.ask("select pg_backend_pid()")[0][0]
        run(pg_url, f"select pg_terminate_backend({cut})")
        db.ask("select 1")
    assert refusal.value.code == "STORE_LOST"
    assert store.file("0" * 64) is None


def test_a_line_cut_at_the_commit_says_that_the_outcome_is_unknown(pg_url: str) -> None:
    store = open_tables(pg_url)
    with pytest.raises(StoreError, match="不能确定") as refusal, store.session(writing=True) as db:
        cut = db.ask("select pg_backend_pid()")[0][0]
        run(pg_url, f"select pg_terminate_backend({cut})")
        time.sleep(0.1)
    assert refusal.value.code == "STORE_UNSURE"
    assert store.version == 0


def test_a_fork_shares_no_connection_with_its_parent(pg_url: str) -> None:
    store = open_tables(pg_url)
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code = 0 if store.write([event(1)], expect=0) == 1 else 1
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert store.version == 1
    assert store.write([event(2)], expect=1) == 2


def test_a_server_that_stops_is_told_and_found_again(pg_url: str, cluster: Cluster) -> None:
    store = open_tables(pg_url)
    store.write([event(1)], [of(SHAPES)], expect=0)
    cluster.stop()
    try:
        for act in (lambda: store.version, lambda: store.write([event(2)], expect=1)):
            with pytest.raises(StoreError, match="数据库连不上") as refusal:
                act()
            assert refusal.value.code == "STORE_LOST"
        with pytest.raises(StoreError):
            open_store(pg_url)
        assert [issue.code for issue in store.verify()] == ["STORE_LOST"]
    finally:
        cluster.start()
    assert store.version == 1
    assert store.write([event(2)], expect=1) == 2
    assert store.boundaries("park") is not None


def test_a_server_that_crashes_under_a_writer_keeps_what_it_acknowledged(
    pg_url: str, cluster: Cluster
) -> None:
    store, told, done = open_tables(pg_url), [0], threading.Event()

    def work() -> None:
        while not done.is_set():
            try:
                told.append(store.write([event(1)], [of(SHAPES)], [b"x"], expect=store.version))
            except StoreError:
                time.sleep(0.02)
            except ConflictError:  # the crash cut off an answer; look again
                continue

    writer = threading.Thread(target=work)
    writer.start()
    try:
        for _ in range(3):
            time.sleep(0.4)
            before = told[-1]
            cluster.stop("immediate")
            seen = told[-1]
            cluster.start()
            assert before <= seen <= open_tables(pg_url).version
    finally:
        done.set()
        writer.join(60)
    assert len(told) > 3
    assert store.version - told[-1] in (0, 1)
    assert list(store.verify()) == []
    assert [e.subject for e in store.events()] == ["parcel/1"] * store.version


def test_a_full_disk_of_the_server_is_told_and_nothing_is_lost(
    pg_url: str, cluster: Cluster
) -> None:
    database = pg_url.rpartition("/")[2]
    with small_disk(cluster.room / "disk", 4) as disk:
        shutil.chown(disk, "postgres", "postgres")
        ballast = disk / "ballast"
        run(pg_url, f"create tablespace cramped location '{disk}'")
        run(pg_url, f"alter database {database} set default_tablespace = cramped")
        ballast.write_bytes(bytes(2**20))
        store = open_tables(pg_url)
        store.write([event(1)], [of(SHAPES)], expect=0)
        with pytest.raises(StoreError, match="磁盘空间") as refusal:
            store.write([event(2)], [of(SHAPES[:1])], [os.urandom(2**22)], expect=1)
        assert refusal.value.code == "STORE_FULL"
        assert store.version == 1
        assert store.boundaries("park") is not None
        ballast.unlink()
        assert store.write([event(2)], [of(SHAPES[:1])], [b"x"], expect=1) == 2
        assert list(store.verify()) == []
        del store
        run(pg_url, f"alter database {database} reset default_tablespace")
        run(pg_url, "drop schema zone cascade", "drop tablespace cramped")


def test_without_psycopg_the_way_to_get_it_is_told() -> None:
    code = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from geo.store import open_store\n"
        "from geo.errors import StoreError\n"
        "try:\n    open_store('postgresql://zone:s3cret@host/db')\n"
        "except StoreError as error:\n    print(error.code, ascii(str(error)))\n"
        "print(open_store('sqlite://').version)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("STORE_PSYCOPG ")
    assert "psycopg[binary]" in done.stdout
    assert "s3cret" not in done.stdout
    assert done.stdout.endswith("\n0\n")
