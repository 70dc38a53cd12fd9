"""Which office is in charge of a rule or a set, and where it is asked: the office's own texts.

Blank until somebody writes them down, with a reason; the product brings none along.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from geo import ledger
from geo.casework import ground
from geo.errors import DataError, SettingError
from geo.model import Event
from geo.zone import Zone

SUBJECT = "office/contact"
MOST = 60  # characters of each text
_SET = "set"
_UNSEEN = re.compile("[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Contact:
    """The office in charge, and its telephone or counter; each may be blank."""

    office: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Contacts:
    """Contacts by rule and by set."""

    rules: Mapping[str, Contact] = field(default_factory=dict)
    sets: Mapping[str, Contact] = field(default_factory=dict)

    def of(self, rule: str, name: str) -> Contact:
        """Whom to ask about an answer: as its rule says, else as its set does."""
        own, other = self.rules.get(rule, Contact()), self.sets.get(name, Contact())
        return Contact(own.office or other.office, own.contact or other.contact)


def asked_of() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Every rule and every set that may have an office."""
    return tuple(one.id for one in ground.rules().rules), tuple(sorted(ground.read()))


def contacts(zone: Zone, at: int | None = None) -> Contacts:
    """The contacts as last written down, or as at a version; blank if never."""
    version = zone.version if at is None else at
    told: Mapping[str, Any] = next(
        (
            entry.event.data
            for entry in reversed(ledger.book(zone).entries)
            if entry.event.subject == SUBJECT and entry.number <= version
        ),
        {},
    )
    both = (
        {name: Contact(*map(str, pair)) for name, pair in told.get(kind, {}).items()}
        for kind in ("rules", "sets")
    )
    return Contacts(*both)


def tell(zone: Zone, said: Contacts, *, by: str, reason: str) -> int:
    """Write contacts down; the old ones stay in history. Returns the version.

    Raises `SettingError` SITE_SETTING for what is no rule or set, `DataError` CONTACT for a text
    too long, REASON_MISSING without a reason.
    """
    if not reason.strip():
        raise DataError("请写明修改主管单位的原因", "REASON_MISSING")
    known_rules, known_sets = asked_of()
    unknown = {*said.rules} - {*known_rules} | {*said.sets} - {*known_sets}
    if unknown:
        named = "、".join(sorted(unknown))
        raise SettingError(f"{named} 不是规则或图层，请核对名称", "SITE_SETTING")
    every = [*said.rules.values(), *said.sets.values()]
    texts = [text for one in every for text in (one.office, one.contact)]
    wrong = [text for text in texts if len(text) > MOST or _UNSEEN.search(text)]
    if wrong:
        raise DataError(
            f"“{wrong[0][:MOST]}”超过 {MOST} 个字或含控制字符，请精简后再保存", "CONTACT"
        )
    data = {"rules": _plain(said.rules), "sets": _plain(said.sets)}
    event = Event(SUBJECT, _SET, by, datetime.now(UTC), None, data, reason)
    return zone.record([event], expect=zone.version)


def with_contacts(zone: Zone, row: Mapping[str, Any], at: int) -> Mapping[str, Any]:
    """The record of a check, each finding with whom to ask as written down at a version."""
    held = contacts(zone, at)
    found = []
    for one in row["findings"]:
        who = held.of(one["rule"], one.get("set", ""))
        found.append({**one, "office": who.office, "contact": who.contact})
    return {**row, "findings": found}


def _plain(said: Mapping[str, Contact]) -> dict[str, list[str]]:
    return {
        name: [one.office.strip(), one.contact.strip()]
        for name, one in said.items()
        if one.office.strip() or one.contact.strip()
    }
