"""A way forward for one answer: land left, cuts, free parcels nearby, and search by criteria."""

from collections.abc import Sequence
from datetime import date

from geo import ledger, site
from geo.casework import ground, office
from geo.errors import DataError
from geo.site import Candidate, Criteria, Cut, Grounds, LayerInput, Net, SiteReport, Stock
from geo.zone import Zone


def grounds(zone: Zone, day: date) -> Grounds:
    """What every candidate is checked on, as of a day."""
    layers = ground.layers(zone, day)
    return Grounds(layers, ground.rules(), day, office.settings(zone))


def stock(zone: Zone, asked: Grounds) -> Stock:
    """Parcels to choose from; raises `DataError` NO_PARCELS where none is drawn."""
    parcels = asked.layers[ground.PARCEL]
    if not isinstance(parcels, LayerInput):
        raise DataError("还没有地块图形，不能找替代地块，请先导入地块图层", "NO_PARCELS")
    told = ledger.book(zone).supply.at(asked.as_of)
    return Stock(parcels, {id_: one.status for id_, one in told.items() if one.live})


def nearby(zone: Zone, report: SiteReport, needed_m2: float | None = None) -> list[Candidate]:
    """The nearest free parcels of the needed size; empty where no parcel is drawn."""
    if zone.boundaries(ground.PARCEL) is None:
        return []
    asked = grounds(zone, report.as_of)
    return site.alternatives(report.site, stock(zone, asked), asked, needed_m2)


def found(zone: Zone, criteria: Criteria, day: date, count: int = 50) -> list[Candidate]:
    """Parcels that meet criteria, the best first."""
    asked = grounds(zone, day)
    return site.find(stock(zone, asked), criteria, asked, count)


def forward(report: SiteReport) -> tuple[Net, Sequence[Cut]]:
    """Land that stays usable, and the smallest cut that removes each conflict."""
    return site.net_land(report), site.cuts(report)
