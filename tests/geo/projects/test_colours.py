"""Three colours: a late step is red the next day, and its mark stays for ever."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from geo.chronicle import Entry
from geo.model import Event
from geo.projects import Colour, Mark, Moment, Precision, Register, entry
from tests.geo.projects.desk import Desk, day


@pytest.fixture
def desk() -> Desk:
    """A project admitted on 2024-01-10 that must be completed by 2024-06-30."""
    found = Desk()
    found.admit("A", "2024-01-10")
    found.due("A", "completed", "2024-06-30", "2024-01-10")
    return found


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2024-01-10", ("green", "on_track")),
        ("2024-05-30", ("green", "on_track")),  # 31 days before
        ("2024-05-31", ("yellow", "due_soon")),  # 30 days before
        ("2024-06-30", ("yellow", "due_soon")),  # the last day is still in time
        ("2024-07-01", ("red", "late")),
        ("2029-12-31", ("red", "late")),
    ],
)
def test_a_late_step_turns_red_the_next_day(desk: Desk, on: str, expected: tuple[str, str]) -> None:
    assert desk.why("A", on) == expected


def test_a_step_made_up_is_yellow_and_its_red_mark_stays(desk: Desk) -> None:
    desk.done("A", "completed", "2024-07-05")
    assert desk.why("A", "2024-07-04") == ("red", "late")
    assert desk.why("A", "2024-07-05") == ("yellow", "made_up")
    late = Mark("completed", date(2024, 6, 30), date(2024, 7, 1), date(2024, 7, 5), "done")
    assert desk.see("A", "2024-07-05").marks == (late,)
    assert desk.see("A", "2034-07-05").marks == (late,)
    assert desk.why("A", "2034-07-05") == ("yellow", "made_up")


def test_a_step_done_on_its_last_day_is_green_without_a_mark(desk: Desk) -> None:
    desk.done("A", "completed", "2024-06-30")
    assert desk.why("A", "2024-07-01") == ("green", "on_track")
    assert desk.see("A", "2024-07-01").marks == ()


def test_a_step_done_one_day_late_keeps_a_mark_of_that_day(desk: Desk) -> None:
    desk.done("A", "completed", "2024-07-01")
    (mark,) = desk.see("A", "2024-07-01").marks
    assert (mark.red, mark.cleared) == (date(2024, 7, 1), date(2024, 7, 1))
    assert desk.why("A", "2024-07-01") == ("yellow", "made_up")


def test_the_day_is_that_of_the_office_in_china(desk: Desk) -> None:
    """16:30 UTC on 30 June is half past midnight on 1 July at the office: one day late."""
    at = datetime(2024, 6, 30, 16, 30, tzinfo=UTC)
    stamp = replace(desk.stamp("2024-06-30"), at=at, on=None)
    desk.record(entry.done("A", "completed", stamp))
    assert desk.see("A", "2024-07-01").marks[0].cleared == date(2024, 7, 1)
    assert desk.why("A", "2024-06-30") == ("yellow", "due_soon")


def test_a_deadline_put_off_in_time_leaves_no_mark(desk: Desk) -> None:
    desk.due("A", "completed", "2024-09-30", "2024-06-30", why="设计变更")
    assert desk.why("A", "2024-07-01") == ("green", "on_track")
    assert desk.see("A", "2024-12-01").marks == (
        Mark("completed", date(2024, 9, 30), date(2024, 10, 1)),
    )


def test_a_deadline_put_off_too_late_is_yellow_with_its_mark(desk: Desk) -> None:
    desk.due("A", "completed", "2024-12-31", "2024-07-10", why="设计变更")
    assert desk.why("A", "2024-07-10") == ("yellow", "extended")
    assert desk.see("A", "2024-08-01").marks == (
        Mark("completed", date(2024, 6, 30), date(2024, 7, 1), date(2024, 7, 10), "scheduled"),
    )
    desk.done("A", "completed", "2024-12-01")
    assert desk.why("A", "2024-12-01") == ("yellow", "made_up")
    steps = {step.id: step for step in desk.see("A", "2025-01-01").steps}
    assert [str(one.due) for one in steps["completed"].deadlines] == ["2024-06-30", "2024-12-31"]


def test_a_deadline_set_after_it_had_passed_is_red_from_the_day_it_was_set(desk: Desk) -> None:
    desk.due("A", "permit", "2024-02-01", "2024-03-15")
    (mark,) = desk.see("A", "2024-03-20").marks
    assert mark.red == date(2024, 3, 15)


def test_two_deadlines_on_one_day_leave_no_mark_of_the_first(desk: Desk) -> None:
    desk.due("A", "permit", "2024-02-01", "2024-03-15")
    desk.due("A", "permit", "2024-08-01", "2024-03-15", why="录入错误")
    assert desk.see("A", "2024-03-20").marks == ()


def test_time_outside_the_register_does_not_count(desk: Desk) -> None:
    desk.exit("A", "2024-07-03")
    assert desk.why("A", "2024-07-03") == ("grey", "left")
    desk.back("A", "2024-09-01")
    desk.done("A", "completed", "2024-09-10")
    due = date(2024, 6, 30)
    assert desk.see("A", "2025-01-01").marks == (
        Mark("completed", due, date(2024, 7, 1), date(2024, 7, 3), "exited"),
        Mark("completed", due, date(2024, 9, 1), date(2024, 9, 10), "done"),
    )


def test_a_deadline_that_passed_while_out_of_the_register_is_late_from_its_return() -> None:
    desk = Desk()
    desk.admit("A", "2024-01-10")
    desk.due("A", "completed", "2024-06-30", "2024-01-10")
    desk.exit("A", "2024-03-01")
    assert desk.see("A", "2024-08-01").marks == ()
    desk.back("A", "2024-09-01")
    assert [mark.red for mark in desk.see("A", "2024-09-01").marks] == [date(2024, 9, 1)]


def test_a_project_without_dates_is_grey_and_says_so() -> None:
    desk = Desk()
    desk.admit("A", "2024-01-10")
    assert desk.why("A", "2024-02-01") == ("grey", "no_data")
    assert desk.rules.lights["no_data"].name == "无进度资料"


def test_a_stage_without_a_deadline_cannot_be_judged() -> None:
    desk = Desk()
    desk.admit("A", "2024-01-10")
    desk.done("A", "started", "2024-02-01")
    assert desk.why("A", "2024-03-01") == ("grey", "no_deadline")
    desk.admit("B", "2024-01-10")
    desk.report("B", "2024-01", "2024-02-01")
    assert desk.why("B", "2024-03-01") == ("grey", "no_deadline")


def test_the_worst_step_colours_the_project(desk: Desk) -> None:
    desk.due("A", "permit", "2024-02-28", "2024-01-10")
    desk.done("A", "permit", "2024-02-20")
    assert desk.why("A", "2024-03-01") == ("green", "on_track")
    desk.due("A", "started", "2024-03-31", "2024-03-02")
    assert desk.why("A", "2024-03-05") == ("yellow", "due_soon")
    assert desk.why("A", "2024-04-01") == ("red", "late")


def test_a_deadline_nobody_followed_proves_nothing_until_the_office_takes_it_on() -> None:
    desk = Desk()
    desk.admit("A", "2024-01-10")
    stamp = desk.stamp("2024-01-10")
    desk.record(entry.scheduled("A", "completed", "2024", stamp, {"followed": False}))
    assert desk.why("A", "2025-01-01") == ("grey", "unfollowed")
    assert desk.see("A", "2025-01-01").marks == ()
    desk.due("A", "completed", "2025-06-30", "2025-02-01", why="与企业核实")
    assert desk.why("A", "2025-03-01") == ("green", "on_track")
    assert desk.why("A", "2025-07-01") == ("red", "late")


def test_a_deadline_nobody_followed_that_was_met_late_is_marked() -> None:
    desk = Desk()
    desk.admit("A", "2024-01-10")
    stamp = desk.stamp("2024-01-10")
    desk.record(entry.scheduled("A", "completed", "2024-03", stamp, {"followed": False}))
    desk.done("A", "completed", "2024-05-05")
    (mark,) = desk.see("A", "2024-06-01").marks
    assert (mark.due, mark.red, mark.how) == (date(2024, 3, 31), date(2024, 4, 1), "done")


def test_what_is_known_by_month_or_year_is_late_only_where_that_is_certain() -> None:
    desk = Desk()
    for id_, precision, on in (("A", "year", "2024-12-31"), ("B", "month", "2024-07-31")):
        desk.admit(id_, "2024-01-10")
        desk.due(id_, "completed", "2024-06-30", "2024-01-10")
        extra = {"precision": precision}
        desk.record(entry.done(id_, "completed", desk.stamp(on), extra))
    assert desk.see("A", "2025-01-01").marks == ()  # some day of 2024: it may have been in time
    assert [mark.red for mark in desk.see("B", "2025-01-01").marks] == [date(2024, 7, 1)]


@pytest.mark.parametrize(
    ("text", "last", "first"),
    [
        ("2024-02", "2024-02-29", "2024-02-01"),
        ("2023-02", "2023-02-28", "2023-02-01"),
        ("2019-12", "2019-12-31", "2019-12-01"),
        ("2018", "2018-12-31", "2018-01-01"),
        ("2016-11-24", "2016-11-24", "2016-11-24"),
    ],
)
def test_a_month_or_year_means_its_last_day_and_is_shown_as_given(
    text: str, last: str, first: str
) -> None:
    desk = Desk()
    desk.admit("A", "2010-01-10")
    desk.due("A", "completed", text, "2010-01-10")
    (step,) = [one for one in desk.see("A", "2010-02-01").steps if one.due]
    assert step.due is not None
    assert (step.due.day, step.due.earliest, str(step.due)) == (day(last), day(first), text)


def test_colours_are_told_by_letter_and_shape_too() -> None:
    colours = Desk().rules.colours
    assert set(colours) == {"red", "yellow", "green", "grey"}
    assert len({one.letter for one in colours.values()}) == 4
    assert len({one.shape for one in colours.values()}) == 4


def test_what_follows_a_colour_is_the_office_s_to_decide(desk: Desk) -> None:
    """With a rule file that calls what was made up green, the colour changes; the mark does not."""
    desk.done("A", "completed", "2024-07-05")
    lights = dict(desk.rules.lights)
    lights["made_up"] = replace(lights["made_up"], colour=Colour.GREEN)
    register = Register.of(desk.all, replace(desk.rules, lights=lights))
    found = register.at(day("2024-08-01"))["A"]
    assert found.colour is Colour.GREEN
    assert len(found.marks) == 1


def test_a_register_of_another_subject_is_empty() -> None:
    event = Event("parcel/A", "entered", "甲", datetime(2024, 1, 1, tzinfo=UTC))
    register = Register.of([Entry(7, event)], Desk().rules)
    assert register.at(day("2024-02-01")) == {}
    assert register.last == 7


def test_a_moment_is_a_plain_value() -> None:
    assert Moment(day("2024-06-30"), Precision.MONTH) == Moment(day("2024-06-30"), Precision.MONTH)
