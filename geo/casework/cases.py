"""Every check is kept: asked, numbered, found again, run again, disputed beside its findings."""

import itertools
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

import shapely

from geo import ledger, rasters, site
from geo.casework import ground, office
from geo.chronicle import CHINA, Entry
from geo.errors import ConflictError, DataError
from geo.model import Event
from geo.site import Change, Settings, Site, SiteReport
from geo.zone import Zone

KIND = "case/"
CHECKED, DISPUTED = "checked", "disputed"
_TRIES = 50


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, for what, and through which door (page, shell, api)."""

    by: str
    purpose: str = ""
    door: str = "page"


@dataclass(frozen=True, slots=True)
class Dispute:
    """A remark on a finding: kept beside it, never instead of it."""

    rule: str
    text: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Case:
    """One check as it was answered.

    Parameters
    ----------
    number
        What it is filed under, e.g. ``XZ-2026-0001``.
    version
        The version of the zone it rests on; it was recorded under a later one.
    row
        The report as `geo.site.to_row` tells it.
    parcels
        Parcels that were picked, if any.
    """

    number: str
    at: datetime
    by: str
    purpose: str
    door: str
    version: int
    row: Mapping[str, Any]
    parcels: tuple[str, ...] = ()
    example: bool = False
    disputes: tuple[Dispute, ...] = field(default=())

    @property
    def on(self) -> date:
        """Day it was asked, at the office."""
        return self.at.astimezone(CHINA).date()

    @property
    def as_of(self) -> date:
        """Day it was answered for."""
        return date.fromisoformat(self.row["as_of"])

    @property
    def site(self) -> Site:
        """The site as it was asked."""
        told = self.row["site"]
        shape = shapely.from_geojson(told["shape"])
        return Site(
            told["id"],
            told["name"],
            shape,
            told["use"],
            told["registered_m2"],
            told["variant"],
        )


def ask(
    zone: Zone, sites: Sequence[Site], asker: Asker, as_of: date | None = None
) -> list[tuple[Case, SiteReport]]:
    """Check sites and keep the answers, all of them or none; in the order of the sites.

    Raises `DataError` SITES_NONE without a site, `ConflictError` where others save without end.
    """
    if not sites:
        raise DataError("没有要核查的选址，请先画、选或上传", "SITES_NONE")
    version, now = zone.version, datetime.now(UTC)
    reports = answered(zone, sites, as_of or now.astimezone(CHINA).date(), version)
    rows = [site.to_row(report) for report in reports]
    made = list[Case]()

    def events() -> list[Event]:
        made[:] = _numbered(zone, sites, rows, (asker, now, version))
        return [_event(one) for one in made]

    _recorded(zone, events)
    return list(zip(made, reports, strict=True))


def _recorded(zone: Zone, events: Callable[[], list[Event]]) -> int:
    """Record what follows from the book as it stands, again where others were first."""
    for _ in range(_TRIES):
        held = zone.version
        try:
            return zone.record(events(), expect=held)
        except ConflictError:
            if zone.version == held:
                raise
    raise ConflictError("其他人正在连续保存，本次未存档，请稍后重试")


def answered(
    zone: Zone, sites: Sequence[Site], as_of: date, version: int | None = None
) -> list[SiteReport]:
    """Check sites as of a day on what is held at a version; nothing is kept."""
    at = zone.version if version is None else version
    return _answered(zone, sites, as_of, office.settings(zone, at), at)


def _answered(
    zone: Zone, sites: Sequence[Site], as_of: date, said: Settings, at: int
) -> list[SiteReport]:
    return site.check_many(sites, ground.layers(zone, as_of, at), ground.rules(), as_of, said)


def _numbered(
    zone: Zone,
    sites: Sequence[Site],
    rows: Sequence[Mapping[str, Any]],
    told: tuple[Asker, datetime, int],
) -> list[Case]:
    asker, now, version = told
    year = now.astimezone(CHINA).year
    start = f"{KIND}XZ-{year}-"
    used = [
        int(one.event.subject.rpartition("-")[2])
        for one in _entries(zone)
        if one.event.verb == CHECKED and one.event.subject.startswith(start)
    ]
    first = max(used, default=0) + 1
    return [
        Case(
            f"XZ-{year}-{first + i:04d}",
            now,
            asker.by,
            asker.purpose,
            asker.door,
            version,
            row,
            tuple(one.id.split("+")) if one.variant == "registered" else (),
            zone.example,
        )
        for i, (one, row) in enumerate(zip(sites, rows, strict=True))
    ]


def _entries(zone: Zone) -> list[Entry]:
    return [entry for entry in ledger.book(zone).entries if entry.event.subject.startswith(KIND)]


def _event(case: Case) -> Event:
    data = {
        "door": case.door,
        "version": case.version,
        "parcels": list(case.parcels),
        "example": case.example,
        "report": json.loads(json.dumps(case.row)),
    }
    return Event(KIND + case.number, CHECKED, case.by, case.at, None, data, case.purpose)


def archive(zone: Zone) -> list[Case]:
    """Every case that rests on what may be seen, the latest first."""
    found, said = dict[str, Entry](), dict[str, list[Entry]]()
    for entry in _entries(zone):
        number = entry.event.subject.removeprefix(KIND)
        if entry.event.verb == CHECKED:
            found[number] = entry
        elif entry.event.verb == DISPUTED:
            said.setdefault(number, []).append(entry)
    cases = [_case(number, one, said.get(number, ())) for number, one in found.items()]
    return [one for one in cases[::-1] if _open(zone, one)]


def case(zone: Zone, number: str) -> Case:
    """One case; raises `DataError` CASE_UNKNOWN, and WITHHELD where it rests on what is."""
    events = [one for one in _entries(zone) if one.event.subject == KIND + number]
    first = next((one for one in events if one.event.verb == CHECKED), None)
    if first is None:
        raise DataError(f"没有编号为 {number} 的核查，请核对编号或在存档中查找", "CASE_UNKNOWN")
    known = _case(number, first, [one for one in events if one.event.verb == DISPUTED])
    if not _open(zone, known):
        raise DataError(f"核查 {number} 用到您无权查看的图层，不能打开", "WITHHELD")
    return known


def _open(zone: Zone, known: Case) -> bool:
    """Whether a case rests only on what may be seen."""
    read = known.row["findings"]
    return all(rasters.shows(zone, one["set"], one["since"] or 0) for one in read)


def _case(number: str, entry: Entry, said: Sequence[Entry]) -> Case:
    event, data = entry.event, entry.event.data
    disputes = tuple(
        Dispute(one.event.data["rule"], one.event.data["text"], one.event.by, one.recorded)
        for one in said
    )
    return Case(
        number,
        event.at,
        event.by,
        event.reason,
        data["door"],
        data["version"],
        data["report"],
        tuple(data["parcels"]),
        data["example"],
        disputes,
    )


def again(zone: Zone, known: Case) -> tuple[SiteReport, tuple[Change, ...]]:
    """The same site asked again today: the answer, and what differs with its cause.

    Causes are tried one after the other: what was held then, what is held now, the settings of
    now, today. What differs between two of these has that cause and no other.
    """
    day, today = known.as_of, datetime.now(CHINA).date()
    said = [office.settings(zone, at) for at in (known.version, None)]
    steps = [(day, said[0]), (day, said[1]), (today, said[1])]
    reports = [_answered(zone, [known.site], on, how, zone.version)[0] for on, how in steps]
    rows = [known.row, *(site.to_row(one) for one in reports)]
    changes = site.difference(known.row, rows[-1])
    if site.difference(rows[0], rows[1]):  # was it what is held, or the rules and the code?
        then = _answered(zone, [known.site], day, said[0], known.version)[0]
        rows.insert(1, site.to_row(then))
    causes = dict[tuple[str, str], dict[str, None]]()
    for old, new in itertools.pairwise(rows):
        for one in site.difference(old, new):
            causes.setdefault((one.rule, one.field), {}).update(dict.fromkeys(one.causes))
    return reports[-1], tuple(
        replace(one, causes=tuple(causes.get((one.rule, one.field), one.causes))) for one in changes
    )


def dispute(zone: Zone, number: str, rule: str, text: str, *, by: str) -> int:
    """Keep a remark beside a finding; the finding stays as it is.

    Raises `DataError` DISPUTE_EMPTY without a text, RULE_UNKNOWN for a rule not in the report.
    """
    known = case(zone, number)
    if not text.strip():
        raise DataError("请写明对这一条结论的异议", "DISPUTE_EMPTY")
    if rule not in {one["rule"] for one in known.row["findings"]}:
        raise DataError(f"核查 {number} 中没有规则 {rule}，请从结论表中选择", "RULE_UNKNOWN")
    data = {"rule": rule, "text": text.strip()}
    event = Event(KIND + number, DISPUTED, by, datetime.now(UTC), None, data)
    return _recorded(zone, lambda: [event])
