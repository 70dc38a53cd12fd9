"""What the filters of the overview leave: parcels by the ledger of a day, projects by theirs."""

from datetime import date
from functools import lru_cache

from geo import ledger
from geo.ledger import Moment
from geo.zone import Zone
from pages import map_state, project_match, project_place, supply_book, supply_match

PROJECT = "project"


def parcels(zone: Zone, day: date) -> frozenset[str] | None:
    """Parcels of a day that fit; None where nothing narrows them."""
    asked = tuple(tuple(map_state.HELD.several(key)) for key in map_state.LAND)
    return _parcels(zone, zone.version, day, asked) if any(asked) else None


@lru_cache(maxsize=16)
def _parcels(
    zone: Zone, _version: int, day: date, asked: tuple[tuple[str, ...], ...]
) -> frozenset[str]:
    table = supply_book.snapshot(zone, Moment(day)).table
    found = supply_match.fitting(table, dict(zip(map_state.LAND, asked, strict=True)))
    years = asked[map_state.LAND.index("year")]
    return frozenset(found[found["year"].isin(years)]["id"] if years else found["id"])


def projects(zone: Zone, day: date) -> frozenset[str] | None:
    """Drawn projects in the register on a day that fit; None where nothing narrows them."""
    asked = tuple(map_state.HELD.get(key) for key in map_state.WORK)
    return _projects(zone, zone.version, day, asked) if any(asked) else None


@lru_cache(maxsize=16)
def _projects(zone: Zone, _version: int, day: date, asked: tuple[str, ...]) -> frozenset[str]:
    known = ledger.book(zone).register.at(day).values()
    found = project_match.fitting(known, dict(zip(map_state.WORK, asked, strict=True)))
    places = [place for one in found for place in project_place.where(zone, one)]
    return frozenset(id_ for set_, id_ in places if set_ == PROJECT)
