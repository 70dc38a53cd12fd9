"""Every parcel on any day, as known at any version; and what the ledger refuses."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.chronicle import Entry, numbered
from geo.errors import Issue, LedgerError
from geo.model import Event
from geo.supply import Ledger, Parcel, Span, faults
from tests.geo.supply.entries import (
    BEGIN,
    FULL,
    LEGAL,
    NOW,
    RULES,
    TABLE,
    day,
    draft,
    naive,
    raw,
    stands,
)

MANY = settings(max_examples=60)
STATUSES = list(TABLE["status"])


def ledger(*events: Event) -> Ledger:
    return Ledger.of(numbered(events), RULES)


def entered(status: str = "reserve", on: date = BEGIN, id_: str = "P", **fields: Any) -> Event:
    return draft(on).entered(id_, status, {**FULL, **fields})


def moved(book: Ledger, to: str, on: date, id_: str = "P", **fields: Any) -> Event:
    parcel = book.parcel(id_, on)
    assert parcel is not None
    return draft(on).moved(parcel, to, fields)


def method(start: str, end: str) -> dict[str, str]:
    """A way of supply to which a move is open; the table names the ways."""
    ways = LEGAL[start, end].get("methods")
    return {"method": "listing" if "listing" in ways else "agreement"} if ways else {}


def step(book: Ledger, end: str, on: date, id_: str = "P") -> Event:
    """A legal move, with all that any move can need."""
    parcel = book.parcel(id_, on)
    assert parcel is not None
    needed = {key: value for key, value in FULL.items() if key not in parcel.fields}
    if end == "reserve":
        needed = {}
    return draft(on).moved(parcel, end, needed | method(parcel.status, end))


def walk(data: st.DataObject, book: Ledger, id_: str, length: int) -> Ledger:
    """A parcel enters anywhere and takes legal steps, each checked and then added."""
    at = data.draw(st.integers(0, 300))
    first = entered(data.draw(st.sampled_from(STATUSES)), day(at), id_)
    book.check([first])
    book = book.added(numbered([first], book.last))
    for _ in range(length):
        parcel = book.parcel(id_)
        assert parcel is not None
        ends = [end for start, end in LEGAL if start == parcel.status]
        at += data.draw(st.integers(0, 90))
        event = step(book, data.draw(st.sampled_from(ends)), day(at), id_)
        book.check([event])
        book = book.added(numbered([event], book.last))
    return book


def entries_of(book: Ledger) -> list[Entry]:
    return sorted(
        (entry for id_ in book.at() for entry in book.entries(id_)),
        key=lambda entry: entry.number,
    )


def refused(book: Ledger, *events: Event) -> list[Issue]:
    with pytest.raises(LedgerError) as caught:
        book.check(events)
    return list(caught.value.issues)


def codes(issues: Sequence[Issue]) -> list[str]:
    return [issue.code for issue in issues]


@MANY
@given(data=st.data(), length=st.integers(0, 12))
def test_any_legal_walk_folds(data: st.DataObject, length: int) -> None:
    book = walk(data, ledger(), "P", length)
    assert [step.after is not None for step in book.history("P")] == [True] * (length + 1)
    assert faults(book) == []


@MANY
@given(data=st.data(), length=st.integers(0, 5), to=st.sampled_from(STATUSES))
def test_any_illegal_move_is_refused_and_changes_nothing(
    data: st.DataObject, length: int, to: str
) -> None:
    book = walk(data, ledger(), "P", length)
    parcel = book.parcel("P")
    assert parcel is not None
    before = dict(book.at()), book.table(), book.spans()
    if (parcel.status, to) in LEGAL:
        return
    (issue,) = refused(book, draft(day(2000)).moved(parcel, to, {}))
    assert issue.code == "MOVE"
    assert TABLE["status"][parcel.status]["name"] in issue.message
    for start, end in LEGAL:
        if start == parcel.status:
            assert TABLE["status"][end]["name"] in issue.message
    assert (dict(book.at()), book.spans()) == (before[0], before[2])
    assert book.table().equals(before[1])


@MANY
@given(data=st.data())
def test_views_of_any_day_known_at_any_version_equal_a_naive_recomputation(
    data: st.DataObject,
) -> None:
    book = ledger()
    for id_ in ("A", "B", "C"):
        book = walk(data, book, id_, data.draw(st.integers(0, 5)))
    book = withdrawals(data, book)
    entries = entries_of(book)
    as_of, known = day(data.draw(st.integers(-5, 900))), data.draw(st.integers(0, book.last + 1))
    seen = {id_: (one.status, one.since, one.ended) for id_, one in book.at(as_of, known).items()}
    assert seen == naive(entries, as_of, known)
    for id_ in ("A", "B", "C", "D"):
        assert book.parcel(id_, as_of, known) == book.at(as_of, known).get(id_)


def withdrawals(data: st.DataObject, book: Ledger) -> Ledger:
    """Take back last moves, and sometimes the taking back."""
    for _ in range(data.draw(st.integers(0, 4))):
        id_ = data.draw(st.sampled_from(["A", "B", "C"]))
        last = book.entries(id_)[-1]
        if last.number == book.entries(id_)[0].number:
            continue
        event = draft().withdrawn(id_, last.number)
        book.check([event])
        book = book.added(numbered([event], book.last))
    return book


def lawful(entries: Sequence[Entry]) -> bool:
    """Whether every parcel entered first and only ever took moves of the table, thought afresh."""
    for subject in {entry.event.subject for entry in entries}:
        own = [entry for entry in entries if entry.event.subject == subject]
        told = [one for one in own if stands(one, own) and one.event.verb != "withdrawn"]
        told.sort(key=lambda one: (one.on, one.number))
        verbs = [one.event.verb for one in told]
        if verbs and (verbs[0] != "entered" or "entered" in verbs[1:]):
            return False
        seen = [one.event.data.get("status", one.event.data.get("to")) for one in told]
        if any(pair not in LEGAL for pair in pairwise(seen)):
            return False
    return True


@settings(max_examples=200)
@given(data=st.data())
def test_whatever_is_recorded_late_is_allowed_only_if_every_day_stays_legal(
    data: st.DataObject,
) -> None:
    book = walk(data, ledger(), "P", data.draw(st.integers(1, 6)))
    events = list[Event]()
    for _ in range(data.draw(st.integers(1, 3))):
        if data.draw(st.booleans()):
            events.append(draft().withdrawn("P", data.draw(st.integers(1, book.last))))
        else:
            to = data.draw(st.sampled_from(STATUSES))
            events.append(raw("moved", {"to": to}, day(data.draw(st.integers(0, 900)))))
    before, then = dict(book.at()), book.added(numbered(events, book.last))
    found = set(codes(book.refused(events)))
    legal = lawful(then.entries("P"))
    if not found:
        assert legal
        assert faults(then) == []
    if found & {"MOVE", "NOT_ENTERED"} and not found & {"WITHDRAWN_WHAT", "WITHDRAWN_TWICE"}:
        assert not legal
    assert book.at() == before


@MANY
@given(data=st.data(), cut=st.integers(0, 20))
def test_adding_gives_what_folding_afresh_gives(data: st.DataObject, cut: int) -> None:
    book = walk(data, walk(data, ledger(), "A", 5), "B", 5)
    entries = entries_of(book)
    grown = Ledger.of(entries[:cut], RULES).added(entries[cut:])
    fresh = Ledger.of(entries, RULES)
    for one in (grown, book.replayed()):
        assert one.at() == fresh.at()
        assert one.spans() == fresh.spans()
        assert one.history("B") == fresh.history("B")
        assert one.table().equals(fresh.table())
        assert one.last == fresh.last


def test_adding_shares_every_parcel_that_is_not_touched() -> None:
    book = ledger(entered(id_="A"), entered(id_="B"))
    grown = book.added(numbered([moved(book, "prepared", day(9), "B")], book.last))
    assert grown.parcel("A") is book.parcel("A")
    assert book.at()["B"].status == "reserve"
    assert grown.at()["B"].status == "prepared"


def life() -> Ledger:
    """Entered on day 0, prepared from day 10, available from day 20 on."""
    book = ledger(entered())
    for to, at in (("prepared", 10), ("available", 20)):
        book = book.added(numbered([moved(book, to, day(at))], book.last))
    return book


@pytest.mark.parametrize(
    ("at", "status"),
    [
        (-1, None),
        (0, "reserve"),
        (9, "reserve"),
        (10, "prepared"),
        (20, "available"),
        (99, "available"),
    ],
)
def test_a_move_takes_effect_on_its_day(at: int, status: str | None) -> None:
    parcel = life().parcel("P", day(at))
    assert (parcel.status if parcel else None) == status


def test_spans_join_without_gap() -> None:
    assert life().spans() == [
        Span("P", "reserve", day(0), day(10)),
        Span("P", "prepared", day(10), day(20)),
        Span("P", "available", day(20), None),
    ]


def test_of_two_moves_of_a_day_the_later_recorded_holds_and_the_other_spans_no_day() -> None:
    book = ledger(entered())
    book = book.added(numbered([moved(book, "prepared", day(10))], book.last))
    book = book.added(numbered([moved(book, "available", day(10))], book.last))
    assert book.at(day(10))["P"].status == "available"
    assert [span.status for span in book.spans()] == ["reserve", "available"]
    assert faults(book) == []


def test_an_amendment_holds_from_its_day_and_null_clears() -> None:
    book = life()
    events = [
        draft(day(12)).amended("P", {"area_m2": 12_000.0, "note": "重测"}),
        draft(day(15)).amended("P", {"note": None}),
    ]
    book.check(events)
    book = book.added(numbered(events, book.last))
    assert book.at(day(11))["P"].area_m2 == pytest.approx(40_000 / 3)
    assert book.at(day(12))["P"].area_m2 == 12_000
    assert book.at(day(14))["P"].fields["note"] == "重测"
    assert "note" not in book.at(day(15))["P"].fields
    assert book.at(day(15))["P"].status == "prepared"


def test_a_correction_is_a_withdrawal_and_an_earlier_event_in_one_write() -> None:
    book = life()
    fix = [draft().withdrawn("P", 2), moved(ledger(entered()), "prepared", day(5))]
    book.check(fix)
    later = book.added(numbered(fix, book.last))
    assert later.at(day(7))["P"].status == "prepared"
    assert later.at(day(7), known=3)["P"].status == "reserve"
    assert later.known(3).at() == book.at()


def test_what_was_withdrawn_stays_in_the_history_with_who_took_it_back() -> None:
    book = life()
    book = book.added(numbered([draft().withdrawn("P", 3)], book.last))
    told = {step.entry.number: step for step in book.history("P")}
    assert told[3].withdrawn_by == 4
    assert told[3].after is None
    assert told[4].withdrawn_by is None
    before, after = told[2].before, told[2].after
    assert before is not None
    assert after is not None
    assert (before.status, after.status) == ("reserve", "prepared")


def test_a_withdrawal_can_be_withdrawn() -> None:
    book = life()
    book = book.added(numbered([draft().withdrawn("P", 3)], book.last))
    assert book.at()["P"].status == "prepared"
    undo = draft().withdrawn("P", 4)
    book.check([undo])
    book = book.added(numbered([undo], book.last))
    assert book.at()["P"].status == "available"
    assert book.at(known=4)["P"].status == "prepared"


def test_a_withdrawal_cannot_be_withdrawn_where_life_went_on_otherwise() -> None:
    book = life()
    book = book.added(numbered([draft().withdrawn("P", 3)], book.last))
    book = book.added(numbered([moved(book, "available", day(30))], book.last))
    assert codes(refused(book, draft().withdrawn("P", 4))) == ["MOVE"]


@pytest.mark.parametrize("number", [0, 4, 99, -1])
def test_a_withdrawal_must_name_an_earlier_event(number: int) -> None:
    (issue,) = refused(life(), draft().withdrawn("P", number))
    assert issue.code == "WITHDRAWN_WHAT"


@pytest.mark.parametrize("named", ["2", None, True, [2]])
def test_a_withdrawal_that_names_no_number_is_refused(named: object) -> None:
    assert codes(refused(life(), raw("withdrawn", {"event": named}))) == ["WITHDRAWN_WHAT"]


def test_a_withdrawal_must_be_of_the_same_parcel() -> None:
    book = ledger(entered(id_="A"), entered(id_="B"))
    assert codes(refused(book, draft().withdrawn("A", 2))) == ["WITHDRAWN_WHAT"]


def test_nothing_is_withdrawn_twice() -> None:
    book = life()
    book = book.added(numbered([draft().withdrawn("P", 3)], book.last))
    (issue,) = refused(book, draft().withdrawn("P", 3))
    assert issue.code == "WITHDRAWN_TWICE"
    assert "第 4 条" in issue.message


def test_two_withdrawals_of_one_event_in_one_write_are_refused() -> None:
    twice = [draft().withdrawn("P", 3), draft().withdrawn("P", 3)]
    (issue,) = refused(life(), *twice)
    assert (issue.code, issue.row) == ("WITHDRAWN_TWICE", 2)


def test_a_withdrawal_needs_a_reason() -> None:
    assert codes(refused(life(), draft(reason=" ").withdrawn("P", 3))) == ["REASON"]


def test_entering_is_withdrawn_only_with_all_that_followed() -> None:
    book = life()
    assert set(codes(refused(book, draft().withdrawn("P", 1)))) == {"NOT_ENTERED"}
    every = [draft().withdrawn("P", number) for number in (1, 2, 3)]
    book.check(every)
    gone = book.added(numbered(every, book.last))
    assert gone.at() == {}
    assert gone.table().empty
    gone.check([entered("available")])  # the number is free again


def test_what_is_recorded_late_takes_its_place_among_the_days() -> None:
    book = life()
    late = [moved(book, "approved", day(5)), draft(day(5)).amended("P", {"note": "补记"})]
    book.check(late)
    book = book.added(numbered(late, book.last))
    assert [span.status for span in book.spans()] == [
        *("reserve", "approved", "prepared", "available")
    ]
    assert book.at()["P"].fields["note"] == "补记"


def test_a_late_insert_that_breaks_a_later_step_is_told_at_its_row() -> None:
    book = ledger(entered("available"))
    book = book.added(numbered([moved(book, "reserve", day(20))], book.last))
    back = moved(book, "notice", day(10), method="listing")
    (issue,) = refused(book, back)
    assert (issue.code, issue.row) == ("MOVE", 1)
    assert str(day(20)) in issue.message
    assert "公告" in issue.message


def test_a_day_after_the_recording_is_refused() -> None:
    ahead = NOW.date() + timedelta(days=1)
    (issue,) = refused(life(), draft(ahead).amended("P", {"note": "明天"}))
    assert issue.code == "FUTURE"
    today = draft(NOW.date()).amended("P", {"note": "今天"})
    life().check([today])


def test_today_is_the_day_at_the_office() -> None:
    night = datetime(2026, 1, 5, 17, tzinfo=UTC)  # one in the morning of the sixth in Beijing
    life().check([draft(date(2026, 1, 6), at=night).amended("P", {"note": "夜里"})])


def test_a_parcel_enters_once() -> None:
    assert codes(refused(life(), entered(on=day(30)))) == ["ENTERED_TWICE"]
    assert "ENTERED_TWICE" in codes(refused(ledger(), entered(), entered()))


def test_a_parcel_enters_with_its_area() -> None:
    (issue,) = refused(ledger(), draft().entered("P", "reserve", {"use": "1001"}))
    assert (issue.code, issue.field) == ("NEEDS", "area_m2")
    assert "面积" in issue.message


def test_the_area_cannot_be_cleared_later() -> None:
    assert codes(refused(life(), draft(day(30)).amended("P", {"area_m2": None}))) == ["NEEDS"]


@pytest.mark.parametrize("id_", ["", " P", "P\n", "P" * 65])
def test_a_parcel_number_is_short_and_visible(id_: str) -> None:
    assert codes(refused(ledger(), entered(id_=id_))) == ["PARCEL_ID"]


def test_nothing_happens_to_a_parcel_that_has_not_entered() -> None:
    assert codes(refused(ledger(), draft().amended("X", {"note": "无"}))) == ["NOT_ENTERED"]


def test_a_move_needs_its_fields_and_its_paper() -> None:
    book = ledger(draft().entered("P", "prepared", {"area_m2": 100.0}))
    (issue,) = refused(book, moved(book, "available", day(5)))
    assert issue.code == "NEEDS"
    assert "坐落" in issue.message
    assert "土地用途" in issue.message
    book = ledger(entered("completed"))
    parcel = book.at()["P"]
    (issue,) = refused(book, draft(day(5), document=" ").moved(parcel, "low"))
    assert issue.code == "PAPER"


def test_the_way_of_supply_decides_the_way_through_the_table() -> None:
    book = ledger(entered("available"))
    (issue,) = refused(book, moved(book, "supplied", day(5), method="listing"))
    assert issue.code == "METHOD"
    assert "挂牌出让" in issue.message
    assert "公告" in issue.message
    (issue,) = refused(book, moved(book, "notice", day(5), method="agreement"))
    assert issue.code == "METHOD"
    assert "已供" in issue.message
    book.check([moved(book, "supplied", day(5), method="agreement")])
    book.check([moved(book, "notice", day(5), method="auction")])


def test_a_granted_parcel_has_a_term_and_a_price_and_an_allocated_one_none() -> None:
    bare = {key: value for key, value in FULL.items() if key not in ("years", "price_wan")}
    book = ledger(draft().entered("P", "available", bare))
    (issue,) = refused(book, moved(book, "supplied", day(5), method="agreement"))
    assert issue.code == "NEEDS"
    assert "使用年限" in issue.message
    book.check([moved(book, "supplied", day(5), method="allocation")])
    (issue,) = refused(book, moved(book, "supplied", day(5), method="allocation", years=50))
    assert issue.code == "YEARS"


@pytest.mark.parametrize(
    ("use", "most"), [("0701", 70), ("100101", 50), ("0804", 50), ("0902", 40), ("0701/0901", 50)]
)
def test_a_term_beyond_the_legal_one_is_refused_with_the_article(use: str, most: int) -> None:
    ledger().check([entered("supplied", use=use, years=most)])
    if most == 70:
        return  # 71 is beyond every use, and refused as typed
    (issue,) = refused(ledger(), entered("supplied", use=use, years=most + 1))
    assert issue.code == "YEARS"
    assert f"{most} 年" in issue.message
    assert "暂行条例12" in issue.message


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"far_min": 2.0, "far_max": 1.0}, "RANGE"),
        ({"far_min": 2.0, "far_max": 2.0, "far_max_in": False}, "RANGE"),
        ({"far_min": 2.0, "far_max": 2.0, "far_min_in": False}, "RANGE"),
        ({"far_min": 2.0, "far_max": 2.0}, ""),
        ({"far_min": 2.0, "far_max": 2.1, "far_min_in": False, "far_max_in": False}, ""),
        ({"far_min": 3.0}, ""),
        ({"density_min_pct": 40.0, "density_max_pct": 30.0}, "RANGE"),
        ({"agreed_start": date(2023, 1, 1)}, "RANGE"),  # after the agreed finish
        ({"started_m2": 13_333.34}, ""),  # 20 mu as another program writes them
        ({"started_m2": 13_400.0}, "RANGE"),
        ({"realm": "sea"}, "REALM"),
        ({"use": "2001"}, "REALM"),
        ({"use": "2001", "realm": "sea"}, ""),
        ({"use": "1001/2001"}, "REALM"),
    ],
)
def test_fields_must_agree_with_one_another(fields: Mapping[str, Any], code: str) -> None:
    event = entered("supplied", **fields)
    found = codes(ledger().refused([event]))
    assert found == ([code] if code else [])


def test_land_taken_back_loses_what_was_agreed() -> None:
    book = ledger(entered("recovered", supervision="示例0001"))
    event = moved(book, "reserve", day(5))
    assert event.data["fields"]["price_wan"] is None
    book.check([event])
    after = book.added(numbered([event], book.last)).at()["P"]
    gone = {"price_wan", "years", "method", "agreed_start", "contract_on", "supervision"}
    assert not gone & set(after.fields)
    assert {"area_m2", "location", "use", "batch"} <= set(after.fields)
    bare = raw("moved", {"to": "reserve"}, day(5))
    (issue,) = refused(book, bare)
    assert issue.code == "STALE"


def test_clocks_stop_and_run_in_turn() -> None:
    book = ledger(entered("delivered"))
    (issue,) = refused(book, draft(day(5)).resumed("P"))
    assert issue.code == "NOT_PAUSED"
    pause = draft(day(5)).paused("P", "government")
    book.check([pause])
    book = book.added(numbered([pause], book.last))
    assert book.at(day(5))["P"].paused == "government"
    assert book.at(day(4))["P"].paused == ""
    assert codes(refused(book, draft(day(6)).paused("P", "force_majeure"))) == ["PAUSED"]
    resume = draft(day(7)).resumed("P")
    book.check([resume])
    assert book.added(numbered([resume], book.last)).at()["P"].paused == ""


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (draft(day(5)).paused("P", "weather"), "CAUSE"),
        (draft(day(5), document="").paused("P", "government"), "PAPER"),
    ],
)
def test_a_pause_has_a_known_cause_and_a_paper(event: Event, code: str) -> None:
    assert codes(refused(ledger(entered("delivered")), event)) == [code]


def test_a_clock_that_does_not_run_cannot_stop() -> None:
    event = draft(day(5)).paused("P", "government")
    assert codes(refused(ledger(entered("available")), event)) == ["PAUSE_STATUS"]


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (raw("sold", {}), "VERB"),
        (raw("moved", {}), "MOVE"),
        (raw("moved", {"to": ["prepared"]}), "MOVE"),
        (raw("moved", {"to": "prepared", "fields": [1]}), "FIELDS"),
        (raw("amended", {}), "FIELDS"),
        (raw("amended", {"fields": {}}), "FIELDS"),
        (raw("amended", {"fields": {"colour": {"value": "red", "unit": ""}}}), "FIELD_UNKNOWN"),
        (raw("amended", {"fields": {"note": "red"}}), "FIELD_CELL"),
        (raw("amended", {"fields": {"area_m2": {"value": "20", "unit": "亩"}}}), "FIELD_VALUE"),
        (raw("amended", {"fields": {"area_m2": {"value": 20, "unit": "斤"}}}), "FIELD_UNIT"),
        (raw("amended", {"fields": {"area_m2": {"value": -1, "unit": "亩"}}}), "FIELD_LIMIT"),
        (raw("amended", {"fields": {"use": {"value": "0799", "unit": ""}}}), "FIELD_VALUE"),
    ],
)
def test_what_other_programs_write_is_checked_all_the_same(event: Event, code: str) -> None:
    book = ledger(entered())
    assert codes(refused(book, event)) == [code]
    assert list(book.added(numbered([event], book.last)).at()) == ["P"]  # and folding goes on


def test_an_event_that_entered_the_store_unlawfully_is_told_and_not_held_against_the_next() -> None:
    book = ledger(entered(), raw("moved", {"to": "started"}, day(3)))
    assert codes(faults(book)) == ["MOVE"]
    book.check([draft(day(9)).amended("P", {"note": "仍可登记"})])


def test_two_live_parcels_never_share_a_supervision_number() -> None:
    book = ledger(entered(id_="A", supervision="示例0001"), entered(id_="B"))
    (issue,) = refused(book, draft(day(5)).amended("B", {"supervision": "示例0001"}))
    assert (issue.code, issue.row) == ("NOT_UNIQUE", 1)
    assert "A" in issue.message
    book.check([draft(day(5)).amended("A", {"note": "同一宗"})])
    both = [entered(id_=id_, supervision="示例0002") for id_ in ("C", "D")]
    assert set(codes(refused(book, *both))) == {"NOT_UNIQUE"}


def test_all_faults_of_a_write_are_told_with_their_rows() -> None:
    events = [
        entered(id_="A"),
        entered(id_="B", far_min=2.0, far_max=1.0),
        draft().amended("C", {"note": "无此宗地"}),
    ]
    with pytest.raises(LedgerError) as caught:
        ledger().check(events)
    assert [(issue.row, issue.code) for issue in caught.value.issues] == [
        (2, "RANGE"),
        (3, "NOT_ENTERED"),
    ]
    assert "另有 1 处" in str(caught.value)
    assert caught.value.code == "RANGE"


def test_events_on_other_subjects_are_passed_over() -> None:
    other = Event("project/X", "entered", "甲", NOW, None, {})
    book = Ledger.of(numbered([other, entered()]), RULES)
    assert list(book.at()) == ["P"]
    book.check([other])
    assert book.last == 2


def test_nothing_is_known_of_a_parcel_that_never_was() -> None:
    assert life().parcel("X") is None
    assert life().history("X") == ()
    assert life().entries("X") == ()
    assert life().line("X") == ()


def test_the_table_has_every_field_and_the_values_of_the_day() -> None:
    table = life().table(day(12))
    assert list(table["id"]) == ["P"]
    assert table.loc[0, "status"] == "prepared"
    assert table.loc[0, "area_m2"] == pytest.approx(13_333.333, abs=0.001)
    assert table.loc[0, "agreed_start"] == date(2020, 6, 1)
    assert table.loc[0, "realm"] == "land"
    assert table.loc[0, "far_min"] != table.loc[0, "far_min"]  # not known: NaN
    assert table.loc[0, "grantee"] is None
    assert set(RULES.fields) <= set(table.columns)
    assert table.loc[0, "event"] == 2


def test_the_table_of_no_parcels_has_the_same_columns() -> None:
    assert list(ledger().table().columns) == list(life().table().columns)


def test_a_withdrawal_stands_as_the_naive_reading_says() -> None:
    entries = numbered([entered(), *(draft().withdrawn("P", number) for number in (1, 2, 3))])
    for known in range(1, 5):
        told = entries[:known]
        seen = Ledger.of(entries, RULES).parcel("P", known=known)
        assert (seen is not None) == stands(entries[0], told)


def test_the_realm_is_land_unless_entered_as_sea() -> None:
    book = ledger(entered(id_="A"), entered(id_="B", realm="sea", use="2001"))
    realms: dict[str, Parcel] = dict(book.at())
    assert (realms["A"].realm, realms["B"].realm) == ("land", "sea")
