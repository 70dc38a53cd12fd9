"""The board in the office's book: who may read, answer and settle; the same in each store."""

import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from geo import office, people, remarks, settings
from geo.errors import GeoError
from geo.office import Boards, Visit
from geo.people import Person, Role
from geo.remarks import Draft, Kind, News, Place, State
from geo.store import open_tables
from geo.zone import DATA, open_zone

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
MATRIX = people.read(DATA / "rules")
HERE = Place(122.17, 37.42, "unit-1", "park", "P05", "某园区")


def visit(id_: str, *roles: Role, **more: Any) -> Visit:
    return Visit(Person(id_, f"名{id_}", frozenset(roles), **more), "10.0.0.5")


VIEW, OTHER = visit("view", Role.VIEWER), visit("other", Role.VIEWER)
EDIT, ROOT = visit("edit", Role.EDITOR), visit("root", Role.ADMINISTRATOR)
TOWN = visit("town", Role.EDITOR, units=frozenset({"unit-2"}))
LOW = visit("low", Role.VIEWER, clearance="公开")
TOP = visit("top", Role.VIEWER, clearance="机密")


def refused(code: str) -> Any:
    return pytest.raises(GeoError, check=lambda error: error.code == code)


@pytest.fixture(params=["sqlite", "postgis"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where the book is kept, in each kind of store."""
    if request.param == "postgis":
        return str(request.getfixturevalue("pg_url"))
    return f"sqlite:///{tmp_path / 'office.db'}"


@pytest.fixture
def boards(url: str) -> Boards:
    return office.open_boards(url, MATRIX)


def pinned(boards: Boards, by: Visit = VIEW, **more: Any) -> int:
    return boards.write(by, Draft(Kind.COMMENT, "路不对", HERE, **more), NOW)


def test_a_comment_is_asked_answered_settled_and_opened_again(boards: Boards, url: str) -> None:
    number = pinned(boards)
    boards.answer(EDIT, number, "在查", NOW)
    assert boards.board.remarks[number].state is State.ANSWERED
    boards.answer(VIEW, number, "还没有", NOW)
    assert boards.board.remarks[number].state is State.OPEN
    boards.answer(OTHER, number, "我也看到", NOW)
    boards.settle(VIEW, number, closed=True, now=NOW)
    with refused("REMARK_CLOSED"):
        boards.answer(EDIT, number, "晚了", NOW)
    boards.settle(EDIT, number, closed=False, now=NOW)
    again = office.open_boards(url, MATRIX).board.remarks[number]
    assert (again.state, [one.text for one in again.replies]) == (
        State.ANSWERED,
        ["在查", "还没有", "我也看到"],
    )
    assert not open_tables(url).verify()
    event = next(open_tables(url).events())
    assert (event.by, event.data["address"]) == ("名view", "10.0.0.5")


def test_author_editors_and_administrators_settle_a_comment_and_nobody_else(
    boards: Boards,
) -> None:
    number = pinned(boards)
    for other in (OTHER, visit("p", Role.PRESENTER), visit("a", Role.APPROVER)):
        with refused("NOT_ALLOWED"):
            boards.settle(other, number, closed=True, now=NOW)
    for one in (VIEW, EDIT, ROOT):
        boards.settle(one, number, closed=True, now=NOW)


def test_somebody_disabled_or_without_a_role_writes_nothing(boards: Boards) -> None:
    for nobody in (visit("x"), visit("y", *Role, disabled=True)):
        for act in (
            lambda who=nobody: pinned(boards, who),
            lambda who=nobody: boards.dismiss(who, 1, NOW),
        ):
            with refused("NOT_ALLOWED"):
                act()
    assert boards.board.version == 0


def test_what_is_too_secret_is_neither_read_answered_nor_known_of(boards: Boards) -> None:
    number = pinned(boards)
    assert [one.number for one in boards.seen(OTHER.person)] == [number]
    assert not boards.seen(LOW.person)
    assert not boards.seen(OTHER.person, withheld={"park"})
    with refused("REMARK_UNKNOWN"):
        boards.answer(LOW, number, "x", NOW)
    with refused("REMARK_UNKNOWN"):
        boards.answer(OTHER, number, "x", NOW, withheld={"park"})
    with refused("SECRET"):
        pinned(boards, VIEW, secrecy="机密")


def test_those_with_towns_of_their_own_see_comments_there_and_what_they_wrote(
    boards: Boards,
) -> None:
    pinned(boards)
    assert not boards.seen(TOWN.person)
    own = pinned(boards, TOWN)
    assert [one.number for one in boards.seen(TOWN.person)] == [own]
    there = Place(122.3, 37.3, "unit-2")
    boards.write(VIEW, Draft(Kind.COMMENT, "桥", there), NOW)
    assert len(boards.seen(TOWN.person)) == 2


def test_feedback_is_between_its_author_and_the_administrator(boards: Boards) -> None:
    number = boards.write(VIEW, Draft(Kind.FAULT, "糊", address="supply?lang=en"), NOW)
    for other in (OTHER, EDIT):
        assert not boards.seen(other.person)
        with refused("REMARK_UNKNOWN"):
            boards.answer(other, number, "x", NOW)
    boards.answer(ROOT, number, "已改", NOW)
    (one,) = boards.seen(VIEW.person)
    assert (one.state, one.address) == (State.ANSWERED, "supply?lang=en")


def test_nobody_writes_more_than_two_hundred_a_day(boards: Boards, url: str) -> None:
    store, told = open_tables(url), office.boards
    many = [
        told._event(f"remark/{n}", "written", VIEW, NOW, remarks.of_draft(_draft(n), "view"))
        for n in range(1, 201)
    ]
    store.write(many, expect=0)
    with refused("REMARK_MANY"):
        pinned(boards)
    assert boards.write(VIEW, _draft(201), NOW + timedelta(days=1)) == 201
    assert pinned(boards, OTHER) == 202


def _draft(number: int) -> Draft:
    return Draft(Kind.WISH, f"第 {number} 条")


def test_several_at_once_get_numbers_of_their_own(url: str) -> None:
    found, held = list[int](), office.open_boards(url, MATRIX)

    def write(id_: str) -> None:
        own = office.open_boards(url, MATRIX)
        found.extend(pinned(own, visit(id_, Role.VIEWER)) for _ in range(5))

    threads = [threading.Thread(target=write, args=(f"u{n}",)) for n in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(found) == sorted(held.board.remarks) == list(range(1, 16))


def test_only_an_administrator_announces_and_each_reader_dismisses_for_oneself(
    boards: Boards,
) -> None:
    day = date(2026, 3, 2)
    one = News(0, "停机", "今晚", day, day)
    for other in (VIEW, EDIT):
        with refused("NOT_ALLOWED"):
            boards.announce(other, one, NOW)
    number = boards.announce(ROOT, one, NOW)
    boards.dismiss(VIEW, number, NOW)
    assert not boards.board.shown("view", day)
    assert [shown.title for shown in boards.board.shown("other", day)] == ["停机"]
    with refused("NEWS_UNKNOWN"):
        boards.dismiss(VIEW, 9, NOW)
    boards.withdraw(ROOT, number, NOW)
    assert not boards.board.shown("other", day)


def test_counts_add_up_and_name_nobody(boards: Boards, url: str) -> None:
    day = date(2026, 3, 2)
    boards.count(day, {"page_map": 2}, NOW)
    boards.count(day, {"page_map": 1, "check": 1}, NOW)
    assert boards.board.uses == {day: {"page_map": 3, "check": 1}}
    assert {one.by for one in open_tables(url).events()} == {"—"}


def test_what_is_remarked_moves_no_version_of_the_zone(tmp_path: Path) -> None:
    zone = open_zone(f"sqlite:///{tmp_path / 'zone.db'}")
    before = zone.version
    given = settings.read(store=f"sqlite:///{tmp_path / 'zone.db'}")
    boards = office.open_boards(settings.board_address(given), MATRIX)
    place = office.placed(zone, 122.1717, 37.4198, zone.find("park", "P05"))
    boards.write(VIEW, Draft(Kind.COMMENT, "园", place), NOW)
    assert zone.version == before
    assert (tmp_path / "zone.office.db").exists()
    assert (place.set, place.id) == ("park", "P05")
    assert zone.find("unit", place.unit)
    assert not office.placed(zone, 121.0, 37.0).unit
    assert office.level(zone, place, VIEW.person) == "内部"


def test_somebody_cleared_for_what_is_public_comments_and_gives_feedback_at_that_level(
    tmp_path: Path,
) -> None:
    zone = open_zone(f"sqlite:///{tmp_path / 'zone.db'}")
    boards = office.open_boards(f"sqlite:///{tmp_path / 'office.db'}", MATRIX)
    assert [office.usual(one.person) for one in (LOW, VIEW, TOP)] == ["公开", "内部", "内部"]
    place = office.placed(zone, 122.1717, 37.4198, zone.find("park", "P05"))
    level = office.level(zone, place, LOW.person)
    boards.write(LOW, Draft(Kind.COMMENT, "园", place, secrecy=level), NOW)
    boards.write(LOW, Draft(Kind.FAULT, "糊", secrecy=office.usual(LOW.person)), NOW)
    assert [(one.number, one.secrecy) for one in boards.seen(LOW.person)] == [
        (2, "公开"),
        (1, "公开"),
    ]


def test_the_book_of_a_server_must_be_named_unless_nobody_signs_in() -> None:
    server = "postgresql://zone@host/zone"
    assert settings.board_address(settings.read(store=server)) == ""
    with refused("OFFICE_ADDRESS"):
        settings.board_address(settings.read(store=server, sign_in="local"))
    named = settings.read(store=server, office="sqlite:///o.db")
    assert settings.board_address(named) == "sqlite:///o.db"
    assert settings.board_address(settings.read(store="sqlite://")) == "sqlite://"
