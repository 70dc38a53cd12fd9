"""Events in two times."""

from datetime import UTC, date, datetime

import pytest

from geo.chronicle import Entry, head_of, numbered, standing, taken_back, version_on
from geo.errors import DataError
from geo.model import Event, Seal


def event(verb: str = "moved", on: date | None = None, hour: int = 2, **data: object) -> Event:
    at = datetime(2024, 5, 1, hour, tzinfo=UTC)
    return Event("parcel/P", verb, "甲", at, on, data)


def numbers(entries: list[Entry]) -> list[int]:
    return [entry.number for entry in entries]


def test_numbers_follow_on() -> None:
    assert numbers(numbered([event(), event()])) == [1, 2]
    assert numbers(numbered([event()], after=7)) == [8]


def test_a_day_is_a_day_at_the_office() -> None:
    (late,) = numbered([event(hour=17)])  # one in the morning of the next day in Beijing
    assert late.recorded == date(2024, 5, 2)
    assert late.on == date(2024, 5, 2)


def test_what_stands_is_by_day_of_effect_and_then_as_recorded() -> None:
    days = [date(2024, 3, 1), date(2024, 1, 1), date(2024, 3, 1), None]
    assert numbers(standing(numbered([event(on=day) for day in days]))) == [2, 1, 3, 4]


def test_what_was_withdrawn_does_not_stand_from_the_version_of_the_withdrawal_on() -> None:
    entries = numbered([event(), event(), event("withdrawn", event=1)])
    assert numbers(standing(entries)) == [2]
    assert numbers(standing(entries, known=2)) == [1, 2]
    assert numbers(standing(entries, known=3)) == [2]


def test_a_withdrawal_can_be_withdrawn_and_that_again() -> None:
    entries = numbered([event(), *(event("withdrawn", event=number) for number in (1, 2, 3))])
    assert [numbers(standing(entries, known)) for known in (1, 2, 3, 4)] == [[1], [], [1], []]


@pytest.mark.parametrize("named", [None, "1", True, 1.5, [1]])
def test_a_withdrawal_that_names_no_number_takes_nothing_back(named: object) -> None:
    entries = numbered([event(), event("withdrawn", event=named)])
    assert taken_back(entries[1]) == 0
    assert numbers(standing(entries)) == [1]


def test_the_version_known_at_the_end_of_a_day() -> None:
    at = [datetime(2024, 5, day, 2, tzinfo=UTC) for day in (1, 3, 2, 5)]  # a clock set back once
    entries = numbered([Event("parcel/P", "moved", "甲", one) for one in at])
    days = [date(2024, 4, 30), *(date(2024, 5, day) for day in (1, 2, 3, 4, 5, 6))]
    assert [version_on(entries, day) for day in days] == [0, 1, 1, 3, 3, 4, 4]


def test_a_seal_prints_what_can_be_typed_back() -> None:
    digest = "0123456789abcdef" * 4
    assert Seal(f"12:{digest}").say() == "校验值 12:0123456789abcdef"
    both = Seal(f"12:{digest}", f"7:{digest[::-1]}").say(english=True)
    assert both == "check 12:0123456789abcdef · log 7:fedcba9876543210"
    assert Seal().say() == ""
    assert Seal().rows() == {}
    assert Seal(f"12:{digest}").rows()["校验值"] == f"12:{digest}"
    for typed in (f"12:{digest}", " 12:0123456789abcdef…", "12:0123456789ABCDEF"):
        assert (found := head_of(typed))
        assert (found[0], digest.startswith(found[1])) == (12, True)
    assert head_of(" ") is None


@pytest.mark.parametrize("typed", ["7", "7:", "7:abc", "x:0123456789abcdef", "7:0123456789abcdeg"])
def test_what_no_document_prints_is_no_head(typed: str) -> None:
    with pytest.raises(DataError) as error:
        head_of(typed)
    assert error.value.code == "HEAD"
