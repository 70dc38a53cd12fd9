"""The ways from a change to what changed: addresses of its own page and of the map."""

from urllib.parse import quote, urlencode

from geo import ledger
from geo.meeting import Change
from geo.zone import Zone
from pages import parts, project_place, show_change, supply_book, target_places


def object_at(one: Change) -> str:
    """Address of what changed, relative to the app's pages."""
    if one.set == "project":
        return _at("project", view="list", project=one.id)
    if one.set == "parcel":
        return _at("supply", sel=f"parcel:{show_change.ids(one)[0]}")
    return _at("target", target=one.id) if one.set == "target" else _at("data")


def map_at(zone: Zone, one: Change) -> str:
    """Address of the map with what changed outlined; empty where it is not drawn."""
    if one.set == "project":
        known = ledger.book(zone).register.at(supply_book.today()).get(one.id)
        drawn = target_places.address(project_place.where(zone, known)) if known else ""
        return _at("./", sel=drawn) if drawn else ""
    if one.set == "parcel":
        there = [f"parcel:{id_}" for id_ in show_change.ids(one) if zone.bounds("parcel", id_)]
        return _at("./", sel=",".join(there)) if there else ""
    return "" if one.set == "target" else _at("./", on=f"zone,{one.set}")


def _at(page: str, **asked: str) -> str:
    said = {"lang": "en"} if parts.english() else {}
    query = urlencode(said | asked, safe=":,", quote_via=quote)
    return page + (f"?{query}" if query else "")
