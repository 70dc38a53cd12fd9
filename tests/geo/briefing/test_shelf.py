"""Meetings are frozen once, stories are kept by one at a time; who comes second is told."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from geo import briefing, ledger, meeting
from geo.chronicle import CHINA
from geo.errors import ConflictError, DataError, LedgerError
from geo.meeting import Chapter, Text
from geo.model import Event
from geo.zone import Zone
from tests.geo.briefing.office import AT, FIRST, SECOND, freeze


@pytest.fixture(params=["sqlite", "postgis"])
def desks(request: pytest.FixtureRequest) -> Callable[[], Zone]:
    """Each call opens the same store once more, as another process would."""
    url = request.getfixturevalue("fresh" if request.param == "sqlite" else "pg_url")
    return lambda: ledger.open_zone(url)


@pytest.fixture
def zone(fresh: str) -> Zone:
    return ledger.open_zone(fresh)


def test_meetings_are_numbered_and_each_is_compared_with_the_one_before(
    desks: Callable[[], Zone],
) -> None:
    one = desks()
    assert briefing.snapshots(one) == ()
    version = one.version
    first = freeze(one, title="第一次", title_en="First", note="三楼")
    second = freeze(one, SECOND)
    third = freeze(one, SECOND, compare=1)
    assert [(x.number, x.version, x.previous) for x in (first, second, third)] == [
        (1, version, None),
        (2, version + 1, 1),
        (3, version + 2, 1),
    ]
    assert briefing.snapshots(desks()) == (first, second, third)
    assert briefing.snapshot(desks(), 1).title == Text("第一次", "First")
    assert briefing.faults(one) == []


def test_a_meeting_not_held_is_told(zone: Zone) -> None:
    with pytest.raises(DataError, match="还没有冻结任何一次") as refusal:
        briefing.snapshot(zone, 1)
    assert refusal.value.code == "SNAPSHOT_UNKNOWN"
    with pytest.raises(DataError, match="没有汇报 HB-1"):
        briefing.story(zone, "HB-1")


def test_nothing_is_written_for_a_meeting_that_may_not_be(zone: Zone) -> None:
    before = zone.version
    with pytest.raises(LedgerError) as refusal:
        freeze(zone, date(2025, 12, 30), title=" ", held=FIRST)
    assert [issue.code for issue in refusal.value.issues] == ["MEETING_TITLE", "MEETING_DAYS"]
    assert zone.version == before


def test_of_two_who_freeze_at_once_one_is_told_who_and_when(desks: Callable[[], Zone]) -> None:
    both = threading.Barrier(2, timeout=60)
    faults, frozen = list[ConflictError](), list[int]()

    def work(who: str) -> None:
        zone = desks()
        try:
            seen = len(briefing.snapshots(zone))
            both.wait()
            frozen.append(freeze(zone, by=who, seen=seen).number)
        except ConflictError as fault:
            faults.append(fault)

    desks()
    threads = [threading.Thread(target=work, args=(who,)) for who in ("甲", "乙")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert frozen == [1]
    (fault,) = faults
    (held,) = briefing.snapshots(desks())
    told = f"{held.by} 已于 {held.at.astimezone(CHINA):%Y-%m-%d %H:%M} 冻结第 1 次会议"
    assert told in str(fault)


def test_no_event_alters_a_meeting_and_verify_tells_of_it(zone: Zone) -> None:
    frozen = freeze(zone)
    forged = Event("meeting/1", "withdrawn", "乙", AT, None, {"event": zone.version})
    zone.record([forged], expect=zone.version)
    assert briefing.snapshots(zone) == (frozen,)
    (issue,) = briefing.faults(zone)
    assert "冻结后不能更改" in issue.message
    assert freeze(zone, SECOND).number == 2


def test_a_story_starts_from_the_eight_matters(zone: Zone) -> None:
    told = briefing.start(zone, by="甲", title="一月汇报")
    assert told.id.startswith("HB-")
    assert told.id.endswith("-001")
    assert [one.made for one in told.chapters] == [
        *("title", "agenda", "numbers"),
        *(f"matter:M{i}" for i in range(1, 9)),
        *("playback", "swipe", "wall", "changes", "actions", "sources", "closing"),
    ]
    assert briefing.start(zone, by="甲", title="另一个").id.endswith("-002")
    assert [one.title.zh for one in briefing.stories(zone)] == ["一月汇报", "另一个"]


def test_the_second_to_save_a_story_is_told_and_nothing_is_lost(
    desks: Callable[[], Zone],
) -> None:
    one, other = desks(), desks()
    told = briefing.start(one, by="甲", title="汇报")
    mine = meeting.with_chapter(told, Chapter("own-1", Text("码头")))
    kept = briefing.save(one, mine, by="李", expect=told.number)
    assert kept.chapters == mine.chapters
    assert kept.number > told.number
    with pytest.raises(ConflictError, match=f"李 已于 .* 保存汇报 {told.id}"):
        briefing.save(other, replace(told, title=Text("别的")), by="王", expect=told.number)
    with pytest.raises(ConflictError, match="李 已于"):
        briefing.save(other, told, by="王", expect=None)
    assert briefing.story(other, told.id) == kept


def test_a_story_that_was_removed_is_gone_and_whoever_saves_it_is_told(zone: Zone) -> None:
    told = briefing.start(zone, by="甲", title="汇报")
    briefing.remove(zone, told.id, by="王", expect=told.number)
    assert briefing.stories(zone) == ()
    with pytest.raises(ConflictError, match=f"王 已于 .* 移除汇报 {told.id}"):
        briefing.save(zone, told, by="甲", expect=told.number)
    assert briefing.start(zone, by="甲", title="新的").id != told.id


def test_a_story_that_may_not_be_is_not_written(zone: Zone) -> None:
    told = briefing.start(zone, by="甲", title="汇报")
    version = zone.version
    with pytest.raises(DataError, match="汇报标题"):
        briefing.save(zone, replace(told, title=Text("")), by="甲", expect=told.number)
    assert zone.version == version


def test_what_others_do_elsewhere_stops_nobody(zone: Zone, fresh: str) -> None:
    told = briefing.start(zone, by="甲", title="汇报")
    freeze(ledger.open_zone(fresh))
    assert briefing.save(zone, told, by="甲", expect=told.number).number == zone.version
