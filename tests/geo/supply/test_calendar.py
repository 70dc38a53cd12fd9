"""Calendar files, read back by another's parser."""

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.supply import norm
from geo.supply.calendar import Reminder, ics, reminders
from geo.supply.clock import clock
from geo.supply.pause import Past, Pause
from tests.geo.supply.values import RULES, day, parcel

NORMS = norm.read(RULES)
NOW = datetime(2024, 1, 31, 4, 5, 6, tzinfo=UTC)
SOLD = {"agreed_start": "2023-02-28"}


def read(data: bytes) -> list[icalendar.Event]:
    found = icalendar.Calendar.from_ical(data)
    assert not found.errors
    events = list(found.events)
    assert not any(event.errors for event in events)
    return events


def of(on: str, *pauses: Pause) -> list[Reminder]:
    return reminders([clock(parcel("supplied", **SOLD), Past(pauses), NORMS, day(on))], NORMS)


def test_what_is_still_to_come_is_in_the_file_as_whole_days_with_alarms() -> None:
    one, two = read(ics("供地提醒", of("2024-01-31"), NOW))
    assert one["SUMMARY"] == "E-012 约定开工日满一年"
    assert one.decoded("DTSTART") == date(2024, 2, 28)
    assert one.decoded("DTEND") == date(2024, 2, 29)
    assert one.decoded("DTSTAMP") == NOW
    assert two.decoded("DTSTART") == date(2025, 2, 28)
    alarms = [alarm.decoded("TRIGGER") for alarm in one.walk("VALARM")]
    assert alarms == [timedelta(days=-30), timedelta(days=-90)]
    assert "《城市房地产管理法》第二十六条：" in one["DESCRIPTION"]
    assert "是否闲置由主管部门依文件认定" in one["DESCRIPTION"]


def test_a_date_that_a_pause_has_moved_is_the_same_entry_on_another_day() -> None:
    before = read(ics("供地", of("2024-01-31"), NOW))
    held = Pause("government", day("2023-06-01"), day("2023-07-01"))
    after = read(ics("供地", of("2024-01-31", held), NOW + timedelta(days=1)))
    assert [event["UID"] for event in before] == [event["UID"] for event in after]
    assert len({event["UID"] for event in before}) == 2
    assert after[0].decoded("DTSTART") == date(2024, 3, 29)  # 30 days after 28 February 2024


def test_a_pause_that_lasts_is_told_and_so_is_an_example() -> None:
    lasting = Pause("government", day("2024-01-01"))
    (found, *_) = of("2024-01-31", lasting)
    assert "暂停计时中" in found.text
    one = clock(parcel("supplied", **SOLD), Past(), NORMS, day("2024-01-31"))
    assert reminders([one], NORMS, "【示例】")[0].title == "【示例】E-012 约定开工日满一年"


def test_nothing_due_is_an_empty_calendar_that_can_be_read() -> None:
    assert read(ics("供地", [], NOW)) == []


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x85"), max_size=120)


@given(title=texts, text=texts)
def test_any_text_comes_back_and_no_line_is_too_long(title: str, text: str) -> None:
    data = ics(title, [Reminder("k", date(2024, 2, 29), title, text, (30,))], NOW)
    (event,) = read(data)
    kept = {"SUMMARY": title, "DESCRIPTION": text}
    for key, given_ in kept.items():
        printed = "".join(c for c in given_ if c in "\t\n" or (ord(c) > 31 and ord(c) != 127))
        assert str(event.get(key, "")) == printed
    lines = data.split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 for line in lines)
    assert not any({b"\n", b"\r"} & {line[i : i + 1] for i in range(len(line))} for line in lines)
    for line in lines:
        line.decode("utf-8")


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_every_kind_of_line_end_is_one(end: str) -> None:
    (event,) = read(ics("供地", [Reminder("k", date(2024, 2, 29), "t", f"甲{end}乙")], NOW))
    assert event["DESCRIPTION"] == "甲\n乙"
