"""A way forward for one answer: land left, cuts, free parcels nearby, and search by criteria."""

from collections.abc import Sequence
from datetime import date

from geo import site
from geo.casework import ground, office
from geo.errors import DataError
from geo.site import Candidate, Criteria, Cut, Failed, Grounds, LayerInput, Net, SiteReport, Stock
from geo.zone import Zone


def grounds(zone: Zone, day: date) -> Grounds:
    """What every candidate is checked on, as of a day."""
    layers = ground.layers(zone, day)
    return Grounds(layers, ground.rules(), day, office.settings(zone))


def stock(asked: Grounds) -> Stock:
    """Parcels to choose from; raises `DataError` NO_PARCELS where none is drawn or readable."""
    parcels = asked.layers[ground.PARCEL]
    if isinstance(parcels, Failed):
        raise DataError(f"地块图层读取失败，不能找替代地块：{parcels.message}", "NO_PARCELS")
    if not isinstance(parcels, LayerInput):
        raise DataError("还没有地块图形，不能找替代地块，请先导入地块图层", "NO_PARCELS")
    return Stock(parcels, parcels.facts["status"])


def nearby(zone: Zone, report: SiteReport, needed_m2: float | None = None) -> list[Candidate]:
    """The nearest free parcels of the needed size; empty where none is drawn or readable."""
    asked = grounds(zone, report.as_of)
    if not isinstance(asked.layers[ground.PARCEL], LayerInput):
        return []
    return site.alternatives(report.site, stock(asked), asked, needed_m2)


def found(zone: Zone, criteria: Criteria, day: date, count: int = 50) -> list[Candidate]:
    """Parcels that meet criteria, the best first."""
    asked = grounds(zone, day)
    return site.find(stock(asked), criteria, asked, count)


def forward(report: SiteReport) -> tuple[Net, Sequence[Cut]]:
    """Land that stays usable, and the smallest cut that removes each conflict."""
    return site.net_land(report), site.cuts(report)
