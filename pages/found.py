"""The answer to what was asked of the map: features found, chosen, where to fly."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from geo.errors import GeoError
from geo.model import Hit
from geo.zone import Zone
from pages import address, ask, link

_LAST = ("place",)  # names of the base map come after what the plan speaks of


@dataclass(frozen=True, slots=True)
class Answer:
    """Features found, those outlined on the map, and where the map should fly, if anywhere."""

    kind: str
    hits: Sequence[Hit] = ()
    chosen: tuple[tuple[str, str], ...] = ()
    title: str = ""
    fly: dict[str, Any] | None = None
    text: str = ""
    at: tuple[float, float] | None = None


NOTHING = Answer("nothing")


def answer(zone: Zone) -> Answer | None:
    """The answer to the open question, from the zone as it is now."""
    ask.arrive()
    asked = st.session_state.get("asked")
    if not asked:
        return None
    try:
        return _ANSWERS[asked["kind"]](zone, asked)
    except GeoError as error:  # told on the card: the map must stay
        return Answer("fault", title=error.code, text=str(error))


def _point(zone: Zone, asked: dict[str, Any]) -> Answer:
    found = zone.identify(asked["lon"], asked["lat"], max(asked["tolerance_m"], 1.0))
    on = address.on()
    found.sort(key=lambda hit: (hit.set in _LAST, hit.set not in on))
    main = st.session_state.get("main") or ((found[0].set, found[0].id) if found else None)
    title = f"{asked['lon']:.5f}, {asked['lat']:.5f}"
    return Answer("point", found, (main,) if main else (), title, at=(asked["lon"], asked["lat"]))


def _pick(zone: Zone, asked: dict[str, Any]) -> Answer:
    fly = {"nonce": asked["nonce"], "bounds": asked.get("bounds")}
    if asked["lon"] is not None:
        fly["point"] = [asked["lon"], asked["lat"]]
        at = {"lon": asked["lon"], "lat": asked["lat"], "tolerance_m": 30.0}
        found = _point(zone, at)
        return Answer("point", found.hits, found.chosen, found.title, fly, at=found.at)
    hit = zone.find(asked["set"], asked["id"]) if asked["set"] else None
    if hit is None:
        return Answer("unplaced", (), (), asked["id"])
    return Answer("feature", [hit], ((hit.set, hit.id),), fly=_narrow(fly))


def _narrow(fly: dict[str, Any]) -> dict[str, Any]:
    """A point has bounds without width: fly to it as a point."""
    west, south, east, north = fly["bounds"]
    if west == east and south == north:
        return {"nonce": fly["nonce"], "point": [west, south]}
    return fly


def _region(zone: Zone, asked: dict[str, Any]) -> Answer:
    found = zone.inside([(lon, lat) for lon, lat in asked["ring"]])
    found.sort(key=lambda hit: hit.set in _LAST)
    main = st.session_state.get("main")
    return Answer("region", found, (main,) if main else ())


def _lit(zone: Zone, asked: dict[str, Any]) -> Answer:
    pairs = [*asked.get("pairs", ()), *link.pairs(asked.get("sel", ""))]
    if clause := asked.get("clause"):
        for entity in zone.plan.of_clause(clause).entities:
            pairs += zone.where(entity.id)
    hits = [hit for name, id_ in dict.fromkeys(pairs) if (hit := zone.find(name, id_))]
    main = st.session_state.get("main")
    chosen = (main,) if main else tuple((hit.set, hit.id) for hit in hits)
    boxes = [box for hit in hits if (box := zone.bounds(hit.set, hit.id))]
    fly = _around(boxes, asked["nonce"]) if asked["fly"] and boxes else None
    return Answer("lit", hits, chosen, asked.get("clause", ""), fly)


def _around(boxes: Sequence[tuple[float, float, float, float]], nonce: str) -> dict[str, Any]:
    west, south, east, north = zip(*boxes, strict=True)
    return _narrow({"nonce": nonce, "bounds": [min(west), min(south), max(east), max(north)]})


_ANSWERS = {"point": _point, "pick": _pick, "region": _region, "lit": _lit}
