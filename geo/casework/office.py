"""What the office decides for checks: its own numbers, what stays usable, what is left out."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from shapely.geometry import box

from geo import ledger, site
from geo.casework.ground import rules
from geo.errors import DataError, SettingError
from geo.model import Event
from geo.site import Settings
from geo.zone import Zone

SUBJECT = "office/site"
_SET = "set"
_ANYWHERE = site.Site("", "", box(122.2, 37.3, 122.21, 37.31))


def settings(zone: Zone, at: int | None = None) -> Settings:
    """The office's settings as last recorded, or as recorded at a version; blank if never."""
    version = zone.version if at is None else at
    told: Mapping[str, Any] = next(
        (
            entry.event.data
            for entry in reversed(ledger.book(zone).entries)
            if entry.event.subject == SUBJECT and entry.number <= version
        ),
        {},
    )
    return Settings(
        dict(told.get("parameters", {})),
        dict(told.get("usable", {})),
        dict(told.get("left_out", {})),
    )


def decide(zone: Zone, said: Settings, *, by: str, reason: str, document: str = "") -> int:
    """Record new settings; the old ones stay in history. Returns the version.

    Raises `SettingError` SITE_SETTING for a name or a number that cannot be or a rule left out
    without saying why, `DataError` REASON_MISSING without a reason.
    """
    if not reason.strip():
        raise DataError("请写明修改核查参数的原因", "REASON_MISSING")
    unknown = set(said.parameters) - set(rules().parameters)
    unknown |= {*said.usable, *said.left_out} - {rule.id for rule in rules().rules}
    if unknown:
        named = "、".join(sorted(unknown))
        raise SettingError(f"{named} 不是规则或参数，请核对名称", "SITE_SETTING")
    bare = "、".join(sorted(rule for rule, why in said.left_out.items() if not why.strip()))
    if bare:
        raise SettingError(f"请写明不适用规则 {bare} 的原因，报告会注明", "SITE_SETTING")
    site.check(_ANYWHERE, {}, rules(), date.min, said)  # says which number cannot be
    data = {
        "parameters": dict(said.parameters),
        "usable": dict(said.usable),
        "left_out": dict(said.left_out),
    }
    event = Event(SUBJECT, _SET, by, datetime.now(UTC), None, data, reason, document)
    return zone.record([event], expect=zone.version)
