"""How a view is written in the address bar and read from it.

at=lon,lat,zoom · on=set,set · off=set:class;… · op=group:percent,… · sel=set:id,…
base=own|blank|vec|img · palette=standard|safe|grey

A set whose classes are those of a page's colouring is named with ~ before it in `off`.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from layers.style import GROUPS
from pages import ask


def read() -> dict[str, Any]:
    """The view that the address asks for."""
    asked = st.query_params
    return {
        "view": _view(asked.get("at", "")),
        "on": asked["on"].split(",") if "on" in asked else None,
        "base": asked.get("base", "own"),
        "hidden": {
            name: kinds.split("|")
            for name, _, kinds in (part.partition(":") for part in _split(asked, "off", ";"))
        },
        "opacity": {
            group: int(percent) / 100
            for group, _, percent in (part.partition(":") for part in _split(asked, "op", ","))
            if group in GROUPS and percent.isdecimal() and 0 < int(percent) <= 100
        },
    }


def write(shown: dict[str, Any]) -> None:
    """Make the address ask for a view."""
    for key, value in written(shown).items():
        ask.write(key, value)


def written(shown: Mapping[str, Any]) -> dict[str, str]:
    """The parts of an address that ask for a view; empty where it is as usual."""
    hidden = ";".join(f"{name}:{'|'.join(kinds)}" for name, kinds in shown["hidden"].items())
    faded = {g: round(x * 100) for g, x in shown["opacity"].items() if x < 1}
    return {
        "at": ",".join(f"{x:.9g}" for x in shown["view"]),
        "on": ",".join(shown["on"]),
        "base": "" if shown["base"] == "own" else shown["base"],
        "off": hidden,
        "op": ",".join(f"{group}:{percent}" for group, percent in faded.items()),
    }


def pairs(text: str) -> list[tuple[str, str]]:
    """Set and id of features named as set:id,set:id."""
    parts = (part.partition(":") for part in text.split(","))
    return [(name, id_) for name, colon, id_ in parts if colon and id_]


def _split(asked: Any, key: str, mark: str) -> list[str]:
    return [part for part in asked.get(key, "").split(mark) if part]


def _view(text: str) -> list[float] | None:
    try:
        lon, lat, zoom = (float(part) for part in text.split(","))
    except ValueError:
        return None  # no view in the address: the map shows the whole zone
    inside = abs(lon) <= 180 and abs(lat) <= 85 and 0 <= zoom <= 22
    return [lon, lat, zoom] if inside else None
