"""The idle-land clock; every date was counted on a wall calendar, every share on paper."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import DataError
from geo.supply import Ledger, norm, read
from geo.supply.clock import Clock, Ground, Outcome, clock, clocks, falling_due, low
from geo.supply.pause import Past, Pause, anniversary, due, overrun, past
from geo.supply.values import Parcel
from tests.geo.supply.values import RULES, day, entries, parcel

NORMS = norm.read(RULES)
SOLD = {"agreed_start": "2023-02-28", "agreed_finish": "2025-02-28", "price_wan": 1234.5}


def pause(start: str, end: str = "", cause: str = "government") -> Pause:
    return Pause(cause, day(start), day(end) if end else None)


def asked(on: str, status: str, *pauses: Pause, before: str = "", **fields: Any) -> Clock:
    return clock(parcel(status, **fields), Past(pauses, before), NORMS, day(on))


def left(found: Clock) -> dict[str, tuple[str, int]]:
    return {last.kind: (last.on.isoformat(), last.left) for last in found.dues}


# ---- periods --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "years", "last"),
    [
        ("2023-02-28", 1, "2024-02-28"),  # not the 29th: the same day of the month
        ("2024-02-29", 1, "2025-02-28"),  # no such day: the last of the month
        ("2024-02-29", 2, "2026-02-28"),
        ("2024-02-29", 4, "2028-02-29"),
        ("2023-03-01", 1, "2024-03-01"),  # 366 days, a leap day within
        ("2022-12-31", 1, "2023-12-31"),
    ],
)
def test_a_year_ends_with_the_same_day_or_the_last_of_the_month(
    start: str, years: int, last: str
) -> None:
    assert anniversary(day(start), years) == day(last)
    assert due(day(start), years, (), day("2030-01-01")) == day(last)


@pytest.mark.parametrize(
    ("pauses", "last", "why"),
    [
        ([pause("2023-06-01", "2023-07-01")], "2024-06-29", "30 days in June, over the leap day"),
        ([pause("2024-02-20", "2024-03-10")], "2024-06-18", "10 days of February and 9 of March"),
        ([pause("2024-05-30", "2024-06-09")], "2024-06-09", "begins on the last day: 10 days"),
        ([pause("2024-05-31", "2024-06-09")], "2024-05-30", "the year was over"),
        ([pause("2023-05-01", "2023-05-30")], "2024-05-30", "before the agreed start"),
        ([pause("2023-05-20", "2023-06-09")], "2024-06-09", "only the 10 days since the start"),
        ([pause("2023-06-01", "2023-07-01")] * 2, "2024-06-29", "the same days twice"),
        (
            [pause("2023-06-01", "2023-07-01"), pause("2024-06-20", "2024-07-05")],
            "2024-07-14",
            "29 June by the first, and the second falls before that: 15 days more",
        ),
    ],
)
def test_days_of_pause_move_the_date_by_as_many(pauses: list[Pause], last: str, why: str) -> None:
    assert due(day("2023-05-30"), 1, pauses, day("2030-01-01")) == day(last), why


def test_while_a_pause_lasts_no_day_is_lost() -> None:
    lasting = pause("2023-12-01")
    first = asked("2023-12-01", "supplied", lasting, **SOLD)
    later = asked("2024-12-01", "supplied", lasting, **SOLD)
    assert left(first)["one_year"] == ("2024-02-28", 89)  # 30 in December, 31, 28
    assert left(later)["one_year"] == ("2025-02-28", 89)  # moved by 366 days
    assert later.paused_days == 366
    assert later.pause == lasting
    assert later.outcome is Outcome.LATE  # 276 days had passed before the pause began


@given(
    start=st.dates(day("2015-01-01"), day("2030-12-31")),
    steps=st.lists(st.integers(1, 200), max_size=8),
    years=st.integers(1, 2),
)
def test_a_period_with_pauses_has_as_many_running_days_as_one_without(
    start: Any, steps: list[int], years: int
) -> None:
    marks, at = [], start
    for step in steps:
        at += timedelta(days=step)
        marks.append(at)
    pauses = [Pause("government", *pair) for pair in zip(marks[::2], marks[1::2], strict=False)]
    last = due(start, years, pauses, day("2050-01-01"))
    held = {p.start + timedelta(n) for p in pauses if p.end for n in range((p.end - p.start).days)}
    days = (start + timedelta(n) for n in range((last - start).days))
    assert sum(one not in held for one in days) == (anniversary(start, years) - start).days
    assert overrun(start, pauses, last) == (anniversary(start, years) - start).days


# ---- not started ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "outcome", "flags", "days"),
    [
        ("2023-02-28", Outcome.RUNNING, (), (0, 365, 731)),
        ("2023-03-01", Outcome.LATE, ("late_start",), (-1, 364, 730)),
        ("2024-02-28", Outcome.LATE, ("late_start",), (-365, 0, 366)),
        ("2024-02-29", Outcome.SUSPECT, ("suspect_idle",), (-366, -1, 365)),
        ("2025-03-01", Outcome.SUSPECT, ("suspect_idle", "late_finish"), (-732, -367, -1)),
    ],
)
def test_a_parcel_that_waits_is_late_from_the_next_day_and_suspect_after_a_full_year(
    on: str, outcome: Outcome, flags: tuple[str, ...], days: tuple[int, int, int]
) -> None:
    found = asked(on, "delivered", **SOLD)
    assert (found.outcome, found.ground, found.flags) == (outcome, Ground.NOT_STARTED, flags)
    dates = left(found)
    assert dates["start"] == ("2023-02-28", days[0])
    assert dates["one_year"] == ("2024-02-28", days[1])
    assert dates["two_year"] == ("2025-02-28", days[2])


def test_the_fee_is_at_most_a_fifth_of_the_price_and_the_articles_stand_beside_it() -> None:
    found = asked("2024-03-01", "supplied", **SOLD)
    assert found.fee_limit_wan == 246.9
    laws = [(NORMS.article[key].law, NORMS.article[key].clause) for key in found.articles]
    assert ("《闲置土地处置办法》（2012）", "第二条第一款") in laws
    assert ("《城市房地产管理法》", "第二十六条") in laws
    assert asked("2024-03-01", "supplied", agreed_start="2023-02-28").fee_limit_wan is None


def test_without_an_agreed_start_there_is_no_clock_and_that_is_said() -> None:
    found = asked("2024-03-01", "supplied", agreed_finish="2023-12-31")
    assert found.outcome is Outcome.NO_START
    assert found.missing == ("agreed_start",)
    assert left(found) == {"finish": ("2023-12-31", -61)}
    assert found.flags == ("late_finish",)


def test_a_pause_over_the_agreed_start_makes_nobody_late() -> None:
    lasting = pause("2023-01-01")
    assert asked("2024-06-01", "supplied", lasting, **SOLD).outcome is Outcome.RUNNING
    over = pause("2023-01-01", "2023-04-01")
    assert asked("2023-04-01", "supplied", over, **SOLD).outcome is Outcome.RUNNING
    assert asked("2023-04-02", "supplied", over, **SOLD).flags == ("late_start",)


def test_a_pause_after_the_year_was_full_takes_the_suspicion_from_nobody() -> None:
    found = asked("2024-06-01", "supplied", pause("2024-03-01"), **SOLD)
    assert found.outcome is Outcome.SUSPECT
    assert left(found)["two_year"] == ("2025-05-31", 364)  # 28 February and 92 days of pause


# ---- started and stopped --------------------------------------------------------------------

STOPPED = {"stopped_on": "2023-08-15", "area_m2": 30000, "invest_wan": 8000}


@pytest.mark.parametrize(
    ("started_m2", "invested_wan", "outcome"),
    [
        (9999.99, 2000, Outcome.SUSPECT),  # under a third, a full quarter
        (10000, 2000, Outcome.ABOVE),  # a third and a quarter are enough
        (10000, 1999.99, Outcome.SUSPECT),
        (30000, 0, Outcome.SUSPECT),
        (None, 1999, Outcome.SUSPECT),  # one short share is enough
        (None, 2000, Outcome.UNKNOWN),
        (10000, None, Outcome.UNKNOWN),
        (None, None, Outcome.UNKNOWN),
    ],
)
def test_a_parcel_stopped_for_a_year_is_suspect_if_one_share_is_short(
    started_m2: float | None, invested_wan: float | None, outcome: Outcome
) -> None:
    given = {"started_m2": started_m2, "invested_wan": invested_wan}
    known = {key: value for key, value in given.items() if value is not None}
    found = asked("2024-08-16", "started", **STOPPED, **known)
    assert found.outcome is outcome
    assert left(found)["stop_year"] == ("2024-08-15", -1)
    missing = tuple(key for key in ("started_m2", "invested_wan") if key not in known)
    assert found.missing == (missing if outcome is Outcome.UNKNOWN else ())
    assert found.ground is Ground.STOPPED


def test_a_third_is_a_third_whatever_its_decimals() -> None:
    found = asked("2024-08-16", "started", **STOPPED | {"area_m2": 999.9}, started_m2=333.3)
    assert found.outcome is Outcome.UNKNOWN  # not short; the money is not known
    assert found.area_share == pytest.approx(1 / 3)
    mu = STOPPED | {"area_m2": 4000.0, "started_m2": 2 * 2000 / 3, "invested_wan": 2000}
    assert asked("2024-08-16", "started", **mu).outcome is Outcome.ABOVE  # 2 of 6 mu


def test_a_short_parcel_runs_until_the_year_is_full_and_pauses_move_that() -> None:
    short = STOPPED | {"started_m2": 100, "invested_wan": 100}
    assert asked("2024-08-15", "started", **short).outcome is Outcome.RUNNING
    held = pause("2024-01-01", "2024-02-01", "force_majeure")
    found = asked("2024-08-16", "started", held, **short)
    assert found.outcome is Outcome.RUNNING
    assert left(found)["stop_year"] == ("2024-09-15", 30)  # 31 days of January
    assert found.paused_days == 31
    assert (found.area_share, found.invest_share) == (100 / 30000, 100 / 8000)


@pytest.mark.parametrize("whole", ["area_m2", "invest_wan"])
def test_a_whole_of_nothing_says_nothing(whole: str) -> None:
    known = STOPPED | {"started_m2": 30000, "invested_wan": 8000, whole: 0}
    found = asked("2024-08-16", "started", **known)
    assert (found.outcome, found.missing) == (Outcome.UNKNOWN, (whole,))


def test_a_parcel_being_built_is_not_called_anything_else() -> None:
    found = asked("2026-01-01", "started", **SOLD)
    assert found.outcome is Outcome.NO_STOP
    assert found.flags == ("late_finish",)
    assert found.fee_limit_wan is None


# ---- found idle, and no clock ---------------------------------------------------------------


def test_what_a_person_found_idle_keeps_its_dates() -> None:
    found = asked("2024-03-01", "idle", before="delivered", **SOLD)
    assert (found.outcome, found.ground) == (Outcome.DECIDED, Ground.NOT_STARTED)
    assert left(found)["two_year"] == ("2025-02-28", 364)
    assert found.fee_limit_wan == 246.9
    assert found.flags == ()
    stopped = asked("2024-09-01", "idle", before="started", **STOPPED)
    assert (stopped.ground, stopped.fee_limit_wan) == (Ground.STOPPED, None)
    entered = asked("2024-09-01", "idle", **SOLD)
    assert (entered.ground, entered.missing) == (None, ("before",))


@pytest.mark.parametrize("status", ["reserve", "approved", "deal", "completed", "recovered"])
def test_other_parcels_have_no_clock(status: str) -> None:
    assert asked("2030-01-01", status, **SOLD) == Clock("E-012", day("2030-01-01"), Outcome.OFF)


def test_a_field_of_another_kind_is_refused() -> None:
    bad = Parcel("E-1", "supplied", day("2020-01-01"), {"agreed_start": "2023-02-28"})
    with pytest.raises(DataError) as caught:
        clock(bad, Past(), NORMS, day("2024-01-01"))
    assert caught.value.code == "FIELD_KIND"


# ---- history --------------------------------------------------------------------------------

LIFE = (
    ("2022-01-01", "entered", {"status": "deal"}),
    ("2022-02-01", "moved", {"to": "supplied"}),
    ("2023-06-01", "paused", {"cause": "government"}),
    ("2023-07-01", "paused", {"cause": "force_majeure"}),
    ("2023-08-01", "resumed", {}),
    ("2024-05-01", "moved", {"to": "idle"}),
)


def test_the_past_of_a_parcel_is_as_of_a_day() -> None:
    history = entries(*LIFE)
    both = (pause("2023-06-01", "2023-07-01"), pause("2023-07-01", "2023-08-01", "force_majeure"))
    assert past(history, day("2024-05-01")) == Past(both, "supplied")
    assert past(history, day("2024-04-30")) == Past(both, "deal")
    assert past(history, day("2023-07-31")).pauses[-1] == pause("2023-07-01", "", "force_majeure")
    assert past(history, day("2023-05-31")) == Past((), "deal")


def test_a_pause_taken_back_never_was_and_before_that_was_known_it_was() -> None:
    history = entries(*LIFE[:3], ("2023-06-02", "withdrawn", {"event": 3}))
    assert past(history, day("2024-01-01")).pauses == ()
    assert past(history, day("2024-01-01"), known=3).pauses == (pause("2023-06-01"),)


def test_what_did_not_pause_cannot_be_resumed_and_changes_nothing() -> None:
    assert past(entries(*LIFE[:2], LIFE[4]), day("2024-01-01")) == Past((), "deal")


def test_what_held_the_clocks_of_its_parents_counts_for_a_child_until_they_went_into_it() -> None:
    west = entries(
        ("2022-01-01", "entered", {"status": "supplied"}),
        ("2023-03-01", "paused", {"cause": "government"}),
        ("2023-04-01", "resumed", {}),
        ("2023-06-01", "merged", {"into": "E-012"}),
        subject="parcel/W",
    )
    east = entries(
        ("2022-01-01", "entered", {"status": "deal"}),
        ("2022-03-01", "moved", {"to": "supplied"}),
        ("2023-03-15", "paused", {"cause": "force_majeure"}),
        ("2023-06-01", "merged", {"into": "E-012"}),
        subject="parcel/E",
    )
    own = entries(("2023-06-01", "entered", {"status": "supplied", "from": ["W", "E"]}))
    told = [replace(one, number=n) for n, one in enumerate((*west, *east, *own), 1)]
    held = past(told, day("2024-01-01"))
    march, spring = pause("2023-03-01", "2023-04-01"), pause("2023-03-15", "2023-06-01")
    assert held.pauses == (march, replace(spring, cause="force_majeure"))
    assert held.before == "deal"
    assert due(day("2023-01-01"), 1, held.pauses, day("2024-01-01")) == day("2024-04-02")  # 92 days


# ---- lists ----------------------------------------------------------------------------------


def test_lists_hold_what_falls_due_the_nearest_first() -> None:
    ledger = Ledger.of(LEDGER, read(RULES))
    found = clocks(ledger, NORMS, day("2024-03-15"))
    assert [one.parcel for one in found] == ["A", "B", "C"]
    near = [(one.parcel, last.kind, last.left) for one, last in falling_due(found, 30)]
    assert near == [("B", "one_year", 0), ("A", "one_year", 10), ("C", "one_year", 30)]
    assert len(falling_due(found, 29)) == 2
    before = clocks(ledger, NORMS, day("2024-03-15"), known=5)  # the pause is the last two events
    assert {last.left for one, last in falling_due(before, 30)} == {0, 30}
    assert clocks(ledger, NORMS, day("2021-12-31")) == []


def sold(id_: str, start: str, status: str = "supplied") -> tuple[str, str, dict[str, Any], str]:
    fields = {"agreed_start": {"value": start, "unit": ""}}
    return "2022-01-01", "entered", {"status": status, "fields": fields}, f"parcel/{id_}"


LEDGER = [
    replace(entries((on, verb, data), subject=subject)[0], number=number)
    for number, (on, verb, data, subject) in enumerate(
        [
            sold("C", "2023-04-14"),
            sold("B", "2023-03-15"),
            sold("A", "2023-03-15"),
            sold("X", "2023-03-15", "reserve"),
            sold("Y", "2023-03-15", "completed"),
            ("2024-01-01", "paused", {"cause": "government"}, "parcel/A"),
            ("2024-01-11", "resumed", {}, "parcel/A"),
        ],
        1,
    )
]


# ---- low use --------------------------------------------------------------------------------


def with_standard(tmp_path: Path, *lines: tuple[str, str]) -> norm.Norms:
    text = (RULES / norm.FILE).read_text("utf-8")
    for old, new in lines:
        assert old in text
        text = text.replace(old, new)
    (tmp_path / norm.FILE).write_text(text, "utf-8")
    return norm.read(tmp_path)


LOCAL = (
    ('tax_wan_mu = ""', "tax_wan_mu = 15"),
    ('invest_share = ""', 'invest_share = "1/2"'),
    ('basis = ""', 'basis = "示例〔2026〕1号"'),
)


MU20 = {"area_m2": 40_000 / 3}  # 15 a mu: 300
SPENT_A_THIRD = {"invested_wan": 1, "invest_wan": 3}


def test_no_standard_of_low_use_is_set_and_nothing_is_judged() -> None:
    assert low(parcel("producing", tax_wan=0), NORMS).outcome is Outcome.UNSET
    assert low(parcel("started", tax_wan=0), NORMS).outcome is Outcome.OFF


@pytest.mark.parametrize(
    ("fields", "outcome", "short", "missing"),
    [
        (MU20 | {"tax_wan": 300, "invested_wan": 1, "invest_wan": 2}, Outcome.ABOVE, (), ()),
        (MU20 | {"tax_wan": 299.9}, Outcome.SUSPECT, ("tax_wan",), ("invested_wan",)),
        (MU20 | {"tax_wan": 300}, Outcome.UNKNOWN, (), ("invested_wan",)),
        (SPENT_A_THIRD | {"tax_wan": 300}, Outcome.SUSPECT, ("invested_wan",), ("tax_wan",)),
        (MU20 | SPENT_A_THIRD, Outcome.SUSPECT, ("invested_wan",), ("tax_wan",)),
        ({"tax_wan_mu": 99}, Outcome.UNKNOWN, (), ("tax_wan", "invested_wan")),  # only agreed
    ],
)
def test_a_local_standard_is_judged_by(
    tmp_path: Path, fields: dict[str, float], outcome: Outcome, short: Any, missing: Any
) -> None:
    found = low(parcel("producing", **fields), with_standard(tmp_path, *LOCAL))
    assert (found.outcome, found.short, found.missing) == (outcome, short, missing)


# ---- the file -------------------------------------------------------------------------------


def test_the_numbers_are_those_of_the_law() -> None:
    assert (NORMS.years.first, NORMS.years.second) == (1, 2)
    assert NORMS.shares.started == Fraction(1, 3)
    assert NORMS.shares.invested == Fraction(25, 100)
    assert NORMS.shares.fee == Fraction(20, 100)
    assert NORMS.notice.days == (30, 90)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("first = 1", "first = 0", "years.first"),
        ("second = 2", "second = 1", "years.second"),
        ('started = "1/3"', 'started = "third"', "shares.started"),
        ('fee = "1/5"', "fee = 20", "shares.fee"),
        ("days = [30, 90]", "days = []", "notice.days"),
        ("[due.stop_year]", "[due.stopp_year]", "due.stop_year"),
        ("[article.law]", "[article.lore]", "article.law"),
        ('tax_wan_mu = ""', "tax_wan_mu = 15", "basis"),
        ("sliver_m = 0.5", "slivers = 0.5", "unsupplied.slivers"),
        ("[years]", "[years", "clock.toml"),
    ],
)
def test_a_slip_in_the_file_is_told_with_its_place(
    tmp_path: Path, old: str, new: str, field: str
) -> None:
    with pytest.raises(DataError, match=field) as caught:
        with_standard(tmp_path, (old, new))
    assert caught.value.code in {"CLOCK_RULE", "CLOCK_FILE"}


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"clock\.toml"):
        norm.read(tmp_path)
