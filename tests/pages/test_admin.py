"""The page of administration: accounts changed by those who may, and a log that tells it."""

import csv
import io
import json
import os
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request

from geo import office, people
from geo.chronicle import numbered
from geo.errors import GeoError
from geo.model import Event
from geo.office import Office, Visit
from geo.people import Person, Role
from geo.store import open_tables
from geo.store.backup import backup
from geo.zone import open_zone
from pages import admin_acts, admin_facts, admin_log, admin_read, admin_take, door, questions, who
from pages.admin_acts import Typed
from pages.admin_log import Sift
from tests.pages.house import forget, html, living_in, opened

NOW = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)  # already the 3rd of March at the office
WORD = "tide over the harbour"
HOSTILE = "<b>{{7*7}}</b> **粗** =1+1"
ROOT = Person("root", "管理甲", frozenset({Role.ADMINISTRATOR}), secret="$argon2id$nothing")
ZHANG = Typed("zhang", HOSTILE, frozenset({Role.EDITOR}), frozenset({"U1"}), "内部", WORD)


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An office where people sign in, with one administrator."""
    monkeypatch.setenv("ZONE_SIGN_IN", "local")
    monkeypatch.setenv("ZONE_OFFICE", f"sqlite:///{tmp_path / 'office.db'}")
    monkeypatch.setenv("ZONE_STORE", f"sqlite:///{tmp_path / 'zone.db'}")
    monkeypatch.setenv("ZONE_BACKUPS", str(tmp_path / "kept"))
    forget()
    who.book.cache_clear()
    made = who.book()
    assert made
    made.put(ROOT, by="安装", now=NOW)
    yield made
    forget()
    who.book.cache_clear()


def refused(code: str) -> Any:
    return pytest.raises(GeoError, check=lambda error: error.code == code)


def visit(*roles: Role) -> Visit:
    return Visit(Person("p", "某人", frozenset(roles)), "10.0.0.5")


def kept(drawn: Person | None, typed: Typed) -> Person:
    with office.visiting(Visit(ROOT, "10.0.0.5")):
        return admin_acts.keep(drawn, typed)


def test_where_nobody_signs_in_the_page_says_so_and_shows_health(store_url: str) -> None:
    with living_in(store_url):
        page = opened("admin_page")
    assert "没有设置登录" in page.info[0].value
    assert "可用磁盘" in html(page)
    assert not page.text_input
    assert not page.get("download_button")


def test_an_account_added_must_change_its_password_and_the_log_says_who_did_it(
    held: Office, tmp_path: Path
) -> None:
    made = kept(None, ZHANG)
    assert (made.name, made.must_change, made.disabled) == (HOSTILE, True, False)
    assert people.matches(made.secret, WORD)
    last = held.log()[-1].event
    assert (last.subject, last.by, last.data["address"]) == ("person/zhang", "管理甲", "10.0.0.5")
    assert WORD.encode() not in (tmp_path / "office.db").read_bytes()
    assert WORD not in repr(ZHANG)


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.ADMINISTRATOR])
def test_nobody_but_an_administrator_changes_accounts(held: Office, role: Role) -> None:
    before = held.head
    with office.visiting(visit(role)), refused("NOT_ALLOWED"):
        admin_acts.keep(None, ZHANG)
    assert held.head == before


def test_the_last_administrator_is_neither_disabled_nor_demoted(held: Office) -> None:
    same = Typed("root", ROOT.name, ROOT.roles, ROOT.units, ROOT.clearance)
    for changed in (replace(same, disabled=True), replace(same, roles=frozenset({Role.VIEWER}))):
        with refused("PERSON_LAST"):
            kept(ROOT, changed)
    assert held.person("root") == ROOT


def test_of_two_who_change_one_account_the_second_is_told(held: Office) -> None:
    drawn = kept(None, ZHANG)
    kept(drawn, replace(ZHANG, name="张某", password=""))
    with refused("PERSON_CHANGED"):
        kept(drawn, replace(ZHANG, name="章某", password=""))
    assert held.person("zhang").name == "张某"


def test_a_change_keeps_the_password_unless_a_new_one_is_typed(held: Office) -> None:
    first = kept(None, ZHANG)
    held.repass("zhang", WORD, "a word of my own", NOW)
    own = held.person("zhang")
    changed = kept(own, replace(ZHANG, password="", disabled=True))
    assert (changed.secret, changed.must_change, changed.disabled) == (own.secret, False, True)
    again = kept(changed, replace(ZHANG, password="another long word"))
    assert again.must_change
    assert again.secret not in (own.secret, first.secret)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"id": "root"}, "PERSON_TAKEN"),
        ({"roles": frozenset()}, "PERSON_ROLES"),
        ({"password": "short"}, "PASSWORD"),
        ({"password": ""}, "PASSWORD"),
        ({"id": "张三"}, "PERSON_ID"),
        ({"name": ""}, "PERSON_NAME"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_no_trace(
    held: Office, changed: dict[str, Any], code: str
) -> None:
    before = held.head
    with refused(code):
        kept(None, replace(ZHANG, **changed))
    assert held.head == before


def test_the_log_tells_what_changed_and_never_a_secret(held: Office) -> None:
    made = kept(None, ZHANG)
    kept(made, replace(ZHANG, password="another long word", disabled=True))
    lines = admin_read.lines(held.log())
    assert admin_log.detail(lines[-1]) == "停用：否 → 是；密码已更换"
    assert HOSTILE in admin_log.detail(lines[-2])
    assert not [one for one in lines if "argon2" in admin_log.detail(one)]


def test_what_people_wrote_and_looked_at_is_not_told_to_all_who_read_the_log(held: Office) -> None:
    place = {"lon": 122.1, "lat": 37.4, "name": "隐处"}
    told: dict[str, dict[str, Any]] = {
        "remark/1": {"kind": "comment", "text": "隐言", "place": place, "secrecy": "秘密"},
        "remark/2": {"kind": "fault", "text": "隐言", "page": "supply?q=隐处", "secrecy": "内部"},
        "view/AbCd": {"content": "隐画"},
        "bookmark/1": {"view": "AbCd", "name": "隐名"},
    }
    events = [
        Event(subject, "written", "张某", NOW, None, {"person": "zhang", "address": "::1", **data})
        for subject, data in told.items()
    ]
    answer = {"person": "root", "address": "::1", "text": "隐答", "state": "answered"}
    events.append(Event("remark/1", "answered", "管理甲", NOW, None, answer))
    lines = admin_read.lines(numbered(events))
    assert [dict(one.told) for one in lines] == [
        {"kind": "comment", "secrecy": "秘密"},
        {"kind": "fault", "secrecy": "内部"},
        {},
        {"view": "AbCd"},
        {"state": "answered"},
    ]
    about = admin_take._about((5, "0" * 64), 5, Sift(), Visit(ROOT))
    file = admin_take._csv([admin_take.cells(one) for one in lines], about).decode("utf-8-sig")
    assert not re.search("隐|supply", file)


def test_a_look_at_restricted_data_is_still_told_whole(held: Office) -> None:
    held.note("view:seen", "张某", "10.0.0.7", {"set": "farmland", "secrecy": "秘密"})
    assert admin_read.lines(held.log())[-1].told == {"set": "farmland", "secrecy": "秘密"}


def test_days_of_the_log_are_days_at_the_office(held: Office) -> None:
    (line,) = admin_read.lines(held.log())
    assert (line.at, line.day) == ("2026-03-03 00:30:00", date(2026, 3, 3))
    assert Sift(since=date(2026, 3, 3), until=date(2026, 3, 3)).fits(line)
    assert not Sift(until=date(2026, 3, 2)).fits(line)
    assert not Sift(since=date(2026, 3, 4)).fits(line)
    assert not Sift(by=frozenset({"别人"})).fits(line)
    assert Sift(by=frozenset({"安装"}), kinds=frozenset({"person"})).fits(line)
    assert not Sift(kinds=frozenset({"session"})).fits(line)


def test_the_log_read_bit_by_bit_is_the_log_read_at_once(held: Office) -> None:
    log = admin_read.Log(held)
    for number in range(4):
        made = kept(None, replace(ZHANG, id=f"z{number}", name=f"张{number}"))
        kept(made, replace(ZHANG, id=f"z{number}", name=f"张{number}", disabled=True, password=""))
        held.note("export:made", "张某", "10.0.0.7", {"number": number})
        assert log.lines(held.head) == admin_read.lines(held.log())
    assert list(log.kinds) == ["person", "export"]
    assert set(log.names) == {"安装", "管理甲", "张某"}


def test_a_log_put_back_from_a_backup_is_read_anew(held: Office, tmp_path: Path) -> None:
    log, path = admin_read.Log(held), tmp_path / "office.db"
    for person in "甲乙":
        held.note("export:made", person, "10.0.0.7")
    log.lines(held.head)
    with closing(sqlite3.connect(path)) as db:
        db.execute("delete from event where seq >= 3")
        db.commit()
    assert [one.by for one in log.lines(held.head)] == ["安装", "甲"]
    held.note("export:made", "丙", "10.0.0.7")
    log.lines(held.head)
    with closing(sqlite3.connect(path)) as db:
        db.execute("delete from event where seq >= 2")
        db.commit()
    for person in "丁戊己":  # longer than what was read
        held.note("export:made", person, "10.0.0.7")
    assert [one.by for one in log.lines(held.head)] == ["安装", "丁", "戊", "己"]


def test_filters_leave_the_newest_first(held: Office) -> None:
    for person in "甲乙甲":
        held.note("export:made", person, "10.0.0.7")
    known = admin_read.lines(held.log())
    numbers = [one.number for one in admin_read.found(known, Sift(by=frozenset({"甲"})))]
    assert numbers == [4, 2]
    assert [one.number for one in admin_read.found(known, Sift())] == [4, 3, 2, 1]


def files(held: Office, asker: Person) -> dict[str, bytes]:
    """Both files as somebody takes them; the head is the one before."""
    head, lines = held.head, admin_read.lines(held.log())
    rows = [admin_take.cells(one) for one in lines]
    about = admin_take._about(head, len(rows), Sift(), Visit(asker))
    make = {
        "csv": partial(admin_take._csv, rows, about),
        "xlsx": partial(admin_take._book, rows, about),
    }
    return {
        kind: admin_take._taken(held, Visit(asker, "10.0.0.5"), (kind, head, len(rows)), one)
        for kind, one in make.items()
    }


def test_what_is_exported_carries_the_head_and_stands_in_the_log(held: Office) -> None:
    kept(None, ZHANG)
    number, digest = held.head
    made = files(held, ROOT)
    table = list(csv.reader(io.StringIO(made["csv"].decode("utf-8-sig"))))
    assert [row[0] for row in table[:3]] == ["序号", "1", "2"]
    assert ["末条校验值", f"{number}:{digest}"] in table
    with zipfile.ZipFile(io.BytesIO(made["xlsx"])) as book:
        assert f"{number}:{digest}" in book.read("xl/sharedStrings.xml").decode()
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    told = [one.event for one in held.log() if one.event.subject == "audit/export"]
    assert [one.data["file"] for one in told] == ["audit.csv", "audit.xlsx"]
    assert told[0].by == "管理甲"
    assert told[0].data["head"] == f"{number}:{digest}"
    assert not held.verify((number, digest))


def test_nobody_takes_the_log_from_a_page_drawn_while_they_still_might(held: Office) -> None:
    second = replace(ROOT, id="second", name="管理乙")
    held.put(second, by="管理甲", now=NOW)
    held.put(replace(second, disabled=True), by="管理甲", now=NOW)
    with refused("NOT_ALLOWED"):
        files(held, second)


def test_health_tells_neither_a_path_nor_a_secret(held: Office, tmp_path: Path) -> None:
    kept(None, ZHANG)
    told = admin_facts.facts(open_zone(door.given().store))
    assert told["office"] == {"version": 2, "people": 2, "inside": 0}
    assert told["backups"] == {"newest": [], "strange": 0, "missing": True}
    assert [one for one in told["sets"] if one["name"] == "zone"]
    text = json.dumps(told, ensure_ascii=False)
    for secret in (str(tmp_path), os.sep + "office.db", "argon2", "zhang", HOSTILE):
        assert secret not in text


def test_the_rest_of_health_is_for_administrators(held: Office) -> None:
    with office.visiting(visit(Role.VIEWER, Role.EDITOR)), refused("NOT_ALLOWED"):
        admin_facts.ask()
    with office.visiting(visit(Role.ADMINISTRATOR)):
        admin_facts.ask()


def test_a_backup_of_each_store_is_wanted_and_an_old_one_is_marked(
    held: Office, tmp_path: Path
) -> None:
    (tmp_path / "kept").mkdir()
    zone = open_zone(door.given().store)
    backup(open_tables(door.given().store), tmp_path / "kept" / "zone-1.db")
    assert admin_facts.facts(zone)["backups"]["missing"]
    made = tmp_path / "kept" / "office-1.db"
    backup(open_tables(f"sqlite:///{tmp_path / 'office.db'}"), made)
    assert not admin_facts.facts(zone)["backups"]["missing"]
    assert not any(one["old"] for one in admin_facts.facts(zone)["backups"]["newest"])
    with closing(sqlite3.connect(made)) as db:
        db.execute("update backup set made = '2026-01-01T00:00:00+00:00'")
        db.commit()
    told = {one["of"]: one["old"] for one in admin_facts.facts(zone)["backups"]["newest"]}
    assert told == {"office.db": True, "zone.db": False}


def test_a_lost_store_is_told_to_monitors_and_its_return_too(
    store_url: str, tmp_path: Path
) -> None:
    shutil.copy(store_url.removeprefix("sqlite:///"), tmp_path / "mine.db")
    asked = Request({"type": "http", "query_string": b"", "headers": []})
    with living_in(f"sqlite:///{tmp_path / 'mine.db'}"):
        assert questions.health(asked).status_code == 200
        (tmp_path / "mine.db").rename(tmp_path / "away.db")
        lost = questions.health(asked)
        assert lost.status_code == 503
        assert json.loads(bytes(lost.body)) == {"status": "lost", "code": "STORE_MISSING"}
        (tmp_path / "away.db").rename(tmp_path / "mine.db")
        assert questions.health(asked).status_code == 200
