"""Remarks from their events: states, threads, what may be written, files; counts of use."""

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from geo import remarks
from geo.chronicle import numbered
from geo.errors import DataError
from geo.model import Event
from geo.remarks import Board, Draft, Kind, Level, News, Place, State, folded

NOW = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)  # already the 3rd of March at the office
HERE = Place(122.17, 37.42, "U1", "park", "P05", "某园区")
STATES = {one.value: one.value for one in State}
KINDS = {one.value: one.value for one in Kind}


def written(number: int, draft: Draft, person: str = "a", at: datetime = NOW) -> Event:
    told = remarks.of_draft(draft, person)
    return Event(f"remark/{number}", "written", f"名{person}", at, None, told)


def answered(number: int, person: str, text: str, state: str) -> Event:
    told = {"person": person, "text": text, "state": state}
    return Event(f"remark/{number}", "answered", f"名{person}", NOW, None, told)


def settled(number: int, state: str) -> Event:
    return Event(f"remark/{number}", "settled", "名c", NOW, None, {"person": "c", "state": state})


def of(*events: Event) -> Board:
    return folded(Board(), numbered(events))


def test_a_remark_is_what_was_written_with_its_answers_in_order() -> None:
    one = of(
        written(1, Draft(Kind.COMMENT, "路不对", HERE)),
        answered(1, "b", "在查", "answered"),
        answered(1, "a", "还没有", "open"),
        settled(1, "closed"),
    ).remarks[1]
    assert (one.text, one.place, one.by.name, one.state) == ("路不对", HERE, "名a", State.CLOSED)
    assert [(r.by.id, r.text) for r in one.replies] == [("b", "在查"), ("a", "还没有")]


def test_other_entries_of_the_book_are_passed_over() -> None:
    board = of(Event("person/x", "set", "甲", NOW, None, {}), written(1, Draft(Kind.WISH, "大些")))
    assert (board.version, list(board.remarks)) == (2, [1])


STEPS = some.lists(
    some.sampled_from(
        [
            written(1, Draft(Kind.COMMENT, "一", HERE)),
            answered(1, "b", "答", "answered"),
            answered(1, "a", "问", "open"),
            settled(1, "closed"),
            settled(1, "open"),
            Event("news/1", "dismissed", "甲", NOW, None, {"person": "a"}),
            Event("use/2026-03-03", "counted", "—", NOW, None, {"counts": {"page_map": 2}}),
            Event("session/x", "opened", "甲", NOW, None, {"person": "a"}),
        ]
    ),
    max_size=12,
)


@given(STEPS, some.integers(0, 12))
def test_folding_in_two_parts_is_folding_at_once(rest: list[Event], cut: int) -> None:
    events = [written(1, Draft(Kind.COMMENT, "一", HERE)), *rest[1:]]
    events = [events[0], *(one for one in events[1:] if one.verb != "written")]
    entries = numbered(events)
    whole = folded(Board(), entries)
    assert folded(folded(Board(), entries[:cut]), entries[cut:]) == whole
    replies = [one for one in events if one.verb == "answered"]
    assert len(whole.remarks[1].replies) == len(replies)
    assert sum(sum(one.values()) for one in whole.uses.values()) == 2 * sum(
        one.verb == "counted" for one in events
    )


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (Draft(Kind.FAULT, "  "), "REMARK_TEXT"),
        (Draft(Kind.FAULT, "字" * 2001), "REMARK_TEXT"),
        (Draft(Kind.FAULT, "翻\u202e转"), "REMARK_TEXT"),
        (Draft(Kind.FAULT, "x", HERE), "REMARK_PLACE"),
        (Draft(Kind.COMMENT, "x"), "REMARK_PLACE"),
        (Draft(Kind.COMMENT, "x", Place(float("nan"), 37)), "REMARK_PLACE"),
        (Draft(Kind.COMMENT, "x", Place(181, 37)), "REMARK_PLACE"),
        (Draft(Kind.FAULT, "x", secrecy="很密"), "SECRECY"),
        (Draft(Kind.FAULT, "x", address="javascript:alert(1)"), "REMARK_ADDRESS"),
        (Draft(Kind.FAULT, "x", address="//evil.example/x"), "REMARK_ADDRESS"),
        (Draft(Kind.FAULT, "x", address="supply?<b>"), "REMARK_ADDRESS"),
        (Draft(Kind.FAULT, "x", address="../supply"), "REMARK_ADDRESS"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_name(draft: Draft, code: str) -> None:
    with pytest.raises(DataError) as refused:
        remarks.check.draft(draft)
    assert [one.code for one in refused.value.issues] == [code]


def test_all_faults_are_told_at_once_and_markup_is_plain_text() -> None:
    with pytest.raises(DataError) as refused:
        remarks.check.draft(Draft(Kind.COMMENT, "", secrecy="x"))
    assert len(refused.value.issues) == 3
    remarks.check.draft(
        Draft(Kind.FAULT, "<script>{{7*7}} **x**\n二", address="supply?at=122,37,9")
    )


def test_announcements_show_on_their_days_until_dismissed_warnings_first() -> None:
    day = date(2026, 3, 3)
    first = News(1, "一", "文", day, day + timedelta(2))
    second = News(2, "二", "文", day, day, Level.WARNING)
    events = [
        Event(f"news/{one.number}", "announced", "管", NOW, None, remarks.of_news(one, "r"))
        for one in (first, second)
    ]
    board = of(*events, Event("news/2", "dismissed", "名b", NOW, None, {"person": "b"}))
    assert [one.number for one in board.shown("a", day)] == [2, 1]
    assert [one.number for one in board.shown("b", day)] == [1]
    assert [one.number for one in board.shown("a", day + timedelta(2))] == [1]
    assert not board.shown("a", day + timedelta(3))
    assert not board.shown("a", day - timedelta(1))
    gone = of(*events, Event("news/1", "withdrawn", "管", NOW, None, {"person": "r"}))
    assert [one.number for one in gone.shown("a", day)] == [2]


def test_an_announcement_that_ends_before_it_begins_is_refused() -> None:
    day = date(2026, 3, 3)
    with pytest.raises(DataError) as refused:
        remarks.check.news(News(1, "", "文", day, day - timedelta(1)))
    assert [one.code for one in refused.value.issues] == ["REMARK_TEXT", "NEWS_DAYS"]


def test_files_hold_the_thread_and_only_pinned_ones_are_on_the_map() -> None:
    board = of(
        written(1, Draft(Kind.COMMENT, "=1+1", HERE)),
        answered(1, "b", "答", "answered"),
        written(2, Draft(Kind.FAULT, "糊", address="supply?lang=en")),
    )
    found = list(board.remarks.values())
    table = remarks.columns(found, KINDS, STATES)
    assert table["内容"] == ["=1+1", "糊"]
    assert table["时间（北京）"] == ["2026-03-03 00:30"] * 2
    assert table["对象"] == ["某园区（park:P05）", ""]
    assert table["答复"][0] == "2026-03-03 00:30 名b：答"
    (feature,) = json.loads(remarks.geojson(found))["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [122.17, 37.42]}
    assert feature["properties"]["text"] == "=1+1"
    assert feature["properties"]["replies"][0]["by"] == "名b"


def signed(person: str, at: datetime) -> Event:
    return Event("session/d", "opened", person, at, None, {"person": person})


def test_people_are_counted_by_the_day_at_the_office_and_never_broken_down_below_three() -> None:
    late = NOW - timedelta(hours=1)  # 23:30 of the 2nd at the office
    entries = numbered([signed("a", NOW), signed("a", NOW), signed("b", late)])
    counts = {date(2026, 3, 3): {"page_map": 4, "check": 1}}
    found = remarks.uses(counts, date(2026, 3, 3), 2, entries)
    assert found.people == {date(2026, 3, 2): 1, date(2026, 3, 3): 1}
    assert (found.total, found.broken_down) == (2, False)
    assert found.sums == Counter({"page_map": 4, "check": 1})
    more = remarks.uses(counts, date(2026, 3, 3), 2, [*entries, *numbered([signed("c", NOW)], 3)])
    assert (more.total, more.broken_down) == (3, True)
    assert remarks.uses(counts, date(2026, 3, 3), 1).broken_down


def test_a_day_of_fewer_than_three_people_is_told_only_within_the_sums() -> None:
    days = [date(2026, 3, day) for day in (3, 4, 5, 6, 7)]
    signs = ["abc", "a", "", "abcd", ""]  # on the 5th somebody is still in; nothing on the 7th
    entries = numbered(
        [
            signed(who, NOW + timedelta(ahead))
            for ahead, people in enumerate(signs)
            for who in people
        ]
    )
    counts = {day: {"page_map": n} for day, n in zip(days, (9, 5, 2, 7), strict=False)}
    found = remarks.uses(counts, days[-1], 5, entries)
    # The 4th and 5th alone would be what a did, as the sums less the rest: the 3rd goes too.
    assert found.untold == set(days[:3])
    assert found.daily == {days[3]: {"page_map": 7}, days[4]: {}}
    assert found.sums == {"page_map": 23}
    whole = remarks.uses({days[0]: {"check": 1}}, days[-1], 5, entries)
    assert not whole.untold
    assert not remarks.uses(counts, days[-1], 5).untold  # where nobody signs in


def test_days_of_few_who_are_enough_together_hide_no_other() -> None:
    days = [date(2026, 3, day) for day in (3, 4, 5, 6)]
    entries = numbered(
        [
            signed(who, NOW + timedelta(ahead))
            for ahead, people in enumerate(("ab", "abc", "c", "abcd"))
            for who in people
        ]
    )
    found = remarks.uses({day: {"check": 1} for day in days}, days[-1], 4, entries)
    assert found.untold == {days[0], days[2]}
