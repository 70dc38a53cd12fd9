"""Split, merge, renumber: linked both ways, on one day, with areas that close."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.chronicle import numbered
from geo.errors import LedgerError
from geo.model import Event
from geo.supply import Ledger, Quantity, faults, merge, renumber, split
from tests.geo.supply.entries import BEGIN, FULL, RULES, day, draft


def ledger(**areas: float) -> Ledger:
    events = [parcel(id_, m2) for id_, m2 in areas.items()]
    return Ledger.of(numbered(events), RULES)


def parcel(id_: str, m2: float, status: str = "delivered", **fields: Any) -> Event:
    return draft(BEGIN).entered(id_, status, {**FULL, "area_m2": m2, **fields})


def added(book: Ledger, events: Sequence[Event]) -> Ledger:
    book.check(events)
    return book.added(numbered(events, book.last))


def codes(book: Ledger, events: Sequence[Event]) -> set[str]:
    with pytest.raises(LedgerError) as caught:
        book.check(events)
    return {issue.code for issue in caught.value.issues}


def area(book: Ledger, at: date) -> float:
    return float(book.table(at)["area_m2"].sum())


def test_a_split_ends_the_parent_and_begins_the_children_on_one_day() -> None:
    book = ledger(P=30_000.0)
    parts = {"P-1": {"area_m2": 10_000.0}, "P-2": {"area_m2": Quantity(2, "公顷")}}
    book = added(book, split(draft(day(50)), book.at()["P"], parts))
    before, after = book.at(day(49)), book.at(day(50))
    assert list(before) == ["P"]
    assert (before["P"].ended, after["P"].ended) == (None, day(50))
    assert after["P"].children == ("P-1", "P-2")
    assert after["P-2"].parents == ("P",)
    assert after["P-2"].area_m2 == 20_000
    assert after["P-1"].status == "delivered"
    assert list(book.table(day(50))["id"]) == ["P-1", "P-2"]
    assert list(book.table(day(50), ended=True)["id"]) == ["P", "P-1", "P-2"]
    assert book.line("P-1") == ("P", "P-1")
    assert [span.end for span in book.spans() if span.id == "P"] == [day(50)]
    assert faults(book) == []


def test_children_take_what_is_theirs_and_no_amounts_of_the_whole() -> None:
    book = Ledger.of(numbered([parcel("P", 30_000.0, supervision="示例0001")]), RULES)
    parts = {"P-1": {"area_m2": 10_000.0}, "P-2": {"area_m2": 20_000.0, "price_wan": 600}}
    book = added(book, split(draft(day(50)), book.at()["P"], parts))
    one, two = book.at()["P-1"].fields, book.at()["P-2"].fields
    assert one["use"] == "1001"
    assert one["agreed_start"] == date(2020, 6, 1)
    assert "price_wan" not in one
    assert "supervision" not in one
    assert two["price_wan"] == 600


def test_a_merger_ends_its_parents_and_adds_their_amounts() -> None:
    events = [parcel("A", 100.0, price_wan=40.0), parcel("B", 250.5, price_wan=60.0, use="1101")]
    book = Ledger.of(numbered(events), RULES)
    parents = list(book.at().values())
    book = added(book, merge(draft(day(9)), parents, "AB"))
    child = book.at()["AB"]
    assert child.area_m2 == 350.5
    assert child.fields["price_wan"] == 100
    assert "use" not in child.fields  # they differ, and nobody said which
    assert child.parents == ("A", "B")
    assert {one.ended for id_, one in book.at().items() if id_ != "AB"} == {day(9)}
    assert set(book.line("AB")) == {"A", "B", "AB"}
    assert faults(book) == []


def test_a_renumbered_parcel_keeps_all_that_is_known_of_it() -> None:
    book = Ledger.of(numbered([parcel("P", 77.0, supervision="示例0001")]), RULES)
    book = added(book, renumber(draft(day(9)), book.at()["P"], "Q"))
    assert book.at()["Q"].fields == book.at()["P"].fields
    assert book.at()["P"].children == ("Q",)
    assert faults(book) == []


@given(
    shares=st.lists(st.integers(1, 400_000), min_size=2, max_size=8),
    days=st.lists(st.integers(0, 100), min_size=3, max_size=3, unique=True),
)
def test_split_and_merge_keep_the_area_on_every_day(shares: list[int], days: list[int]) -> None:
    enters, splits, merges = sorted(days)
    total = sum(shares) / 4
    first = draft(day(enters)).entered("P", "reserve", {"area_m2": total})
    book = added(Ledger.of((), RULES), [first])
    parts = {f"P-{i}": {"area_m2": share / 4} for i, share in enumerate(shares)}
    book = added(book, split(draft(day(splits)), book.at()["P"], parts))
    children = [one for one in book.at().values() if one.live]
    book = added(book, merge(draft(day(merges)), children, "Q"))
    for at in (enters, splits - 1, splits, merges - 1, merges, merges + 1):
        assert area(book, day(max(at, enters))) == pytest.approx(total, abs=0.01)
    assert faults(book) == []


@pytest.mark.parametrize(("off", "closes"), [(0.0, True), (2.9, True), (-2.9, True), (3.1, False)])
def test_areas_may_differ_by_one_square_metre_for_each_parcel(off: float, closes: bool) -> None:
    book = ledger(P=30_000.0)
    parts = {"P-1": {"area_m2": 10_000.0}, "P-2": {"area_m2": 20_000.0 + off}}
    events = split(draft(day(50)), book.at()["P"], parts)
    if closes:
        book.check(events)
    else:
        assert codes(book, events) == {"LINEAGE_AREA"}


def test_a_merger_that_does_not_close_is_refused() -> None:
    book = ledger(A=100.0, B=250.0)
    events = merge(draft(day(9)), list(book.at().values()), "AB", {"area_m2": 360.0})
    with pytest.raises(LedgerError, match="不闭合") as caught:
        book.check(events)
    assert "原 350.00㎡，新 360.00㎡" in str(caught.value)


def test_parts_without_an_area_are_refused() -> None:
    book = ledger(P=30_000.0)
    events = split(draft(day(50)), book.at()["P"], {"P-1": {}, "P-2": {"area_m2": 30_000.0}})
    assert codes(book, events) == {"NEEDS"}


def test_half_a_split_is_refused() -> None:
    book = ledger(P=30_000.0)
    parts = {"P-1": {"area_m2": 10_000.0}, "P-2": {"area_m2": 20_000.0}}
    ends, one, two = split(draft(day(50)), book.at()["P"], parts)
    for events in ([ends], [ends, one], [one, two], [two]):
        assert "LINEAGE_LINK" in codes(book, events)


def test_parent_and_children_change_on_the_same_day() -> None:
    book = ledger(P=30_000.0)
    parts = {"P-1": {"area_m2": 10_000.0}, "P-2": {"area_m2": 20_000.0}}
    ends, one, two = split(draft(day(50)), book.at()["P"], parts)
    late = replace(two, on=day(51))
    assert codes(book, [ends, one, late]) == {"LINEAGE_LINK"}


@pytest.mark.parametrize(
    ("verb", "into"),
    [("split", ["P-1"]), ("split", ["P-1", "P-1"]), ("split", []), ("split", ["P", "Q"])],
)
def test_a_split_makes_two_or_more_other_parcels(verb: str, into: list[str]) -> None:
    book = ledger(P=30_000.0)
    event = draft(day(9)).event("P", verb, {"into": into})
    assert "LINEAGE_FEW" in codes(book, [event])


def test_a_merger_is_of_two_or_more() -> None:
    book = ledger(A=100.0)
    events = merge(draft(day(9)), [book.at()["A"]], "AB")
    assert codes(book, events) == {"LINEAGE_FEW"}


def test_a_new_parcel_has_a_new_number() -> None:
    book = ledger(A=100.0, B=100.0)
    assert "ENTERED_TWICE" in codes(book, renumber(draft(day(9)), book.at()["A"], "B"))


def test_lineage_is_no_way_around_the_table_of_moves() -> None:
    book = ledger(P=100.0)
    end, child = renumber(draft(day(9)), book.at()["P"], "Q")
    skipped = replace(child, data={**child.data, "status": "completed"})
    assert codes(book, [end, skipped]) == {"LINEAGE_STATUS"}


def test_parcels_of_different_stages_are_not_merged() -> None:
    events = [parcel("A", 1.0), parcel("B", 1.0, status="completed")]
    book = Ledger.of(numbered(events), RULES)
    with pytest.raises(LedgerError, match="交地、竣工"):
        merge(draft(day(9)), list(book.at().values()), "AB")


def test_a_parcel_that_went_into_others_does_not_change_any_more() -> None:
    book = ledger(P=100.0)
    book = added(book, renumber(draft(day(9)), book.at()["P"], "Q"))
    with pytest.raises(LedgerError, match="Q") as caught:
        book.check([draft(day(10)).amended("P", {"note": "改"})])
    assert caught.value.code == "ENDED"
    book.check([draft(day(8)).amended("P", {"note": "补记"})])  # but what was before, may be


def test_a_late_area_of_the_parent_must_still_close() -> None:
    book = ledger(P=100.0)
    book = added(book, renumber(draft(day(9)), book.at()["P"], "Q"))
    assert codes(book, [draft(day(8)).amended("P", {"area_m2": 150.0})]) == {"LINEAGE_AREA"}
    book.check([draft(day(10)).amended("Q", {"area_m2": 150.0})])  # a later survey of its own


def test_a_split_is_withdrawn_only_with_its_children() -> None:
    book = ledger(P=30_000.0)
    parts = {"P-1": {"area_m2": 10_000.0}, "P-2": {"area_m2": 20_000.0}}
    book = added(book, split(draft(day(50)), book.at()["P"], parts))  # entries 2, 3 and 4
    undo = [draft().withdrawn(*one) for one in (("P", 2), ("P-1", 3), ("P-2", 4))]
    for some in (undo[:1], undo[:2], undo[1:], undo[2:]):
        assert "LINEAGE_LINK" in codes(book, some)
    after = added(book, undo)
    assert list(after.at()) == ["P"]
    assert after.at()["P"].live
    assert after.at(known=4) == book.at()
    assert faults(after) == []


def test_a_parcel_whose_clock_stands_still_is_not_split() -> None:
    book = ledger(P=100.0)
    book = added(book, [draft(day(5)).paused("P", "government")])
    assert codes(book, renumber(draft(day(9)), book.at()["P"], "Q")) == {"LINEAGE_PAUSED"}


def test_a_split_rests_on_a_paper() -> None:
    book = ledger(P=100.0)
    assert codes(book, renumber(draft(day(9), document=""), book.at()["P"], "Q")) == {"PAPER"}


def test_made_up_parcels_have_made_up_children() -> None:
    event = draft().entered("P", "reserve", {"area_m2": 100.0}, example=True)
    book = Ledger.of(numbered([event]), RULES)
    book = added(book, renumber(draft(day(9)), book.at()["P"], "Q"))
    assert book.at()["Q"].example
