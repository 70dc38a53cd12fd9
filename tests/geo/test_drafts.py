"""Unsaved work is kept for its person alone, the last wins, and it never touches the record."""

import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import DataError, StoreError
from geo.store import open_tables
from geo.store.backup import backup, migrate
from geo.store.draft import Drafts, Unsaved, open_drafts
from tests.geo.postgres import Cluster
from tests.geo.small_disk import small_disk
from tests.geo.small_store import event, parks

NOW = datetime(2026, 3, 2, 2, 32, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgis"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A store with one event and one set, in each kind."""
    server = request.param == "postgis"
    found = str(request.getfixturevalue("pg_url")) if server else f"sqlite:///{tmp_path}/zone.db"
    open_tables(found).write([event(1)], [parks()], expect=0)
    return found


@pytest.fixture
def drafts(url: str) -> Drafts:
    return open_drafts(url)


def work(place: str, owner: str = "zhang", at: datetime = NOW, base: int = 1) -> Unsaved:
    return Unsaved(owner, place, at, base, f"题 {place}")


def places(drafts: Drafts, owner: str = "zhang", now: datetime = NOW) -> list[str]:
    return [one.place for one in drafts.held(owner, now)]


def test_work_comes_back_to_whoever_did_it_in_another_process_of_the_office(
    drafts: Drafts, url: str
) -> None:
    told = {"locks": {"G-1": "trade"}, "name": "东部“方案”\ud800\x00", "areas": [[122.25, 37.41]]}
    drafts.keep(work("scenario/a"), told)
    other = open_drafts(url)
    assert other.held("zhang", NOW) == [work("scenario/a")]
    assert other.data("zhang", "scenario/a") == told


def test_nobody_sees_the_work_of_another(drafts: Drafts) -> None:
    drafts.keep(work("scenario/a"), {"of": "zhang"})
    drafts.keep(work("scenario/a", "li"), {"of": "li"})
    drafts.drop("li", "scenario/a")
    assert (places(drafts, "li"), drafts.data("li", "scenario/a")) == ([], None)
    assert drafts.data("zhang", "scenario/a") == {"of": "zhang"}


def test_the_last_kept_wins_and_stands_first_whatever_the_clock_says(drafts: Drafts) -> None:
    drafts.keep(work("story/1"), {"turn": 1})
    drafts.keep(work("site/b"), {})
    drafts.keep(work("story/1", at=NOW - timedelta(hours=3), base=2), {"turn": 2})
    assert places(drafts) == ["story/1", "site/b"]
    assert drafts.data("zhang", "story/1") == {"turn": 2}
    assert drafts.held("zhang", NOW)[0].base == 2


def test_twenty_are_kept_of_a_person_and_the_oldest_goes(drafts: Drafts) -> None:
    drafts.keep(work("site/of-li", "li"), {})
    for number in range(22):
        drafts.keep(work(f"site/{number}"), {})
    assert places(drafts) == [f"site/{number}" for number in range(21, 1, -1)]
    assert places(drafts, "li") == ["site/of-li"]


def test_work_is_kept_for_fourteen_days(drafts: Drafts) -> None:
    drafts.keep(work("site/old"), {})
    assert places(drafts, now=NOW + timedelta(days=14)) == ["site/old"]
    later = NOW + timedelta(days=14, seconds=1)
    assert places(drafts, now=later) == []
    drafts.keep(work("site/new", at=later), {})
    assert places(drafts, now=NOW) == ["site/new"]  # what is past its time is gone for good


def test_what_is_too_big_or_no_json_is_refused_and_what_was_kept_stays(drafts: Drafts) -> None:
    drafts.keep(work("story/1"), {"text": "一"})
    for bad, code in (({"text": "x" * 2_000_000}, "DRAFT_BIG"), ({"a": NOW}, "DRAFT_FORM")):
        with pytest.raises(DataError) as refusal:
            drafts.keep(work("story/1"), bad)
        assert refusal.value.code == code
    assert drafts.data("zhang", "story/1") == {"text": "一"}


def test_what_is_dropped_is_gone(drafts: Drafts) -> None:
    drafts.keep(work("story/1"), {})
    drafts.drop("zhang", "story/1")
    drafts.drop("zhang", "story/1")
    assert (places(drafts), drafts.data("zhang", "story/1")) == ([], None)


def test_the_record_its_backup_and_its_copy_know_nothing_of_unsaved_work(
    drafts: Drafts, url: str, tmp_path: Path
) -> None:
    store = open_tables(url)
    before = store.head
    drafts.keep(work("story/1"), {"secret": "尚未保存的话"})
    assert (store.head, list(store.verify())) == (before, [])
    assert backup(store, tmp_path / "saved.db") == before
    assert (
        "尚未保存".encode("ascii", "backslashreplace") not in (tmp_path / "saved.db").read_bytes()
    )
    migrate(url, f"sqlite:///{tmp_path / 'moved.db'}")
    assert not (tmp_path / "moved.drafts.db").exists()


def test_two_processes_that_open_and_keep_at_once_lose_nothing(url: str) -> None:
    faults: list[Exception] = []

    def one(owner: str) -> None:
        try:
            mine = open_drafts(url)
            for number in range(10):
                mine.keep(work(f"site/{number}", owner), {"n": number})
        except StoreError as error:
            faults.append(error)

    threads = [threading.Thread(target=one, args=(owner,)) for owner in ("a", "b", "c")]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert not faults
    assert [len(places(open_drafts(url), owner)) for owner in ("a", "b", "c")] == [10, 10, 10]


def test_a_file_that_is_lost_is_told_once_and_made_anew(tmp_path: Path) -> None:
    open_tables(f"sqlite:///{tmp_path}/zone.db")
    drafts = open_drafts(f"sqlite:///{tmp_path}/zone.db")
    drafts.keep(work("site/a"), {})
    (tmp_path / "zone.drafts.db").rename(tmp_path / "away.db")
    with pytest.raises(StoreError, check=lambda error: error.code == "STORE_MISSING"):
        drafts.keep(work("site/b"), {})
    drafts.keep(work("site/b"), {})
    assert places(drafts) == ["site/b"]


def test_a_file_of_another_program_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / "zone.drafts.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("create table other (a)")
    before = path.read_bytes()
    with pytest.raises(StoreError, check=lambda error: error.code == "STORE_FOREIGN"):
        open_drafts(f"sqlite:///{tmp_path}/zone.db")
    assert path.read_bytes() == before


def test_a_full_disk_is_told_and_what_was_kept_stays(tmp_path: Path) -> None:
    with small_disk(tmp_path / "small") as disk:
        drafts = open_drafts(f"sqlite:///{disk}/zone.db")
        drafts.keep(work("site/a"), {"n": 1})
        with pytest.raises(StoreError, check=lambda error: error.code == "STORE_FULL"):
            drafts.keep(work("site/b"), {"text": "x" * 1_900_000})
        assert drafts.data("zhang", "site/a") == {"n": 1}
        drafts.keep(work("site/a"), {"n": 2})


def test_a_server_that_is_away_is_told_and_found_again(pg_url: str, cluster: Cluster) -> None:
    open_tables(pg_url)
    drafts = open_drafts(pg_url)
    drafts.keep(work("site/a"), {"n": 1})
    cluster.stop()
    try:
        with pytest.raises(StoreError, check=lambda error: error.code == "STORE_LOST"):
            drafts.keep(work("site/a"), {"n": 2})
    finally:
        cluster.start()
    assert drafts.data("zhang", "site/a") == {"n": 1}
    drafts.keep(work("site/a"), {"n": 3})


def test_beside_a_store_in_memory_it_is_kept_in_memory() -> None:
    drafts = open_drafts("sqlite://")
    drafts.keep(work("site/a"), {"n": 1})
    assert drafts.data("zhang", "site/a") == {"n": 1}


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.booleans() | st.none()))
def test_any_work_comes_back_to_the_character(told: dict[str, object]) -> None:
    drafts = open_drafts("sqlite://")
    drafts.keep(work("site/a"), told)
    assert drafts.data("zhang", "site/a") == told
