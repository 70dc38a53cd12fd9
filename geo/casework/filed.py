"""A case with all that a document about it needs, as plain values and sets."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from shapely.geometry.base import BaseGeometry

from geo import landuse
from geo.casework import cases, ground, way
from geo.casework.cases import Case
from geo.casework.contacts import with_contacts
from geo.ledger import supply_rules
from geo.model import Boundaries, Seal
from geo.site import Answer, SiteReport
from geo.zone import DATA, Zone

_GROUND = ("sea", "land", "zone", "unit", "park", "coast", "water", "road", "corridor")


@dataclass(frozen=True, slots=True, eq=False)
class Filed:
    """What a document says of one case.

    Parameters
    ----------
    row
        The record of the check, each finding with the office in charge as written down now.
    way
        The way forward as plain values: total_m2, net_m2, rows, cuts, alternatives.
    disputes
        Rule → what is held against its finding.
    shape, regions
        The site, and the land concerned by rule, EPSG:4490.
    sets
        What the maps show: the ground, and every set that was hit.
    names
        Set, parameter or use → its names in Chinese and English.
    seal
        Of the version that the case rests on.
    """

    number: str
    made: date
    asker: str
    version: int
    example: bool
    row: Mapping[str, Any]
    way: Mapping[str, Any]
    disputes: Mapping[str, str]
    shape: BaseGeometry
    regions: Mapping[str, BaseGeometry]
    sets: tuple[Boundaries, ...]
    names: Mapping[str, tuple[str, str]]
    seal: Seal


def filed(zone: Zone, known: Case, report: SiteReport | None = None) -> Filed:
    """A case made ready for a document; without its report it is answered again as it was."""
    told = report or _as_it_was(zone, known)
    hits = [one for one in told.findings if one.answer is Answer.HIT]
    regions = {one.rule: one.region for one in hits}
    wanted = dict.fromkeys([*_GROUND, *(met.set for one in hits for met in one.features)])
    sets = [found for name in wanted if (found := zone.boundaries(name, known.version))]
    return Filed(
        known.number,
        known.on,
        known.by,
        known.version,
        known.example,
        with_contacts(zone, known.row, zone.version),
        _way(zone, told),
        {one.rule: f"{one.text}（{one.by}，{one.on}）" for one in known.disputes},
        told.site.shape,
        {rule: shape for rule, shape in regions.items() if shape is not None},
        tuple(sets),
        _names(zone, told),
        zone.seal(known.version),
    )


def _as_it_was(zone: Zone, known: Case) -> SiteReport:
    as_of = date.fromisoformat(known.row["as_of"])
    return cases.answered(zone, [known.site], as_of, known.version)[0]


def _way(zone: Zone, report: SiteReport) -> Mapping[str, Any]:
    net, cuts = way.forward(report)
    cut = ("rules", "area_m2", "lost_m2", "left_behind_m2")
    near = ("id", "name", "area_m2", "distance_m", "limits", "open")
    return {
        "total_m2": net.total_m2,
        "net_m2": net.net_m2,
        "rows": [asdict(one) for one in net.rows],
        "cuts": [{key: getattr(one, key) for key in cut} for one in cuts],
        "alternatives": [
            {key: getattr(one, key) for key in near} | {"verdict": one.verdict.value}
            for one in way.nearby(zone, report)
        ],
    }


def _names(zone: Zone, report: SiteReport) -> dict[str, tuple[str, str]]:
    """Words for every id that the record only names."""
    shelf = zone.catalog
    out = {name: (shelf.title(name), shelf.title(name, english=True)) for name in ground.read()}
    for key, one in ground.rules().parameters.items():
        out[key] = (one.title, one.title_en)
    for key, status in supply_rules().statuses.items():
        out[key] = (status.name, status.name_en)
    use = report.site.use
    named = landuse.read(DATA / "rules").get(use) if use else None
    return out | ({use: (f"{use} {named.name}", use)} if named else {})
