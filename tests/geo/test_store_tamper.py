"""Rows changed behind our back, in both kinds of store: found by `verify`, never shown."""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from geo.chronicle import head_of
from geo.errors import DataError, Issue, StoreError
from geo.model import Seal
from geo.store import open_tables
from geo.store.sqlite import SqliteStore
from geo.store.tables import TableStore
from tests.geo.small_store import event, parks


@dataclass
class Kept:
    """A store, and the way past it to its tables."""

    store: TableStore
    ask: Callable[..., list[Any]]
    zero: str

    def raw(self, *statements: str) -> None:
        self.ask(*(one.replace("{zero}", self.zero) for one in statements))

    def events(self) -> list[Any]:
        return self.ask("select * from event order by seq")


def sqlite_way(path: Path) -> Callable[..., list[Any]]:
    def ask(*statements: str) -> list[Any]:
        with closing(sqlite3.connect(path)) as db:
            rows = [db.execute(one).fetchall() for one in statements]
            db.commit()
        return rows[-1]

    return ask


def postgis_way(url: str) -> Callable[..., list[Any]]:
    def ask(*statements: str) -> list[Any]:
        with psycopg.connect(url) as link:
            # A superuser who goes past foreign keys, as a file's editor can.
            link.execute("set session_replication_role = replica; set search_path = zone")
            done = [link.execute(one.encode()) for one in statements]
            return done[-1].fetchall() if done[-1].description else []

    return ask


@pytest.fixture(params=["sqlite", "postgis"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Kept:
    """Seven events; a set of three parks and a file came with the seventh."""
    if request.param == "sqlite":
        path = tmp_path / "zone.db"
        kept = Kept(open_tables(f"sqlite:///{path}"), sqlite_way(path), "x'00'")
    else:
        url = request.getfixturevalue("pg_url")
        kept = Kept(open_tables(url), postgis_way(url), r"'\x00'::bytea")
    for number in range(1, 7):
        kept.store.write([event(number)], expect=number - 1)
    kept.store.write([event(7)], [parks()], [b"paper"], expect=6)
    return kept


def found(issues: Sequence[Issue]) -> set[tuple[str, int]]:
    return {(issue.code, issue.row) for issue in issues}


def test_the_chain_can_be_recomputed_with_nothing_but_json_and_sha256(kept: Kept) -> None:
    rows = kept.events()
    previous = "0" * 64
    for row in rows:
        text = json.dumps([*row[:10], previous], ensure_ascii=False, separators=(",", ":"))
        assert row[10] == previous
        assert row[11] == hashlib.sha256(text.encode()).hexdigest()
        previous = row[11]
    assert kept.store.head == (7, previous)
    assert list(kept.store.verify()) == []


@pytest.mark.parametrize(
    "column", ["subject", "verb", '"by"', "at", '"on"', "data", "reason", "document", "holds"]
)
def test_an_edited_event_is_named(kept: Kept, column: str) -> None:
    kept.raw(f"update event set {column} = '{{}}' || coalesce({column}, '') where seq = 3")
    assert ("EVENT_EDITED", 3) in found(kept.store.verify())
    assert {row for _, row in found(kept.store.verify())} == {3}


def test_an_edited_event_whose_hash_was_made_good_breaks_the_next(kept: Kept) -> None:
    forge(kept, 3, 3)
    assert found(kept.store.verify()) == {("EVENT_CHAIN", 4)}


def test_a_deleted_event_is_named(kept: Kept) -> None:
    kept.raw("delete from event where seq = 3")
    assert found(kept.store.verify()) == {("EVENT_MISSING", 3)}


def test_a_middle_cut_out_is_named_from_first_to_last(kept: Kept) -> None:
    kept.raw("delete from event where seq between 3 and 5")
    (issue,) = kept.store.verify()
    assert "3–5" in issue.message


def test_swapped_events_are_named(kept: Kept) -> None:
    kept.raw(
        "update event set seq = -1 where seq = 3",
        "update event set seq = 3 where seq = 4",
        "update event set seq = 4 where seq = -1",
    )
    assert {("EVENT_EDITED", 3), ("EVENT_EDITED", 4)} <= found(kept.store.verify())


def test_an_inserted_event_is_named_even_if_it_fits_the_one_before(kept: Kept) -> None:
    kept.raw(
        "update event set seq = -seq where seq > 3",
        "update event set seq = 1 - seq where seq < 0",
    )
    forge(kept, 3, 4)
    rows = {row for _, row in found(kept.store.verify())}
    assert 5 in rows  # the first that no longer follows
    assert 3 not in rows


def forge(kept: Kept, model: int, seq: int) -> None:
    """Write an event `seq` like `model`, with another verb and a hash that is right for it."""
    row = kept.events()[model - 1]
    new = [seq, row[1], "forged", *row[3:11]]
    if seq != model:
        new[10] = row[11]
    text = json.dumps(new, ensure_ascii=False, separators=(",", ":"))
    new.append(hashlib.sha256(text.encode()).hexdigest())
    values = ",".join("null" if one is None else f"'{one}'" for one in new)
    kept.raw(f"delete from event where seq = {seq}", f"insert into event values ({values})")


def test_a_cut_tail_shows_only_against_a_head_noted_earlier(kept: Kept) -> None:
    noted = kept.store.head
    kept.raw("delete from file", "delete from feature", "delete from boundaries")
    kept.raw("delete from event where seq > 5")
    assert list(kept.store.verify()) == []
    (issue,) = kept.store.verify(noted)
    assert issue.code == "EVENT_TAIL"
    assert "6–7" in issue.message
    kept.store.write([event(6)], expect=5)
    kept.store.write([event(99)], expect=6)
    assert [issue.code for issue in kept.store.verify(noted)] == ["EVENT_HEAD"]


def test_a_cut_tail_shows_against_a_head_as_a_document_prints_it(kept: Kept) -> None:
    number, digest = kept.store.head
    assert kept.store.head_at(7) == f"7:{digest}"
    assert kept.store.head_at(3) == f"3:{kept.events()[2][11]}"
    known = head_of(Seal(kept.store.head_at(7)).say().removeprefix("校验值 "))
    assert known == (number, digest[:16])
    assert list(kept.store.verify(known)) == []
    assert [one.code for one in kept.store.verify((7, "0" * 16))] == ["EVENT_HEAD"]
    kept.raw("delete from file", "delete from feature", "delete from boundaries")
    kept.raw("delete from event where seq > 6")
    assert [one.code for one in kept.store.verify(known)] == ["EVENT_TAIL"]
    with pytest.raises(DataError) as error:
        kept.store.head_at(7)
    assert error.value.code == "VERSION"


@pytest.mark.parametrize(
    "change",
    [
        "update feature set data = replace(data, '园', '院') where ord = 1",
        "update feature set shape = (select shape from feature where ord = 0) where ord = 1",
        "update feature set west = west + 0.001 where ord = 1",
        "update feature set ord = 9 where ord = 1",
        "delete from feature where ord = 1",
        "insert into feature (name, since, ord, data, shape, west, south, east, north, hash)"
        " select name, since, 9, data, shape, west, south, east, north, hash"
        " from feature where ord = 1",
        "update boundaries set source = replace(source, 'schematic', 'official')",
        "update boundaries set columns = replace(columns, 'name', 'nome')",
        "update boundaries set digest = '0'",
    ],
)
def test_a_set_that_was_altered_is_not_shown_and_is_named(kept: Kept, change: str) -> None:
    kept.raw(change)
    with pytest.raises(StoreError, match="数据校验不符，已停用该图层，请从备份恢复") as refusal:
        kept.store.boundaries("park")
    assert refusal.value.code == "STORE_DIGEST"
    assert any("park" in issue.message for issue in kept.store.verify())
    assert kept.store.version == 7


def test_an_altered_feature_is_not_shown_by_its_box_either(kept: Kept) -> None:
    kept.raw("update feature set data = replace(data, '园', '院') where ord = 1")
    near, far = (122.2, 37.4, 122.212, 37.41), (122.2, 37.4, 122.201, 37.41)
    with pytest.raises(StoreError, match="校验不符"):
        kept.store.boundaries("park", within=near)
    assert kept.store.boundaries("park", within=far) is not None


def test_a_set_altered_together_with_its_digest_is_betrayed_by_the_chain(kept: Kept) -> None:
    other = SqliteStore(":memory:")
    other.write([event(1)], [parks(2)], expect=0)
    with other.session() as db:
        ((digest,),) = db.ask("select digest from boundaries")
    kept.raw(
        "delete from feature where ord = 2",
        f"update boundaries set count = 2, digest = '{digest}'",
    )
    assert [issue.code for issue in kept.store.verify()] == ["SET_UNKNOWN"]


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ("delete from boundaries", {"SET_MISSING", "FEATURE_ORPHAN"}),
        ("update boundaries set since = 9", {"SET_FUTURE", "FEATURE_ORPHAN", "SET_MISSING"}),
        ("update file set data = {zero}", {"STORE_DIGEST"}),
        ("update file set digest = 'ab'", {"STORE_DIGEST", "FILE_UNKNOWN", "FILE_MISSING"}),
        ("delete from file", {"FILE_MISSING"}),
    ],
)
def test_what_does_not_belong_together_is_named(kept: Kept, change: str, codes: set[str]) -> None:
    kept.raw(change)
    assert codes <= {issue.code for issue in kept.store.verify()}


def test_an_altered_file_is_not_given_out_and_storing_it_again_heals_it(kept: Kept) -> None:
    kept.raw("update file set data = {zero}")
    digest = hashlib.sha256(b"paper").hexdigest()
    with pytest.raises(StoreError, match="校验不符"):
        kept.store.file(digest)
    kept.store.write([event(8)], files=[b"paper"], expect=7)
    assert kept.store.file(digest) == b"paper"
    assert list(kept.store.verify()) == []
