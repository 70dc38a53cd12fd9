"""The annual supply plan against its actual: one year worked out by hand."""

from datetime import UTC, datetime
from typing import Any

import pytest

from geo.chronicle import Entry, numbered
from geo.errors import DataError
from geo.model import Event
from geo.supply import Draft, Ledger, read
from geo.supply.quota import Gap, Line, Supply, compare, first_level, plan, planned, supplies
from tests.geo.supply.values import RULES, day

AT = datetime(2024, 1, 10, 8, tzinfo=UTC)
POLICY = read(RULES)
DRAFT = Draft(POLICY, "clerk", AT, day("2024-01-15"), "年度计划", "示例〔2024〕3号")

# A year in m². Industry 10: 30,000 in each of the first two quarters and 20,000 in the third.
# Commerce 09: 10,000 in the second, from two lines.
LINES = [
    Line("10", 1, 30_000),
    Line("1001", 2, 30_000),
    Line("10", 3, 20_000),
    Line("0901", 2, 6_000, "listing"),
    Line("0902", 2, 4_000),
]
SUPPLIED = [
    Supply("A", day("2024-01-01"), "100101", 12_000.0),
    Supply("B", day("2024-03-31"), "1001", 15_000.0),
    Supply("C", day("2024-04-01"), "10", 36_000.0),
    Supply("D", day("2024-05-06"), "0901", 12_500.0),
    Supply("E", day("2024-05-07"), "0701", 8_000.0),
    Supply("F", day("2024-06-01"), "1001", None),
    Supply("G", day("2024-06-02"), "", 100.0),
    Supply("H", day("2024-08-21"), "1001", 5_000.0),  # after the day asked about
    Supply("I", day("2023-12-31"), "1001", 99_000.0),
    Supply("J", day("2025-01-01"), "1001", 99_000.0),
]


def gaps(row: tuple[Gap, ...]) -> list[tuple[Any, ...]]:
    return [
        (g.plan_m2, g.actual_m2, g.deviation_m2, None if g.pct is None else round(g.pct, 2))
        for g in row
    ]


def test_a_year_by_hand() -> None:
    found = compare(LINES, SUPPLIED, 2024, day("2024-08-20"))
    assert found.states == ("closed", "closed", "open", "future")
    rows = {row.use: row for row in found.rows}
    assert list(rows) == ["", "07", "09", "10"]
    assert gaps(rows["10"].quarters) == [
        (30_000, 27_000, -3_000, -10.0),
        (30_000, 36_000, 6_000, 20.0),
        (20_000, 0, -20_000, -100.0),
        (0, None, None, None),  # has not begun: nothing is missing yet
    ]
    assert gaps(rows["10"].so_far) == [
        (30_000, 27_000, -3_000, -10.0),
        (60_000, 63_000, 3_000, 5.0),
        (80_000, 63_000, -17_000, -21.25),
        (80_000, None, None, None),
    ]
    assert gaps((rows["10"].year,)) == [(80_000, 63_000, -17_000, -21.25)]
    assert gaps(rows["09"].quarters)[1] == (10_000, 12_500, 2_500, 25.0)
    assert gaps(rows["07"].quarters)[1] == (0, 8_000, 8_000, None)
    # 30,000 + 40,000 + 20,000 planned; 27,000 + (36,000 + 12,500 + 8,000 + 100) + 0 supplied
    assert gaps(found.total.quarters) == [
        (30_000, 27_000, -3_000, -10.0),
        (40_000, 56_600, 16_600, 41.5),
        (20_000, 0, -20_000, -100.0),
        (0, None, None, None),
    ]
    assert gaps((found.total.year,)) == [(90_000, 83_600, -6_400, -7.11)]


def test_what_was_not_planned_or_not_registered_is_named() -> None:
    found = compare(LINES, SUPPLIED, 2024, day("2024-08-20"))
    assert found.unplanned == ("", "07")
    assert [row.use for row in found.rows if not row.planned] == ["", "07"]
    assert found.blank == ("F",)
    assert found.no_use == ("G",)


def test_a_year_that_has_not_begun_misses_nothing_and_one_that_is_over_is_closed() -> None:
    before = compare(LINES, SUPPLIED, 2024, day("2023-12-31"))
    assert set(before.states) == {"future"}
    assert before.total.year == Gap(90_000, None)
    after = compare(LINES, SUPPLIED, 2024, day("2024-12-31"))
    assert set(after.states) == {"closed"}
    assert after.total.year.actual_m2 == 88_600


def test_a_year_without_a_plan_has_only_actuals() -> None:
    found = compare([], SUPPLIED, 2023, day("2024-01-01"))
    assert gaps((found.total.year,)) == [(0, 99_000, 99_000, None)]
    assert not found.total.planned
    assert compare([], [], 2023, day("2024-01-01")).rows == ()


@pytest.mark.parametrize(
    ("use", "first"),
    [("100101", "10"), ("0901/0902", "09"), ("120802/070102", "07/12"), ("", ""), ("09 / ", "09")],
)
def test_uses_are_compared_by_first_level_class(use: str, first: str) -> None:
    assert first_level(use) == first


# ---- the plan as events ---------------------------------------------------------------------


def lines_of(*events: Event) -> list[Entry]:
    return numbered(events)


def test_a_line_is_an_event_of_its_year() -> None:
    event = planned(DRAFT, 2024, LINES[3])
    assert (event.subject, event.verb, event.by) == ("plan/2024", "planned", "clerk")
    assert event.data == {"use": "0901", "quarter": 2, "area_m2": 6_000, "method": "listing"}
    assert (event.reason, event.document) == ("年度计划", "示例〔2024〕3号")
    assert plan(lines_of(event), 2024) == (LINES[3],)


def test_a_later_line_takes_the_place_of_the_earlier_as_of_its_day() -> None:
    changed = Draft(POLICY, "clerk", AT, day("2024-07-01"))
    told = lines_of(
        planned(DRAFT, 2024, Line("10", 3, 20_000)),
        planned(DRAFT, 2025, Line("10", 3, 1)),
        planned(changed, 2024, Line("10", 3, 25_000)),
        Event("plan/2024", "withdrawn", "clerk", AT, None, {"event": 3}),
    )
    assert plan(told, 2024, known=3) == (Line("10", 3, 25_000),)
    assert plan(told, 2024, day("2024-06-30"), known=3) == (Line("10", 3, 20_000),)
    assert plan(told, 2024) == (Line("10", 3, 20_000),)
    assert plan(told, 2024, day("2024-01-14")) == ()


@pytest.mark.parametrize(
    ("year", "line", "fields"),
    [
        (2024, Line("10", 5, 1), {"quarter"}),
        (2024, Line("99", 1, -1), {"use", "area_m2"}),
        (24, Line("", 0, float("nan"), "gift"), {"year", "quarter", "use", "area_m2", "method"}),
    ],
)
def test_every_fault_of_a_line_is_told(year: int, line: Line, fields: set[str]) -> None:
    with pytest.raises(DataError) as caught:
        planned(DRAFT, year, line)
    assert {issue.field for issue in caught.value.issues} == fields


# ---- what was supplied ----------------------------------------------------------------------


def on(text: str) -> Draft:
    return Draft(POLICY, "clerk", AT, day(text), "示例", "示例1号")


def known(event: Event, **cells: Any) -> Event:
    """With fields as they are stored."""
    fields = {key: {"value": v, "unit": u} for key, (v, u) in cells.items()}
    return Event(
        event.subject, event.verb, event.by, event.at, event.on, {**event.data, "fields": fields}
    )


def test_supplies_are_the_moves_to_supplied() -> None:
    area = {"area_m2": (20_000, "㎡"), "use": ("1001", "")}
    contract = area | {"contract_on": ("2019-05-06", "")}
    told = [
        known(on("2024-01-02").entered("A", "deal", {}), **area),
        on("2024-02-03").event("A", "moved", {"to": "supplied"}),
        on("2024-03-04").event("A", "moved", {"to": "delivered"}),
        known(on("2024-01-02").entered("B", "started", {}), **contract),
        known(on("2024-01-02").entered("C", "started", {}), **area),  # no contract: no day known
        known(on("2024-01-02").entered("D", "reserve", {}), **contract),
        on("2024-05-05").event("A", "split", {"into": ["A1", "A2"]}),
        known(on("2024-05-05").entered("A1", "delivered", {}, ["A"]), **contract),
        known(on("2024-05-05").entered("A2", "delivered", {}, ["A"]), **contract),
        known(on("2024-06-01").entered("E", "deal", {}), use=("0901", "")),
        on("2024-06-06").event("E", "moved", {"to": "supplied"}),
        Event("parcel/E", "withdrawn", "clerk", AT, day("2024-06-07"), {"event": 11}),
    ]
    ledger = Ledger.of(numbered(told), POLICY)
    first = Supply("B", day("2019-05-06"), "1001", 20_000)
    second = Supply("A", day("2024-02-03"), "1001", 20_000)
    assert supplies(ledger, day("2024-12-31")) == [first, second]
    assert supplies(ledger, day("2024-02-02")) == [first]
    third = Supply("E", day("2024-06-06"), "0901", None)
    assert supplies(ledger, day("2024-12-31"), known=11) == [first, second, third]
