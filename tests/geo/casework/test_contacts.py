"""Whom to ask: blank at first, written down with a reason, refused where it cannot be."""

import pytest

from geo import casework, ledger
from geo.casework import Contact, Contacts
from geo.errors import GeoError
from geo.zone import Zone
from tests.geo.casework.office import asked


@pytest.fixture
def zone(fresh: str) -> Zone:
    return ledger.open_zone(fresh)


def test_nobody_is_named_until_the_office_does(zone: Zone) -> None:
    assert casework.contacts(zone) == Contacts()
    assert casework.contacts(zone).of("farmland", "farmland") == Contact()


def test_a_rule_without_its_own_contact_has_that_of_its_set_and_the_old_stays(zone: Zone) -> None:
    sets = {"farmland": Contact("示例单位甲", "示例窗口 1")}
    first = casework.tell(zone, Contacts({}, sets), by="王工", reason="首次填写")
    own = {"farmland": Contact("示例单位乙", "")}
    casework.tell(zone, Contacts(own, sets), by="王工", reason="更正")
    now, then = casework.contacts(zone), casework.contacts(zone, first)
    assert now.of("farmland", "farmland") == Contact("示例单位乙", "示例窗口 1")
    assert then.of("farmland", "farmland") == Contact("示例单位甲", "示例窗口 1")
    assert now.of("redline", "redline") == Contact()


def test_blank_texts_are_not_kept(zone: Zone) -> None:
    casework.tell(zone, Contacts({"farmland": Contact("  ", "")}), by="王工", reason="清空")
    assert casework.contacts(zone) == Contacts()


@pytest.mark.parametrize(
    ("said", "reason", "code"),
    [
        (Contacts(), " ", "REASON_MISSING"),
        (Contacts({"nothing": Contact("甲")}), "试", "SITE_SETTING"),
        (Contacts({}, {"nothing": Contact("甲")}), "试", "SITE_SETTING"),
        (Contacts({"farmland": Contact("甲" * 61)}), "试", "CONTACT"),
        (Contacts({"farmland": Contact("甲\n乙")}), "试", "CONTACT"),
    ],
)
def test_what_cannot_be_is_refused(zone: Zone, said: Contacts, reason: str, code: str) -> None:
    before = zone.version
    with pytest.raises(GeoError) as refusal:
        casework.tell(zone, said, by="王工", reason=reason)
    assert (refusal.value.code, zone.version) == (code, before)


def test_a_document_of_a_case_says_whom_to_ask(zone: Zone) -> None:
    case, _ = asked(zone)
    casework.tell(zone, Contacts({"farmland": Contact("示例单位", "")}), by="王工", reason="试")
    row = casework.filed(zone, case).row
    told = {one["rule"]: (one["office"], one["contact"]) for one in row["findings"]}
    assert told.pop("farmland") == ("示例单位", "")
    assert set(told.values()) == {("", "")}
