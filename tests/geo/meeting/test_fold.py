"""Meetings from their events: one stays as it was frozen, whatever is recorded after it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from geo import meeting
from geo.chronicle import Entry
from geo.errors import LedgerError
from geo.meeting import Actual, Call, Chapter, Story, Text
from geo.model import Event

AT = datetime(2026, 1, 5, 4, tzinfo=UTC)
TODAY = date(2026, 1, 5)
CALL = Call("调度会", date(2026, 1, 8), date(2026, 1, 4), "Review", "会议室")


def frozen(number: int, call: Call = CALL, previous: int | None = None, version: int = 0) -> Event:
    event = meeting.frozen(number, call, previous, "甲", AT)
    return meeting.sealed(event, version, {"G1": Actual(Text("61 家", "61"), "2022", 61.0)})


def entries(*events: Event) -> list[Entry]:
    return [Entry(i, event) for i, event in enumerate(events, 1)]


TWO = entries(frozen(1), frozen(2, previous=1, version=1))


def test_a_meeting_is_what_was_said_when_it_was_frozen() -> None:
    one, two = meeting.fold(TWO).snapshots
    assert (one.number, one.title, one.previous) == (1, Text("调度会", "Review"), None)
    assert (one.held, one.as_of, one.version, one.note) == (CALL.held, CALL.as_of, 0, "会议室")
    assert (one.by, one.at) == ("甲", AT)
    assert one.actuals == {"G1": Actual(Text("61 家", "61"), "2022", 61.0)}
    assert (two.number, two.previous, two.version) == (2, 1, 1)
    assert meeting.faults(TWO) == []


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (frozen(1, version=2), "再次冻结第 1 次会议"),
        (Event("meeting/1", "withdrawn", "乙", AT, None, {"event": 1}), "冻结后不能更改"),
        (Event("meeting/2", "amended", "乙", AT, None, {"title": "改"}), "冻结后不能更改"),
        (frozen(9, previous=1, version=2), "编号应为 3"),
        (frozen(3, previous=1, version=0), "数据版本 0 应为 2"),
        (frozen(3, previous=7, version=2), "没有第 7 次会议"),
        (frozen(3, version=2), "没有写明与哪次会议对比"),
        (frozen(3, replace(CALL, as_of=date(2025, 1, 1)), 1, 2), "早于所对比"),
        (Event("meeting/3", "frozen", "乙", AT, None, {"title": "缺"}), "内容不全"),
    ],
)
def test_no_event_alters_a_meeting_and_each_that_tries_is_told(event: Event, told: str) -> None:
    after = [*TWO, Entry(3, event)]
    assert meeting.fold(after).snapshots == meeting.fold(TWO).snapshots
    (issue,) = meeting.faults(after)
    assert told in issue.message
    assert (issue.code, issue.row) == ("MEETING_EVENT", 3)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (replace(CALL, title="  "), ["会议名称"]),
        (replace(CALL, title="长" * 121), ["会议名称"]),
        (replace(CALL, as_of=date(2026, 1, 9)), ["晚于会议日期", "还没有到"]),
        (
            replace(CALL, held=date(2026, 1, 5), as_of=date(2026, 1, 3)),
            ["早于第 1 次", "早于所对比"],
        ),
        (replace(CALL, compare=4), ["没有第 4 次会议"]),
    ],
)
def test_what_may_not_be_frozen_is_refused_with_every_reason(call: Call, told: list[str]) -> None:
    held = meeting.fold(entries(frozen(1))).snapshots
    with pytest.raises(LedgerError) as refusal:
        meeting.check(call, held, TODAY)
    assert len(refusal.value.issues) == len(told)
    for part, issue in zip(told, refusal.value.issues, strict=True):
        assert part in issue.message


def saved(id_: str, title: str) -> Event:
    told = meeting.plain(Story(id_, Text(title), (Chapter("t", made="title"),)))
    return Event(f"story/{id_}", "saved", "甲", AT, None, told)


def test_a_story_is_what_was_saved_last_until_it_is_removed() -> None:
    gone = Event("story/A", "removed", "乙", AT)
    told = entries(saved("A", "初稿"), saved("B", "另一"), saved("A", "二稿"))
    assert [(s.title.zh, s.number) for s in meeting.fold(told).stories.values()] == [
        ("二稿", 3),
        ("另一", 2),
    ]
    assert list(meeting.fold([*told, Entry(4, gone)]).stories) == ["B"]


def test_what_makes_no_story_counts_for_nothing_and_is_told() -> None:
    broken = saved("B", " ")
    told = entries(
        saved("A", "初稿"),
        Event("story/X", "removed", "乙", AT),
        broken,
        Event("story/A", "burnt", "乙", AT),
        replace(broken, data={"title": 1}),
    )
    assert [s.title.zh for s in meeting.fold(told).stories.values()] == ["初稿"]
    assert [issue.row for issue in meeting.faults(told)] == [2, 3, 4, 5]
