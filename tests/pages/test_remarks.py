"""Remarks, news and use on pages, without a browser: shown as text, told to those alone who may."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from geo import office, people, settings
from geo.office import Boards
from geo.people import LOCAL, Person
from geo.remarks import Draft, Kind, Level, News, State
from geo.store import open_tables
from geo.zone import DATA, open_zone
from pages import board, door, feedback, moment, tally, who
from tests.pages.house import html, living_in, opened

HOSTILE = "<b>{{7*7}}</b> **粗** =1+1"
SHOWN = "&lt;b&gt;{{7*7}}&lt;/b&gt; **粗** =1+1"


@pytest.fixture
def boards(tmp_path: Path) -> Iterator[Boards]:
    """The board beside a zone of the test's own, as the local administrator has it."""
    url = f"sqlite:///{tmp_path / 'zone.db'}"
    open_zone(url)
    with living_in(url):
        tally._counts.clear()
        yield board.needed()
        tally._counts.clear()


def test_feedback_is_listed_as_text_with_the_way_back_and_answered(boards: Boards) -> None:
    draft = Draft(Kind.DATA, HOSTILE, address="supply?at=122.2,37.4,13&lang=en")
    number = boards.write(who.LOCAL_VISIT, draft, who.now())
    page = opened("admin_page", aview="remarks")
    assert SHOWN in html(page)
    assert 'href="./supply?at=122.2,37.4,13&amp;lang=en"' in html(page)
    page.text_area[0].input("已改")
    next(one for one in page.button if one.label == "提交答复").click().run()
    assert not page.exception
    one = boards.board.remarks[number]
    assert [(reply.by.name, reply.text) for reply in one.replies] == [(LOCAL.name, "已改")]
    assert one.state is State.ANSWERED  # where nobody signs in one answers oneself
    next(one for one in page.button if one.label == "了结").click().run()
    assert boards.board.remarks[number].state is State.CLOSED


def test_the_filter_leaves_what_is_asked_for(boards: Boards) -> None:
    for kind, text in ((Kind.FAULT, "甲事"), (Kind.WISH, "乙事")):
        boards.write(who.LOCAL_VISIT, Draft(kind, text), who.now())
    page = opened("admin_page", aview="remarks")
    page.multiselect[1].select("wish").run()
    assert "乙事" in html(page)
    assert "甲事" not in html(page)
    page.multiselect[0].select("closed").run()
    assert "乙事" not in html(page)


def test_news_is_announced_by_the_form_and_refused_with_its_reason(boards: Boards) -> None:
    page = opened("admin_page", aview="news")
    announce = next(one for one in page.button if one.label == "发布")
    announce.click().run()
    assert "REMARK_TEXT" not in html(page)
    assert "NEWS" in page.error[0].value
    page.text_input[0].input(HOSTILE)
    page.text_area[0].input("今晚维护")
    next(one for one in page.button if one.label == "发布").click().run()
    assert not page.exception
    (one,) = boards.board.news.values()
    assert (one.title, one.since, one.until) == (
        HOSTILE,
        moment.today(),
        moment.today() + timedelta(days=7),
    )
    assert SHOWN in html(page)


def test_use_is_counted_by_the_minute_and_shown_to_the_administrator(boards: Boards) -> None:
    tally.add("page_map")
    tally.add("page_map")
    tally.noted("check:filed")
    tally.noted("view:seen")  # not one of the things counted
    assert not boards.board.uses
    page = opened("admin_page", aview="use")
    assert boards.board.uses == {moment.today(): {"page_map": 2, "check": 1}}
    assert "打开 总览图" in html(page)


def test_counting_can_be_switched_off(boards: Boards, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZONE_STATISTICS", "false")
    door.given.cache_clear()
    tally.add("page_map")
    assert not tally._counts
    assert "统计已关闭" in opened("admin_page", aview="use").info[0].value


def test_counts_that_cannot_be_written_wait_for_the_next_time(
    boards: Boards, tmp_path: Path
) -> None:
    tally.add("page_map")
    book = tmp_path / "zone.office.db"
    book.rename(tmp_path / "away.db")
    tally.flush()
    (tmp_path / "away.db").rename(book)
    tally.flush()
    assert boards.board.uses == {moment.today(): {"page_map": 1}}


def test_a_book_that_cannot_be_opened_takes_nothing_down_and_is_told_once(
    boards: Boards,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("ZONE_OFFICE", f"sqlite:///{tmp_path / 'nowhere' / 'office.db'}")
    door.given.cache_clear()
    for _ in range(3):
        monkeypatch.setitem(tally._kept, "at", who.now() - timedelta(hours=1))  # due
        tally.add("page_map")
        assert who.now() - tally._kept["at"] < timedelta(minutes=1)  # not at every page
    assert sum(tally._counts.values()) == 3
    assert [one.name for one in caplog.records if "use not written" in one.message] == ["zone"]
    assert tally.faults[0] in opened("admin_page", aview="health").warning[0].value
    (tmp_path / "nowhere").mkdir()
    tally.flush()
    assert not tally.faults
    assert board.needed().board.uses == {moment.today(): {"page_map": 3}}


def test_with_the_data_in_a_server_and_no_book_the_page_says_what_to_set(
    boards: Boards, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "given", lambda: settings.read(store="postgresql://zone@host/zone"))
    assert board.held() is None
    with pytest.raises(Exception, match="office"):
        board.needed()


@pytest.mark.parametrize(
    ("address", "name"), [("supply?lang=en", "供应台账"), ("?at=1,2,3", "总览图"), ("x", "x")]
)
def test_a_page_is_called_what_its_readers_call_it(address: str, name: str) -> None:
    assert feedback.page_name(address) == name


def test_a_warning_comes_before_other_news(boards: Boards) -> None:
    day = date(2026, 3, 3)
    for title, level in (("一般", Level.NOTE), ("要紧", Level.WARNING)):
        boards.announce(who.LOCAL_VISIT, News(0, title, "文", day, day, level), who.now())
    assert [one.title for one in boards.board.shown("local", day)] == ["要紧", "一般"]


def test_the_board_and_the_people_lie_in_one_book_that_stays_sound(boards: Boards) -> None:
    url = (
        f"sqlite:///{Path(door.given().store.removeprefix('sqlite:///')).with_suffix('.office.db')}"
    )
    held = office.open_office(url, people.read(DATA / "rules"))
    boards.write(who.LOCAL_VISIT, Draft(Kind.WISH, "大些"), who.now())
    held.put(
        Person("root", "管理甲", LOCAL.roles, secret="$argon2id$nothing"), by="安装", now=who.now()
    )
    boards.write(who.LOCAL_VISIT, Draft(Kind.WISH, "再大些"), who.now())
    assert list(held.people.persons) == ["root"]
    assert sorted(boards.board.remarks) == [1, 2]
    assert not open_tables(url).verify()
