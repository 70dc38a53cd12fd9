"""The ways from a change to what changed: addresses of its own page and of the map."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from geo import ledger
from geo.meeting import Change
from geo.projects import Project
from geo.zone import Zone
from pages import parts, project_place, show_change, supply_book, target_places


def object_at(one: Change) -> str:
    """Address of what changed, relative to the app's pages."""
    if one.set == "project":
        return _at("project", view="list", project=one.id)
    if one.set == "parcel":
        return _at("supply", sel=f"parcel:{show_change.ids(one)[0]}")
    return _at("target", target=one.id) if one.set == "target" else _at("data")


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is on the map now, asked once for a whole table of changes."""

    zone: Zone
    parcels: frozenset[str]
    projects: Mapping[str, Project]


def drawn(zone: Zone) -> Drawn:
    """What of the ledgers is on the map now."""
    shapes = zone.boundaries("parcel")
    parcels = frozenset[str]() if shapes is None else frozenset(shapes.table["id"])
    return Drawn(zone, parcels, ledger.book(zone).register.at(supply_book.today()))


def map_at(now: Drawn, one: Change) -> str:
    """Address of the map with what changed outlined; empty where it is not drawn."""
    if one.set == "project":
        known = now.projects.get(one.id)
        there_ = target_places.address(project_place.where(now.zone, known)) if known else ""
        return _at("./", sel=there_) if there_ else ""
    if one.set == "parcel":
        there = [f"parcel:{id_}" for id_ in show_change.ids(one) if id_ in now.parcels]
        return _at("./", sel=",".join(there)) if there else ""
    return "" if one.set == "target" else _at("./", on=f"zone,{one.set}")


def _at(page: str, **asked: str) -> str:
    said = {"lang": "en"} if parts.english() else {}
    query = urlencode(said | asked, safe=":,", quote_via=quote)
    return page + (f"?{query}" if query else "")
