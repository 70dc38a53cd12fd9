"""Every check is kept: numbered, in order, run again with the cause of what differs, disputed."""

import threading
from datetime import date, datetime
from typing import Any

import pytest

from geo import casework, ledger
from geo.casework import Asker, Case
from geo.chronicle import CHINA
from geo.errors import DataError
from geo.site import Settings, to_row
from geo.zone import Zone
from tests.geo.casework.office import (
    ASKER,
    DAY,
    asked,
    other_event,
    parcels,
    put,
    site,
    square,
)
from tests.geo.ledger import office

THIS_YEAR = datetime.now(CHINA).year


@pytest.fixture
def zone(fresh: str) -> Zone:
    return ledger.open_zone(fresh)


def test_a_case_is_kept_as_it_was_answered(zone: Zone, fresh: str) -> None:
    version = zone.version
    ((case, report),) = casework.ask(zone, [site()], Asker("李工", "预选址", "api"), DAY)
    kept = casework.case(ledger.open_zone(fresh), case.number)
    assert kept.row == case.row
    assert (kept.by, kept.purpose, kept.door) == ("李工", "预选址", "api")
    assert kept.version == version
    assert kept.on == datetime.now(CHINA).date()
    assert kept.row["verdict"] == report.verdict.value
    assert kept.site.shape.equals_exact(site().shape, 0)
    assert not kept.example


def test_numbers_go_up_within_the_year(zone: Zone) -> None:
    first = casework.ask(zone, [site(), site(200)], ASKER, DAY)
    later = casework.ask(zone, [site(400)], ASKER, DAY)
    numbers = [case.number for case, _ in [*first, *later]]
    assert numbers == [f"XZ-{THIS_YEAR}-{i:04d}" for i in (1, 2, 3)]


def test_a_new_year_begins_with_one(zone: Zone, monkeypatch: pytest.MonkeyPatch) -> None:
    asked(zone)

    class NextYear(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> "NextYear":
            return cls(THIS_YEAR + 1, 1, 1, 1, tzinfo=CHINA)

    monkeypatch.setattr("geo.casework.cases.datetime", NextYear)
    assert asked(zone)[0].number == f"XZ-{THIS_YEAR + 1}-0001"


def test_the_archive_has_the_latest_first(zone: Zone) -> None:
    numbers = [asked(zone, site(x))[0].number for x in (0, 200, 400)]
    assert [case.number for case in casework.archive(zone)] == numbers[::-1]
    with pytest.raises(DataError) as refusal:
        casework.case(zone, "XZ-2020-0001")
    assert refusal.value.code == "CASE_UNKNOWN"


def test_nothing_asked_is_refused(zone: Zone) -> None:
    before = zone.version
    with pytest.raises(DataError) as refusal:
        casework.ask(zone, [], ASKER, DAY)
    assert refusal.value.code == "SITES_NONE"
    assert zone.version == before


@pytest.mark.parametrize("kind", ["sqlite", "postgis"])
def test_two_who_ask_at_once_get_different_numbers(
    kind: str, request: pytest.FixtureRequest
) -> None:
    url = str(request.getfixturevalue("fresh" if kind == "sqlite" else "pg_url"))
    ledger.open_zone(url)
    both = threading.Barrier(2, timeout=60)
    numbers, faults = list[str](), list[BaseException]()

    def work(who: str) -> None:
        zone = ledger.open_zone(url)
        try:
            both.wait()
            for i in range(4):
                ((case, _),) = casework.ask(zone, [site(200.0 * i)], Asker(who), DAY)
                numbers.append(case.number)
        except BaseException as fault:
            faults.append(fault)
            raise

    threads = [threading.Thread(target=work, args=(who,)) for who in ("李", "王")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not faults
    assert sorted(numbers) == [f"XZ-{THIS_YEAR}-{i:04d}" for i in range(1, 9)]
    kept = casework.archive(ledger.open_zone(url))
    assert {case.by for case in kept} == {"李", "王"}
    assert len(kept) == 8


def test_a_case_answered_again_at_its_version_is_the_row_that_was_filed(zone: Zone) -> None:
    parcels(zone, P=(-10, -10, 120, 120))
    office.enter(zone, "P", status="available")
    put(zone, "farmland", square(50, 0, 100))
    casework.decide(zone, Settings({"least_m2": 500.0}), by="王工", reason="会议")
    case, _ = asked(zone)
    # everything moves on
    put(zone, "farmland", square(20, 0, 100))
    office.enter(zone, "Q")
    casework.decide(zone, Settings(), by="王工", reason="取消")
    kept = casework.case(zone, case.number)
    (report,) = casework.answered(zone, [kept.site], kept.as_of, kept.version)
    assert to_row(report) == kept.row


def test_run_again_on_the_same_day_nothing_differs(zone: Zone) -> None:
    parcels(zone, P=(-10, -10, 120, 120))
    office.enter(zone, "P", status="available")
    case, _ = asked(zone, day=None)
    other_event(zone)
    report, changes = casework.again(zone, case)
    assert changes == ()
    assert report.inputs_hash == case.row["inputs_hash"]  # another's event is no other question


def causes(zone: Zone, case: Case) -> dict[tuple[str, str], tuple[str, ...]]:
    return {(one.rule, one.field): one.causes for one in casework.again(zone, case)[1]}


def test_a_set_that_moved_is_told_as_data_even_on_another_day(zone: Zone) -> None:
    put(zone, "farmland", square(50, 0, 100))
    case, _ = asked(zone)  # as of another day than today
    put(zone, "farmland", square(25, 0, 100))
    found = causes(zone, case)
    assert found["farmland", "overlap_m2"] == ("data",)


def test_a_parcel_that_moved_on_in_the_ledger_is_told_as_data(zone: Zone) -> None:
    parcels(zone, P=(-10, -10, 120, 120))
    case, _ = asked(zone)
    office.enter(zone, "P", status="available")
    assert causes(zone, case)["supply_status", "answer"] == ("data",)


def test_a_number_of_the_office_is_told_as_a_setting(zone: Zone) -> None:
    case, _ = asked(zone)
    casework.decide(zone, Settings({"least_m2": 50_000.0}), by="王工", reason="会议")
    found = causes(zone, case)
    assert found["size", "answer"] == ("setting",)
    assert set(found) == {("size", "answer")}


def test_a_rule_that_the_office_leaves_out_is_told_as_a_setting(zone: Zone) -> None:
    case, _ = asked(zone)
    casework.decide(zone, Settings(left_out={"unit": "不适用"}), by="王工", reason="会议")
    assert causes(zone, case)["unit", "answer"] == ("setting",)


def test_what_is_due_to_the_day_alone_is_told_as_the_day(zone: Zone) -> None:
    put(zone, "redline", square(50, 0, 100), valid_from=["2026-02-01"])
    case, _ = asked(zone, day=date(2026, 1, 1))  # announced, not yet in force
    assert causes(zone, case)["redline", "answer"] == ("day",)


def test_another_rule_is_told_as_a_rule(zone: Zone) -> None:
    put(zone, "farmland", square(50, 0, 100))
    case, _ = asked(zone)
    row = dict(case.row)
    row["findings"] = [
        {**one, "digest": "old", "answer": "不涉及"} if one["rule"] == "farmland" else one
        for one in row["findings"]
    ]
    then = Case(case.number, case.at, case.by, "", "page", case.version, row)
    assert causes(zone, then)["farmland", "answer"] == ("rule",)


def test_a_dispute_stands_beside_its_finding_and_changes_nothing(zone: Zone) -> None:
    put(zone, "farmland", square(50, 0, 100))
    case, _ = asked(zone)
    casework.dispute(zone, case.number, "farmland", " 现场已非耕地 ", by="赵工")
    casework.dispute(zone, case.number, "farmland", "附测绘图", by="李工")
    kept = casework.case(zone, case.number)
    assert kept.row == case.row
    told = [(one.rule, one.text, one.by) for one in kept.disputes]
    assert told == [("farmland", "现场已非耕地", "赵工"), ("farmland", "附测绘图", "李工")]
    assert casework.archive(zone)[0].disputes == kept.disputes


@pytest.mark.parametrize(
    ("number", "rule", "text", "code"),
    [
        ("", "farmland", "  ", "DISPUTE_EMPTY"),
        ("", "nothing", "不对", "RULE_UNKNOWN"),
        ("XZ-1999-0001", "farmland", "不对", "CASE_UNKNOWN"),
    ],
)
def test_a_dispute_needs_a_case_a_rule_and_a_text(
    zone: Zone, number: str, rule: str, text: str, code: str
) -> None:
    known = asked(zone)[0].number
    before = zone.version
    with pytest.raises(DataError) as refusal:
        casework.dispute(zone, number or known, rule, text, by="赵工")
    assert refusal.value.code == code
    assert zone.version == before
