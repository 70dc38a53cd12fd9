"""The office's book when it is lost, full, or when the clock jumps: nothing passes unlogged."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import office, people
from geo.errors import GeoError, StoreError
from geo.office import Office, RightsError
from geo.people import Person, Role
from geo.people.fold import LASTS, SKEW
from geo.people.gate import LONGEST, Gate
from geo.zone import DATA
from tests.geo.postgres import Cluster
from tests.geo.small_disk import small_disk

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
WORD = "海风吹过新城的早晨2026"
MATRIX = people.read(DATA / "rules")
HERE = "10.0.0.7"


def filled(url: str) -> Office:
    book = office.open_office(url, MATRIX)
    for id_, name, role in (("root", "管理甲", Role.ADMINISTRATOR), ("zhang", "张某", Role.EDITOR)):
        person = Person(id_, name, frozenset({role}), secret=people.hashed(WORD))
        book.put(person, by="安装", now=NOW)
    return book


@contextmanager
def file_away(path: Path) -> Iterator[None]:
    path.rename(path.with_suffix(".away"))
    try:
        yield
    finally:
        path.with_suffix(".away").rename(path)


@contextmanager
def server_away(cluster: Cluster) -> Iterator[None]:
    cluster.stop()
    try:
        yield
    finally:
        cluster.start()


def lets_nobody_in_and_logs_again_after(book: Office, away: object, code: str) -> None:
    """While it is away nobody is known or let in, and nothing is done that it would not log."""
    token, head = book.admit("zhang", WORD, HERE, NOW), book.head
    acts = (
        lambda: book.inside(token, NOW),
        lambda: book.admit("zhang", WORD, HERE, NOW),
        lambda: book.admit("zhang", "wrong", HERE, NOW),
        lambda: book.welcome("zhang", people.Entrance.HEADER, HERE, NOW),
        lambda: book.leave(token, HERE, NOW),
        lambda: book.note("export:taken", "张某", HERE, now=NOW),
        lambda: book.person("zhang"),
        book.log,
    )
    with away:  # type: ignore[attr-defined]
        for act in acts:
            with pytest.raises(StoreError) as refusal:
                act()
            assert refusal.value.code == code
            assert str(refusal.value).startswith(("数据文件不存在", "数据库连不上"))
    found = book.inside(token, NOW)
    assert found and found.name == "张某"
    assert book.head == head
    book.note("export:taken", "张某", HERE, now=NOW)
    assert (book.head[0], list(book.verify(head))) == (head[0] + 1, [])


def test_a_book_whose_file_is_away_lets_nobody_in_and_goes_on_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    book = filled(f"sqlite:///{path}")
    lets_nobody_in_and_logs_again_after(book, file_away(path), "STORE_MISSING")


def test_a_book_whose_server_is_away_lets_nobody_in_and_goes_on_by_itself(
    pg_url: str, cluster: Cluster
) -> None:
    lets_nobody_in_and_logs_again_after(filled(pg_url), server_away(cluster), "STORE_LOST")


def test_a_book_that_is_away_is_not_replaced_by_an_empty_one(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    book = filled(f"sqlite:///{path}")
    with file_away(path):
        with pytest.raises(StoreError):
            book.note("export:taken", "张某", HERE, now=NOW)
        assert not path.exists()


def test_on_a_full_disk_nobody_is_let_in_and_the_log_stays_whole(tmp_path: Path) -> None:
    with small_disk(tmp_path / "small") as disk:
        book = filled(f"sqlite:///{disk}/office.db")
        token, head = book.admit("zhang", WORD, HERE, NOW), book.head
        stuffing = disk / "stuffing"
        with pytest.raises(OSError, match="No space"), stuffing.open("wb", buffering=0) as out:
            while True:
                out.write(b"x" * 4096)
        for act in (
            lambda: book.admit("zhang", WORD, HERE, NOW),
            lambda: book.note("export:taken", "张某", HERE, {"what": "x" * 9000}, now=NOW),
            lambda: book.leave(token, HERE, NOW),
        ):
            with pytest.raises(StoreError) as refusal:
                act()
            assert refusal.value.code == "STORE_FULL"
        assert book.inside(token, NOW)  # who is in can still be seen: that writes nothing
        assert (book.head, list(book.verify(head))) == (head, [])
        stuffing.unlink()
        book.note("export:taken", "张某", HERE, now=NOW)
        assert list(book.verify(head)) == []


def test_a_clock_that_jumps_shows_in_the_log_whose_order_is_that_of_its_numbers(
    tmp_path: Path,
) -> None:
    book = filled(f"sqlite:///{tmp_path}/office.db")
    for number, jump in enumerate((timedelta(), timedelta(days=400), timedelta(days=-400))):
        book.note(f"export:{number}", "张某", HERE, now=NOW + jump)
    last = book.log()[-3:]
    assert [one.event.verb for one in last] == ["0", "1", "2"]
    assert [one.number for one in last] == [3, 4, 5]
    assert [one.event.at - NOW for one in last] == [
        timedelta(),
        timedelta(days=400),
        timedelta(days=-400),
    ]
    assert list(book.verify()) == []


@pytest.mark.parametrize(
    ("moved", "inside"),
    [(-SKEW, True), (-SKEW - timedelta(seconds=1), False), (LASTS, True)],
)
def test_a_clock_put_right_by_minutes_ends_no_session(
    tmp_path: Path, moved: timedelta, inside: bool
) -> None:
    """A clock set back further would let a session live longer than it may: sign in again."""
    book = filled(f"sqlite:///{tmp_path}/office.db")
    token = book.admit("zhang", WORD, HERE, NOW)
    assert (book.inside(token, NOW + moved) is not None) == inside
    assert book.inside(token, NOW) is not None  # nothing was closed by looking
    again = book.admit("zhang", WORD, HERE, NOW + moved)
    assert book.inside(again, NOW + moved) is not None


def test_a_clock_set_back_shuts_nobody_out(tmp_path: Path) -> None:
    book = filled(f"sqlite:///{tmp_path}/office.db")
    for _ in range(4):
        with pytest.raises(RightsError):
            book.admit("zhang", "wrong", HERE, NOW)
    yesterday = NOW - timedelta(days=1)
    with pytest.raises(GeoError, match="请 3 秒后再试"):
        book.admit("zhang", WORD, HERE, yesterday)
    assert book.admit("zhang", WORD, HERE, yesterday + timedelta(seconds=3))


@given(st.lists(st.tuples(st.booleans(), st.integers(-100_000, 100_000)), max_size=40))
def test_no_wait_is_longer_than_the_longest_however_the_clock_jumps(
    steps: list[tuple[bool, int]],
) -> None:
    gate, now = Gate(), NOW
    for failed, seconds in steps:
        now += timedelta(seconds=seconds)
        if failed:
            gate.failed("name zhang", now)
        pause = gate.wait("name zhang", now)
        assert timedelta() <= pause <= LONGEST
        assert gate.wait("name zhang", now + pause) == timedelta()
