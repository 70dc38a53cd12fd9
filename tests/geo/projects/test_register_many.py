"""Any legal story folds to what a plain recount says; any illegal step changes nothing."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from geo.chronicle import Entry
from geo.errors import LedgerError
from geo.model import Event
from geo.projects import Register, account, entry
from tests.geo.projects.desk import Desk

START = date(2024, 1, 1)
DAYS = st.integers(0, 60)
STEPS = ("permit", "started", "completed")
PARCELS = ("L1", "L2")
LEADS = ("经发局", "商务局")
Told = tuple[Any, ...]
TOLD = st.one_of(
    st.tuples(st.sampled_from(["admitted", "added", "exited"]), st.sampled_from(LEADS)),
    st.tuples(st.just("adjusted"), st.sampled_from(LEADS)),
    st.tuples(st.just("scheduled"), st.sampled_from(STEPS), DAYS),
    st.tuples(st.just("done"), st.sampled_from(STEPS)),
    st.tuples(st.just("reported"), st.sampled_from(["2023-12", "2024-01"])),
    st.tuples(st.sampled_from(["linked", "unlinked"]), st.sampled_from(PARCELS)),
    st.tuples(st.just("withdrawn"), st.integers(1, 25)),
)
OPENING: list[tuple[str, int, Told]] = [
    ("A", 3, ("admitted", "经发局")),
    ("B", 0, ("admitted", "商务局")),
    ("A", 4, ("scheduled", "permit", 20)),
]
STORY = st.lists(st.tuples(st.sampled_from("AB"), DAYS, TOLD), max_size=25)


def on(offset: int) -> date:
    return START + timedelta(days=offset)


def made(desk: Desk, id_: str, offset: int, told: Told) -> Event:
    """An event as told; all are recorded on one late day, so each is backdated."""
    stamp = desk.stamp(on(offset).isoformat(), "2024-12-31", "原因")
    verb, *rest = told
    if verb in ("admitted", "added"):
        fields = {"name": id_, "kind": "industry", "lead": rest[0]}
        enter = entry.admitted if verb == "admitted" else entry.added
        return enter(id_, fields, stamp, desk.rules)
    if verb == "adjusted":
        return entry.adjusted(id_, {"lead": rest[0]}, stamp, desk.rules)
    if verb == "exited":
        return entry.exited(id_, stamp)
    if verb == "reported":
        return entry.reported(id_, rest[0], (1.0, 1.0), "", stamp)
    if verb == "scheduled":
        return entry.scheduled(id_, rest[0], on(rest[1]), stamp)
    key = {"done": "step", "withdrawn": "event"}.get(verb, "parcels")
    value = [rest[0]] if key == "parcels" else rest[0]
    return entry.event(id_, verb, stamp, {key: value})


def kept(story: list[tuple[str, int, Told]]) -> Desk:
    """A desk with all of a story that is legal; what is not must change nothing."""
    desk = Desk()
    for id_, offset, told in [*OPENING, *story]:
        event = made(desk, id_, offset, told)
        before = desk.register
        try:
            desk.record(event)
        except LedgerError as error:
            assert error.issues
            assert desk.register is before
    return desk


def standing(entries: list[Entry], known: int) -> list[Entry]:
    """Asked of each event by itself: does a withdrawal that stands take it back?"""

    def stands(one: Entry) -> bool:
        return not any(
            other.number <= known
            and other.event.verb == "withdrawn"
            and other.event.data["event"] == one.number
            and stands(other)
            for other in entries
        )

    found = [one for one in entries if one.number <= known and stands(one)]
    found = [one for one in found if one.event.verb != "withdrawn"]
    return sorted(found, key=lambda one: (one.event.on or START, one.number))


def recounted(entries: list[Entry], id_: str, day: date, known: int) -> dict[str, Any] | None:
    """The same question answered by a plain loop."""
    live, ever, lead = False, False, ""
    due, done, parcels, months = dict[str, str](), set[str](), list[str](), set[str]()
    for one in standing(entries, known):
        event, data = one.event, one.event.data
        if event.subject != f"project/{id_}" or (event.on or START) > day:
            continue
        if event.verb in ("admitted", "added", "adjusted"):
            live, ever = True, True
            lead = data["fields"]["lead"]["value"]
        elif event.verb == "exited":
            live = False
        elif event.verb == "scheduled":
            due[data["step"]] = data["due"]
        elif event.verb == "done":
            done.add(data["step"])
        elif event.verb == "reported":
            months.add(data["month"])
        elif event.verb == "linked":
            parcels += data["parcels"]
        else:
            parcels = [one for one in parcels if one not in data["parcels"]]
    late = any(text < day.isoformat() and step not in done for step, text in due.items())
    seen = {"live": live, "lead": lead, "due": due, "done": done}
    more = {"links": tuple(parcels), "months": months, "red": late and live}
    return seen | more if ever else None


def shown(register: Register, id_: str, day: date, known: int | None) -> dict[str, Any] | None:
    found = register.at(day, known).get(id_)
    if found is None:
        return None
    due = {step.id: step.due.day.isoformat() for step in found.steps if step.due}
    return {
        "live": found.live,
        "lead": found.lead,
        "due": due,
        "done": {step.id for step in found.steps if step.done},
        "links": found.links,
        "months": set(found.reports),
        "red": found.colour == "red",
    }


@settings(max_examples=80, deadline=None)
@given(STORY, DAYS, st.integers(0, 25))
def test_every_day_and_version_equal_a_plain_recount(
    story: list[tuple[str, int, Told]], offset: int, known: int
) -> None:
    desk = kept(story)
    for id_ in "AB":
        for version in (known, len(desk.all)):
            expected = recounted(desk.all, id_, on(offset), version)
            assert shown(desk.register, id_, on(offset), version) == expected
    assert desk.register.faults() == []


@settings(max_examples=60, deadline=None)
@given(STORY, DAYS, DAYS)
def test_a_red_mark_stays_for_ever(
    story: list[tuple[str, int, Told]], one: int, other: int
) -> None:
    desk = kept(story)
    earlier, later = (desk.register.at(on(offset)) for offset in sorted((one, other)))
    for id_, project in earlier.items():
        marks = {(mark.step, mark.due, mark.red) for mark in project.marks}
        assert marks <= {(mark.step, mark.due, mark.red) for mark in later[id_].marks}
        if project.colour == "red":
            assert marks


@settings(max_examples=60, deadline=None)
@given(STORY, DAYS, DAYS, st.sampled_from(["", "lead", "tags"]))
def test_every_account_closes_and_meets_the_register(
    story: list[tuple[str, int, Told]], one: int, other: int, by: str
) -> None:
    desk = kept(story)
    start, end = sorted((on(one), on(other)))
    rows = account(desk.register, start, end, by)
    assert all(row.closes for row in rows)
    inside = {id_ for id_, found in desk.register.at(end).items() if found.live}
    assert {id_ for row in rows for id_ in row.closing} == inside


@settings(max_examples=40, deadline=None)
@given(STORY, st.integers(0, 25), DAYS)
def test_adding_later_events_is_the_same_as_reading_all(
    story: list[tuple[str, int, Told]], cut: int, offset: int
) -> None:
    desk = kept(story)
    pieces = Register.of(desk.all[:cut], desk.rules).added(desk.all[cut:])
    assert pieces.at(on(offset)) == Register.of(desk.all, desk.rules).at(on(offset))
    known = Register.of(desk.all[:cut], desk.rules).at(on(offset))
    assert known == desk.register.at(on(offset), cut)
