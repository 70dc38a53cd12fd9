"""What a check rests on: sets that are missing, damaged, of another day; the ledger's word."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from geo import casework, ledger, site
from geo.casework import Asker
from geo.site import Answer, Verdict
from geo.zone import Zone
from tests.geo.casework.office import (
    DAY,
    asked,
    finding,
    parcels,
    put,
    split,
    square,
)
from tests.geo.casework.office import site as asked_site
from tests.geo.ledger import office

BROUGHT = {  # rules about land that read what only a bureau can bring
    "farmland", "cultivated", "redline", "growth", "growth_kind", "conformity", "rail",
    "pipeline_5", "pipeline_50", "powerline", "watersource_1", "watersource_2", "hill_key",
    "hill_normal", "relic", "control", "supply_status", "unsupplied", "slope",
}  # fmt: skip


@pytest.fixture
def zone(fresh: str) -> Zone:
    return ledger.open_zone(fresh)


def path_of(fresh: str) -> Path:
    return Path(fresh.removeprefix("sqlite:///"))


def test_a_fresh_store_has_no_data_on_every_rule_that_a_bureau_must_feed(zone: Zone) -> None:
    (report,) = casework.answered(zone, [asked_site()], DAY)
    found = {one.rule: one.answer for one in report.findings if one.rule in BROUGHT}
    assert set(found) == BROUGHT
    assert set(found.values()) == {Answer.NO_DATA}
    assert report.verdict is Verdict.UNKNOWN


def test_numbers_of_the_office_are_blank_until_it_says_them(zone: Zone) -> None:
    (report,) = casework.answered(zone, [asked_site()], DAY)
    for rule in ("corridor", "size", "compactness"):
        assert report.finding(rule).answer is Answer.NO_DATA


def test_a_damaged_set_is_a_failed_query_and_blocks_the_verdict(fresh: str) -> None:
    put(ledger.open_zone(fresh), "farmland", square(5_000, 5_000, 100))
    with closing(sqlite3.connect(path_of(fresh))) as db:
        db.execute("update feature set data = replace(data, '测', '侧') || ' '")
        db.execute("update feature set west = west + 1 where name = 'farmland'")
        db.execute("update feature set shape = x'00' where name = 'farmland'")
        db.commit()
    zone = ledger.open_zone(fresh)
    case, report = asked(zone)
    found = report.finding("farmland")
    assert found.answer is Answer.FAILED
    assert "farmland" in found.notes[0].zh
    assert report.verdict in (Verdict.UNKNOWN, Verdict.UNUSABLE)
    assert any(one.finding.rule == "farmland" for one in report.reasons)
    assert casework.case(zone, case.number).row["verdict"] == report.verdict.value


def test_a_set_with_a_day_that_is_none_is_a_failed_query_not_the_end(zone: Zone) -> None:
    put(zone, "redline", square(0, 0, 50), valid_from=["去年"])
    found = finding(zone, "redline")
    assert found.answer is Answer.FAILED
    assert "去年" in found.notes[0].zh


def test_land_under_a_site_is_found_and_the_verdict_says_so(zone: Zone) -> None:
    put(zone, "farmland", square(50, 0, 100))  # the eastern half of 100 m by 100 m
    _, report = asked(zone)
    found = report.finding("farmland")
    assert found.overlap_plane_m2 == pytest.approx(5_000, abs=1e-3)
    assert report.verdict is Verdict.UNUSABLE


@pytest.mark.parametrize(("status", "answer"), [("available", "不涉及"), ("reserve", "涉及")])
def test_only_land_that_the_ledger_has_as_available_passes(
    zone: Zone, status: str, answer: str
) -> None:
    parcels(zone, P=(-10, -10, 120, 120))
    office.enter(zone, "P", status=status)
    assert finding(zone, "supply_status").answer == answer


def test_a_parcel_that_is_drawn_but_not_entered_has_no_status(zone: Zone) -> None:
    parcels(zone, P=(-10, -10, 120, 120))
    assert finding(zone, "supply_status").answer is Answer.NO_DATA


def test_the_ledger_is_asked_as_of_the_day(zone: Zone) -> None:
    parcels(zone, P=(-10, -10, 120, 120))
    office.enter(zone, "P", status="available")
    before = office.ON - timedelta(days=1)
    assert finding(zone, "supply_status", day=office.ON).answer is Answer.CLEAR
    assert finding(zone, "supply_status", day=before).answer is Answer.NO_DATA


def test_parcels_split_away_are_no_hits_nor_are_parts_before_they_came_to_be(zone: Zone) -> None:
    parcels(zone, P=(-10, -10, 120, 120))
    office.enter(zone, "P", status="available", area_m2=14_400.0)
    halves = {"P-1": 7_200.0, "P-2": 7_200.0}
    day = date(2026, 1, 4)
    split(zone, "P", halves, day)
    put(
        zone,
        "parcel",
        square(-10, -10, 120),
        square(-10, -10, 60, 120),
        square(50, -10, 60, 120),
        id=["P", "P-1", "P-2"],
    )
    after = finding(zone, "supply_status", day=day)
    assert sorted(one.id for one in after.features) == ["P-1", "P-2"]
    assert after.answer is Answer.CLEAR
    before = finding(zone, "supply_status", day=day - timedelta(days=1))
    assert [one.id for one in before.features] == ["P"]
    assert before.answer is Answer.CLEAR


def test_neighbours_that_share_an_edge_are_no_hits(zone: Zone) -> None:
    around = [square(x, y, 100) for x in (-100, 0, 100) for y in (-100, 0, 100) if (x, y) != (0, 0)]
    put(zone, "redline", *around)
    assert finding(zone, "redline").answer is Answer.CLEAR


def test_free_parcels_near_are_offered_and_none_where_none_is_drawn(zone: Zone) -> None:
    report = asked(zone)[1]
    assert casework.nearby(zone, report) == []
    parcels(zone, A=(300, 0, 120, 120), B=(900, 0, 120, 120), C=(200, 0, 20, 20))
    office.enter(zone, "A", "B", "C", status="available")
    found = casework.nearby(zone, casework.answered(zone, [asked_site()], DAY)[0])
    assert [one.id for one in found] == ["A", "B"]  # C is too small
    assert found[0].distance_m == pytest.approx(200, abs=0.01)  # 300 less the site's own 100
    near = casework.found(zone, site.Criteria(least_m2=10_000), DAY)
    assert sorted(one.id for one in near) == ["A", "B"]


def test_a_damaged_set_of_parcels_offers_none_and_a_search_says_why(fresh: str) -> None:
    parcels(ledger.open_zone(fresh), A=(300, 0, 120, 120))
    with closing(sqlite3.connect(path_of(fresh))) as db:
        db.execute("update feature set shape = x'00' where name = 'parcel'")
        db.commit()
    zone = ledger.open_zone(fresh)
    report = asked(zone)[1]
    assert report.finding("supply_status").answer is Answer.FAILED
    assert casework.nearby(zone, report) == []
    with pytest.raises(Exception, match="读取失败") as refusal:
        casework.found(zone, site.Criteria(), DAY)
    assert getattr(refusal.value, "code", "") == "NO_PARCELS"


def test_checks_on_an_example_store_are_marked(own_demo: str) -> None:
    zone = ledger.open_zone(own_demo)
    ((case, _),) = casework.ask(zone, [asked_site()], Asker("李工"), DAY)
    assert case.example
    assert casework.case(zone, case.number).example
