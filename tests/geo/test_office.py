"""Signing in, rights before every write, and a log that shows any change."""

import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from geo import office, people
from geo.chronicle import head_of
from geo.errors import DataError, GeoError
from geo.model import Event, Seal
from geo.office import Office, RightsError, Visit
from geo.people import Entrance, Person, Role
from geo.zone import DATA, Zone, open_zone

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
WORD = "海风吹过新城的早晨"
MATRIX = people.read(DATA / "rules")


def somebody(id_: str, name: str, *roles: Role, **more: object) -> Person:
    return Person(id_, name, frozenset(roles), secret=people.hashed(WORD + "2026"), **more)  # type: ignore[arg-type]


@pytest.fixture(params=["sqlite", "postgis"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where the book is kept, in each kind of store."""
    if request.param == "postgis":
        return str(request.getfixturevalue("pg_url"))
    return f"sqlite:///{tmp_path / 'office.db'}"


@pytest.fixture
def book(url: str) -> Office:
    made = office.open_office(url, MATRIX)
    made.put(somebody("root", "管理甲", Role.ADMINISTRATOR), by="安装", now=NOW)
    made.put(somebody("zhang", "张某", Role.EDITOR), by="管理甲", now=NOW)
    made.put(somebody("li", "李某", Role.APPROVER), by="管理甲", now=NOW)
    return made


def refused(code: str) -> Any:
    return pytest.raises(GeoError, check=lambda error: error.code == code)


def test_the_right_password_opens_a_session_until_it_is_left(book: Office) -> None:
    token = book.admit("zhang", WORD + "2026", "10.0.0.7", NOW)
    found = book.inside(token, NOW + timedelta(hours=1))
    assert found and found.name == "张某"
    book.leave(token, "10.0.0.7", NOW + timedelta(hours=1))
    assert book.inside(token, NOW + timedelta(hours=1)) is None


def test_a_session_ends_after_twelve_hours_and_when_the_clock_was_set_back(book: Office) -> None:
    token = book.admit("zhang", WORD + "2026", "10.0.0.7", NOW)
    assert book.inside(token, NOW + timedelta(hours=12))
    assert book.inside(token, NOW + timedelta(hours=12, seconds=1)) is None
    assert book.inside(token, NOW - timedelta(minutes=6)) is None


def test_a_token_nobody_was_given_lets_nobody_in(book: Office) -> None:
    book.admit("zhang", WORD + "2026", "10.0.0.7", NOW)
    assert book.inside("x" * 43, NOW) is None
    assert book.inside("", NOW) is None


def test_the_book_does_not_hold_tokens_or_passwords(book: Office) -> None:
    token = book.admit("zhang", WORD + "2026", "10.0.0.7", NOW)
    raw = repr(book.log())
    assert "张某" in raw
    assert token not in raw
    assert WORD not in raw


def test_wrong_name_wrong_password_and_disabled_are_told_alike(book: Office) -> None:
    book.put(replace(book.person("li"), disabled=True), by="管理甲", now=NOW)
    said = set()
    for id_, password in (("nobody", WORD), ("zhang", "wrong"), ("li", WORD + "2026")):
        with refused("SIGN_IN") as told:
            book.admit(id_, password, f"10.0.0.{len(id_)}", NOW)
        said.add(str(told.value))
    assert len(said) == 1


def test_the_sixth_wrong_try_waits_even_with_the_right_password(book: Office) -> None:
    for _ in range(4):
        with refused("SIGN_IN"):
            book.admit("zhang", "wrong", "10.0.0.9", NOW)
    with refused("SIGN_IN_WAIT"):
        book.admit("zhang", WORD + "2026", "10.0.0.8", NOW)
    assert book.admit("zhang", WORD + "2026", "10.0.0.8", NOW + timedelta(seconds=3))


def test_a_stranger_cannot_shut_the_owner_of_a_name_out_for_long(book: Office) -> None:
    at = NOW
    for _ in range(30):
        with pytest.raises(RightsError):
            book.admit("zhang", "wrong", "10.0.0.9", at)
        at += timedelta(minutes=15)
    with refused("SIGN_IN_WAIT"):
        book.admit("zhang", WORD + "2026", "10.0.0.9", at - timedelta(minutes=10))
    elsewhere = at - timedelta(minutes=15) + timedelta(seconds=31)
    assert book.admit("zhang", WORD + "2026", "10.0.0.8", elsewhere)


def test_what_a_stranger_typed_is_no_author(book: Office) -> None:
    before = book.head[0]
    for _ in range(9):
        with pytest.raises(RightsError):
            book.admit("管理甲", "wrong", "10.0.0.9", NOW)
    lines = [one.event for one in book.log(before)]
    assert [one.verb for one in lines] == ["refused"] * 4 + ["delayed"] * 5
    assert {(one.by, one.data["typed"]) for one in lines} == {("—", "管理甲")}


def test_a_stranger_who_goes_on_and_on_makes_a_few_lines_and_a_count(book: Office) -> None:
    before = book.head[0]
    for _ in range(40):
        with pytest.raises(RightsError):
            book.welcome("nobody", Entrance.HEADER, "10.0.0.9", NOW)
    assert len(book.log(before)) == 5
    later = NOW + timedelta(minutes=2)
    book.note("export:made", "张某", "10.0.0.7", now=later)
    told, own = [one.event for one in book.log(before + 5)]
    assert (told.verb, told.by, told.data["address"]) == ("refused", "—", "10.0.0.9")
    assert (told.data["times"], told.data["seconds"]) == (35, 60)
    assert own.by == "张某"
    for _ in range(7):
        with pytest.raises(RightsError):
            book.welcome("nobody", Entrance.HEADER, "10.0.0.9", later)
    book.settle(later, whole=True)  # as when the server stops
    assert book.log(before + 7)[-1].event.data["times"] == 2
    assert not book.verify()


def test_a_new_password_ends_every_session_but_the_one_it_opens(book: Office) -> None:
    old = book.admit("zhang", WORD + "2026", "10.0.0.7", NOW)
    new = book.repass("zhang", WORD + "2026", "another good one", NOW)
    assert book.inside(old, NOW) is None
    assert book.inside(new, NOW)


def test_a_session_from_before_an_account_was_closed_does_not_revive(book: Office) -> None:
    old, person = book.admit("zhang", WORD + "2026", "10.0.0.7", NOW), book.person("zhang")
    book.put(replace(person, disabled=True), by="管理甲", now=NOW)
    book.put(person, by="管理甲", now=NOW)
    assert book.inside(old, NOW) is None


def test_guesses_at_ones_own_password_wait_as_well(book: Office) -> None:
    for _ in range(4):
        with refused("SIGN_IN"):
            book.repass("zhang", "wrong", "another good one", NOW)
    with refused("SIGN_IN_WAIT"):
        book.repass("zhang", WORD + "2026", "another good one", NOW)


def test_a_change_made_on_an_older_account_is_refused(book: Office) -> None:
    drawn = book.person("zhang")
    book.put(replace(drawn, disabled=True), by="管理甲", now=NOW)
    with refused("PERSON_CHANGED"):
        book.put(replace(drawn, must_change=False), by="张某", now=NOW, base=drawn)
    assert book.person("zhang").disabled


@pytest.mark.parametrize("name", ["张某", " 张 某", "张某\u3000"])
def test_nobody_takes_a_name_that_another_signed_with(book: Office, name: str) -> None:
    with refused("PERSON_NAME_TAKEN"):
        book.put(somebody("other", name), by="管理甲", now=NOW)
    book.put(replace(book.person("zhang"), name="张某某"), by="管理甲", now=NOW)
    with refused("PERSON_NAME_TAKEN"):  # the log still has the old name
        book.put(somebody("other", name), by="管理甲", now=NOW)


def test_an_address_that_tries_many_names_waits_too(book: Office) -> None:
    for number in range(20):
        with refused("SIGN_IN"):
            book.admit(f"n{number}", "wrong", "10.0.0.9", NOW)
    with refused("SIGN_IN_WAIT"):
        book.admit("zhang", WORD + "2026", "10.0.0.9", NOW)


def test_somebody_disabled_is_out_at_the_next_question(book: Office, url: str) -> None:
    token = book.admit("zhang", WORD + "2026", "10.0.0.7", NOW)
    other = office.open_office(url, MATRIX)
    other.put(replace(other.person("zhang"), disabled=True), by="管理甲", now=NOW)
    assert book.inside(token, NOW) is None


def test_who_is_vouched_for_needs_an_account(book: Office) -> None:
    assert book.inside(book.welcome("zhang", Entrance.HEADER, "", NOW), NOW)
    with refused("SIGN_IN_UNKNOWN"):
        book.welcome("stranger", Entrance.HEADER, "", NOW)


def test_the_last_administrator_can_be_neither_disabled_nor_demoted(book: Office) -> None:
    root = book.person("root")
    for changed in (replace(root, disabled=True), replace(root, roles=frozenset({Role.VIEWER}))):
        with refused("PERSON_LAST"):
            book.put(changed, by="管理甲", now=NOW)
    book.put(somebody("second", "管理乙", Role.ADMINISTRATOR), by="管理甲", now=NOW)
    book.put(replace(root, disabled=True), by="管理乙", now=NOW)
    assert book.person("root").disabled


@pytest.mark.parametrize("id_", ["", "张三", "a b", "a/b", "x" * 65, "<b>"])
def test_a_sign_in_name_is_plain(book: Office, id_: str) -> None:
    with refused("PERSON_ID"):
        book.put(somebody(id_, "某人"), by="管理甲", now=NOW)


def test_a_first_password_is_changed_by_its_owner(book: Office) -> None:
    book.put(replace(book.person("zhang"), must_change=True), by="管理甲", now=NOW)
    with refused("SIGN_IN"):
        book.repass("zhang", "wrong", "another good one", NOW)
    with pytest.raises(people.PasswordError, match="相同"):
        book.repass("zhang", WORD + "2026", WORD + "2026", NOW)
    book.repass("zhang", WORD + "2026", "another good one", NOW)
    assert not book.person("zhang").must_change
    assert book.admit("zhang", "another good one", "10.0.0.7", NOW)


def test_two_servers_note_at_the_same_time_and_no_line_is_lost(book: Office, url: str) -> None:
    other = office.open_office(url, MATRIX)
    before = book.head[0]

    def noted(one: Office, who: str) -> None:
        for number in range(25):
            one.note("export:made", who, "10.0.0.1", {"number": number})

    runs = [
        threading.Thread(target=noted, args=(one, who)) for one, who in ((book, "a"), (other, "b"))
    ]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    lines = [one.event.data for one in book.log()[before:]]
    for who in "ab":
        assert [line["number"] for line in lines if line["person"] == who] == list(range(25))
    assert not book.verify()


def altered(url: str, sqlite: str, postgis: str, *answers: object) -> None:
    """Change the book behind its back."""
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as db:
            db.execute(sqlite, answers)
    else:
        with psycopg.connect(url) as link:
            link.execute(postgis.encode(), answers)


def test_an_altered_line_and_a_cut_tail_are_named(book: Office, url: str) -> None:
    book.note("export:made", "张某", "10.0.0.7", {"file": "a.xlsx"})
    head = book.head
    change = "update {0} set data = replace(data, 'a.xlsx', 'b.xlsx') where seq = {1}"
    altered(url, change.format("event", "?"), change.format("zone.event", "%s"), head[0])
    assert next(issue.row for issue in book.verify()) == head[0]
    cut = "delete from {0} where seq = {1}"
    altered(url, cut.format("event", "?"), cut.format("zone.event", "%s"), head[0])
    assert not book.verify()
    assert [issue.code for issue in book.verify(head)] == ["EVENT_TAIL"]


def test_a_cut_tail_shows_against_what_a_document_printed(book: Office, url: str) -> None:
    book.note("export:made", "张某", "10.0.0.7", {"file": "a.xlsx"})
    printed = Seal(log=book.head_at(book.head[0])).say().removeprefix("审计 ")
    assert len(printed.partition(":")[2]) == 16
    assert not book.verify(head_of(printed))
    cut = "delete from {0} where seq = {1}"
    altered(url, cut.format("event", "?"), cut.format("zone.event", "%s"), book.head[0])
    assert not book.verify()
    (issue,) = book.verify(head_of(printed))
    assert issue.code == "EVENT_TAIL"
    book.note("export:made", "张某", "10.0.0.7", {"file": "b.xlsx"})  # grown as long again
    assert [issue.code for issue in book.verify(head_of(printed))] == ["EVENT_HEAD"]


def test_the_log_after_a_line_is_the_rest_of_it(book: Office) -> None:
    for number in range(5):
        book.note("export:made", "张某", "10.0.0.7", {"number": number})
    whole = book.log()
    assert book.log(3) == whole[3:]
    assert [one.number for one in book.log(len(whole) - 1)] == [len(whole)]
    assert book.log(len(whole)) == []


@pytest.fixture
def guarded(fresh: str) -> Zone:
    zone = open_zone(fresh)
    zone.guard = office.guard(zone, MATRIX)
    return zone


def moved(by: str) -> Event:
    return Event("parcel/E-1", "entered", by, NOW, date(2026, 3, 1), {})


def visit(name: str, *roles: Role) -> Visit:
    return Visit(Person("x", name, frozenset(roles)))


def test_nothing_is_written_outside_a_visit(guarded: Zone) -> None:
    before = guarded.version
    with refused("NOBODY"):
        guarded.record([moved("张某")], expect=before)
    assert guarded.version == before


def test_a_viewer_may_not_write_the_ledger_and_is_told_who_may(guarded: Zone) -> None:
    before = guarded.version
    with office.visiting(visit("张某", Role.VIEWER)), refused("NOT_ALLOWED") as told:
        guarded.record([moved("张某")], expect=before)
    assert "需要角色：经办、管理员" in str(told.value)
    assert guarded.version == before


def test_nobody_signs_with_anothers_name(guarded: Zone) -> None:
    with office.visiting(visit("张某", Role.EDITOR)), refused("FORGED"):
        guarded.record([moved("李某")], expect=guarded.version)
    with office.visiting(visit("张某", Role.EDITOR)):
        guarded.record([moved("张某")], expect=guarded.version)


def test_the_one_who_prepared_does_not_approve(guarded: Zone) -> None:
    both = visit("张某", Role.EDITOR, Role.APPROVER)
    made = Event("scenario/PZ-2026-0001", "solved", "张某", NOW)
    with office.visiting(both):
        guarded.record([made], expect=guarded.version)
        with refused("OWN_WORK"):
            guarded.record([replace(made, verb="approved")], expect=guarded.version)
    with office.visiting(visit("李某", Role.APPROVER)):
        guarded.record([replace(made, verb="approved", by="李某")], expect=guarded.version)


def test_every_door_of_the_zone_asks_the_guard(guarded: Zone) -> None:
    known, at = guarded.existing("park"), guarded.version
    event = Event("boundaries/park", "replaced", "张某", NOW)
    doors: list[Callable[[], object]] = [
        lambda: guarded.record([event], [known], expect=at),
        lambda: guarded.write([event], known, b"", at),
        lambda: guarded.keep(event, b"raw", at),
        lambda: guarded.replace(known, by="张某", reason="试"),
    ]
    for door in doors:
        with office.visiting(visit("张某", Role.VIEWER)), refused("NOT_ALLOWED"):
            door()
    assert guarded.version == at


def test_rights_are_a_kind_of_told_error() -> None:
    assert issubclass(RightsError, GeoError)
    assert not issubclass(RightsError, DataError)
