"""Stores that older programs made open today: nothing lost, nothing altered, and work goes on.

How each was made says `tests/data/stores/README.md`; what it must hold was read from the file
with SQLite alone.
"""

import gzip
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from geo import briefing, casework, catalog, ledger, office, people, scenario
from geo.errors import StoreError
from geo.model import Event
from geo.people import Role
from geo.store import open_tables
from geo.store.backup import backup, migrate, restore
from geo.zone import DATA

SAMPLES = Path(__file__).parents[1] / "data" / "stores"
NOW = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
# commit: version and hash of the last event
HEADS = {
    "fa57939": (17, "2a3d44b9a3495fa51dd7eb0345e0f564ab11b7c6bfdd2dd43bf11737e4397341"),
    "b823735": (17, "348771f89c4e403c8ce427c52cb13fc2acc945651a2f156c56ce7b871dadd586"),
    "6128081": (80, "649ded86f50c9f0ff9addde27d2f6b037360dd5982a534732f353054e8c27094"),
    "9da0199": (84, "14638f838d5396ca84951e364a99084946ca3978f12d2a9ddb52dd2c620498e0"),
    "f2baef4": (85, "ede0bace5d42e1e4052758a50ff0be3dfc5a7613d6960b31f7939c9beacd4277"),
    "ad38938": (85, "789233f9984cb130d85e6b49a581d71bd8590e970a40a8d2eeeb2fb7c6776fbc"),
}
BOOKS = {
    "f2baef4": (2, "e1b19ac03e928f5803b295e09313f8de34b8e5dbf5a917a10727f946f4c7af0f"),
    "ad38938": (2, "eb5487cebfa0b2e2a2e52ed924bd31b4929a6e933429a2163748cc42c1466815"),
}
every_store = pytest.mark.parametrize("commit", HEADS)
every_book = pytest.mark.parametrize("commit", BOOKS)
Unpacked = Callable[[str], Path]


@pytest.fixture
def unpacked(tmp_path: Path) -> Unpacked:
    def unpack(name: str) -> Path:
        path = tmp_path / f"{name}.db"
        path.write_bytes(gzip.decompress((SAMPLES / f"{name}.db.gz").read_bytes()))
        return path

    return unpack


def raw(path: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(question).fetchall()


@every_store
def test_an_older_store_is_sound_and_shows_the_records_that_stand_in_its_file(
    unpacked: Unpacked, commit: str
) -> None:
    path = unpacked(commit)
    written = raw(path, 'select subject, verb, "by", reason, document from event order by seq')
    store = open_tables(f"sqlite:///{path}")
    assert store.head == HEADS[commit]
    assert list(store.verify(HEADS[commit])) == []
    read = [(one.subject, one.verb, one.by, one.reason, one.document) for one in store.events()]
    assert read == written
    held = {name: store.boundaries(name) for name in store.sets()}
    counts = {name: len(one.table) for name, one in held.items() if one}
    counted = raw(path, "select name, count(*) from feature group by name")
    assert counts == {str(name): count for name, count in counted}
    for (digest,) in raw(path, "select digest from file"):
        assert store.file(str(digest))


@every_store
def test_an_older_store_takes_up_what_ships_today_and_goes_on(
    unpacked: Unpacked, commit: str
) -> None:
    path, (version, hash_) = unpacked(commit), HEADS[commit]
    zone = ledger.open_zone(f"sqlite:///{path}")
    shipped = zone.catalog.shipped
    assert set(shipped) <= set(zone.sets())
    for name, entry in shipped.items():
        last = list(zone.events(f"boundaries/{name}"))[-1]
        assert last.data.get("fingerprint") == catalog.fingerprint(entry)
    was = zone.version
    zone.record([Event("parcel/N-1", "noted", "张工", NOW, reason="升级后第一笔")], expect=was)
    store = open_tables(f"sqlite:///{path}")
    assert (store.version, list(store.verify((version, hash_)))) == (was + 1, [])
    assert ledger.open_zone(f"sqlite:///{path}").version == was + 1  # nothing is brought in twice


@pytest.mark.parametrize("commit", ["6128081", "9da0199", "f2baef4", "ad38938"])
def test_parcels_cases_scenarios_and_meetings_of_an_older_store_are_still_told(
    unpacked: Unpacked, commit: str
) -> None:
    zone = ledger.open_zone(f"sqlite:///{unpacked(commit)}")
    parcel = ledger.book(zone).supply.parcel("E-1", NOW.date())
    assert parcel and (parcel.status, parcel.fields["area_m2"]) == ("reserve", 12000.5)
    if commit == "6128081":
        return
    asked = [one.number for one in casework.archive(zone)]
    assert sorted(asked) == ["XZ-2026-0001", "XZ-2026-0002", "XZ-2026-0003"]
    (kept,) = scenario.listed(zone)
    outcome = scenario.opened(zone, kept.id)
    assert (kept.id, len(outcome.use)) == ("PZ-2026-0001", len(outcome.prepared.land))
    titles = [one.title.zh for one in briefing.snapshots(zone)]
    assert titles == ([] if commit == "9da0199" else ["一季度例会"])


@every_store
def test_an_older_store_is_backed_up_and_restored(
    unpacked: Unpacked, commit: str, tmp_path: Path
) -> None:
    old = open_tables(f"sqlite:///{unpacked(commit)}")
    saved, drill = tmp_path / "saved.db", f"sqlite:///{tmp_path / 'drill.db'}"
    assert backup(old, saved) == HEADS[commit]
    restore(saved, drill)
    assert open_tables(drill).head == HEADS[commit]


@every_store
def test_an_older_store_moves_into_a_server(unpacked: Unpacked, commit: str, pg_url: str) -> None:
    migrate(f"sqlite:///{unpacked(commit)}", pg_url)
    store = open_tables(pg_url)
    assert (store.head, list(store.verify())) == (HEADS[commit], [])


@every_book
def test_an_older_book_lets_its_people_in_and_goes_on(unpacked: Unpacked, commit: str) -> None:
    url = f"sqlite:///{unpacked(f'{commit}.office')}"
    book = office.open_office(url, people.read(DATA / "rules"))
    assert book.head == BOOKS[commit]
    roles = {id_: one.roles for id_, one in book.people.persons.items()}
    assert roles == {
        "root": frozenset({Role.ADMINISTRATOR}),
        "li": frozenset({Role.EDITOR, Role.APPROVER}),
    }
    token = book.admit("root", "a sample password 1", "10.0.0.1", NOW)
    found = book.inside(token, NOW)
    assert found and found.must_change
    assert list(book.verify(BOOKS[commit])) == []
    assert [one.event.verb for one in book.log()] == ["set", "set", "opened"]


@every_book
def test_an_older_book_is_backed_up_and_moves_into_a_server(
    unpacked: Unpacked, commit: str, pg_url: str, tmp_path: Path
) -> None:
    url = f"sqlite:///{unpacked(f'{commit}.office')}"
    assert backup(open_tables(url), tmp_path / "saved.db") == BOOKS[commit]
    migrate(url, pg_url)
    book = office.open_office(pg_url, people.read(DATA / "rules"))
    assert (book.head, list(book.verify())) == (BOOKS[commit], [])


@pytest.mark.parametrize("name", ["ad38938", "ad38938.office"])
def test_what_a_newer_program_made_is_refused_and_untouched(unpacked: Unpacked, name: str) -> None:
    path = unpacked(name)
    with closing(sqlite3.connect(path)) as db:
        db.execute("pragma user_version = 2")
    before = path.read_bytes()
    with pytest.raises(StoreError, check=lambda error: error.code == "STORE_NEWER"):
        open_tables(f"sqlite:///{path}")
    assert path.read_bytes() == before
