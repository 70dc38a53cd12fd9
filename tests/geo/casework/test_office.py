"""What the office decides for checks: blank, kept in history, refused where it cannot be."""

import math

import pytest

from geo import casework, ledger
from geo.errors import GeoError
from geo.site import Answer, Settings
from geo.zone import Zone
from tests.geo.casework.office import asked, finding, put, square


@pytest.fixture
def zone(fresh: str) -> Zone:
    return ledger.open_zone(fresh)


def test_nothing_is_decided_at_first(zone: Zone) -> None:
    assert casework.settings(zone) == Settings()


def test_what_was_decided_holds_from_then_on_and_the_old_stays_in_history(zone: Zone) -> None:
    first = casework.decide(zone, Settings({"least_m2": 20_000.0}), by="王工", reason="会议")
    second = casework.decide(
        zone,
        Settings({"least_m2": 5_000.0}, {"farmland": 10.0}, {"park": "未设园区"}),
        by="李工",
        reason="更正",
        document="文2",
    )
    assert casework.settings(zone, first - 1) == Settings()
    assert casework.settings(zone, first) == Settings({"least_m2": 20_000.0})
    assert casework.settings(zone, second) == casework.settings(zone)
    told = [(one.by, one.reason, one.document) for one in zone.events("office/site")]
    assert told == [("王工", "会议", ""), ("李工", "更正", "文2")]


def test_a_number_of_the_office_gives_its_rule_an_answer(zone: Zone) -> None:
    casework.decide(zone, Settings({"least_m2": 20_000.0}), by="王工", reason="会议")
    assert finding(zone, "size").answer is Answer.HIT  # 10,000 m² are less
    casework.decide(zone, Settings({"least_m2": 5_000.0}), by="王工", reason="会议")
    assert finding(zone, "size").answer is Answer.CLEAR


def test_a_rule_left_out_is_told_with_the_reason(zone: Zone) -> None:
    put(zone, "relic", square(0, 0, 50))
    casework.decide(zone, Settings(left_out={"relic": "另行核查"}), by="王工", reason="会议")
    _, report = asked(zone)
    (left,) = [one for one in report.left_out if one.rule == "relic"]
    assert "另行核查" in left.why
    assert "relic" not in {one.rule for one in report.findings}


@pytest.mark.parametrize(
    ("said", "reason", "code"),
    [
        (Settings({"least_m2": 1.0}), " ", "REASON_MISSING"),
        (Settings({"nothing": 1.0}), "会议", "SITE_SETTING"),
        (Settings({"least_m2": -1.0}), "会议", "SITE_SETTING"),
        (Settings({"least_m2": math.nan}), "会议", "SITE_SETTING"),
        (Settings({"least_m2": math.inf}), "会议", "SITE_SETTING"),
        (Settings({"slope_deg": 91.0}), "会议", "SITE_SETTING"),
        (Settings(usable={"farmland": 101.0}), "会议", "SITE_SETTING"),
        (Settings(usable={"farmland": math.nan}), "会议", "SITE_SETTING"),
        (Settings(usable={"nothing": 1.0}), "会议", "SITE_SETTING"),
        (Settings(left_out={"nothing": "不适用"}), "会议", "SITE_SETTING"),
        (Settings(left_out={"farmland": " "}), "会议", "SITE_SETTING"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_the_store_as_it_was(
    zone: Zone, said: Settings, reason: str, code: str
) -> None:
    before = zone.version
    with pytest.raises(GeoError) as refusal:
        casework.decide(zone, said, by="王工", reason=reason)
    assert refusal.value.code == code
    assert zone.version == before
