"""Cases with their reports: those asked on this machine, and filed ones answered again as filed."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock

from geo import casework, site
from geo.casework import Asker, Case
from geo.errors import DataError
from geo.site import Change, Site, SiteReport
from geo.zone import Zone
from pages import rights, site_state

_AROUND = 1.0  # of the site's own size, shown on every side: the site alone says not where it is
_KEPT = 1_200  # reports; a batch is a thousand at most
_SHELF: OrderedDict[tuple[Zone, str], SiteReport] = OrderedDict()
_LOCK = Lock()


@dataclass(frozen=True, slots=True, eq=False)
class Open:
    """A case with its report, made again from the data of its version; `changes` should be none.

    Where there are some, the rules or the code are not those it was filed with.
    """

    case: Case
    report: SiteReport
    changes: tuple[Change, ...]


def asked(zone: Zone, sites: Sequence[Site], asker: Asker, as_of: date | None) -> list[str]:
    """Check sites and file the answers; the numbers they are filed under."""
    found = casework.ask(zone, sites, asker, as_of)
    for case, report in found:
        _put(zone, case.number, report)
    numbers = [case.number for case, _ in found]
    rights.noted("check:filed", numbers=numbers, door=asker.door)
    return numbers


def opened(zone: Zone, number: str) -> Open:
    """A filed case; raises `DataError` CASE_UNKNOWN."""
    case = casework.case(zone, number)
    with _LOCK:
        report = _SHELF.get((zone, number))
    if report is None:
        as_of = date.fromisoformat(case.row["as_of"])
        report = casework.answered(zone, [case.site], as_of, case.version)[0]
        _put(zone, number, report)
    return Open(case, report, site.difference(case.row, site.to_row(report)))


def _put(zone: Zone, number: str, report: SiteReport) -> None:
    with _LOCK:
        _SHELF[zone, number] = report
        while len(_SHELF) > _KEPT:
            _SHELF.popitem(last=False)


def arrive(zone: Zone) -> None:
    """Send the map to the site of a case that a link opened."""
    state = site_state.now()
    if not state.case or state.fly:
        return
    try:
        west, south, east, north = opened(zone, state.case).report.site.shape.bounds
        beside, above = (east - west) * _AROUND, (north - south) * _AROUND
        site_state.fly((west - beside, south - above, east + beside, north + above))
    except DataError:  # an unknown number is told beside the map
        return
