"""The view in the address bar: what is on, hidden, chosen, and where the map stands.

at=lon,lat,zoom · on=set,set · off=set:class;… · op=group:percent,… · sel=set:id,…
base=own|blank|vec|img
"""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from layers import scene
from layers.style import GROUPS, Palette
from pages import ask

_KEPT = ("view", "on", "hidden", "opacity", "base")


def initial(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What the map opens with: the address of this visit, once; then what it showed last."""
    if "opened" not in st.session_state:
        st.session_state.opened = _read()
    kept: dict[str, Any] = dict(st.session_state.opened)
    asked = kept["on"]
    return {**kept, "on": scene.start(rows) if asked is None else scene.known(asked, rows)}


def _read() -> dict[str, Any]:
    asked = st.query_params
    palette = asked.get("palette", "")
    if palette in list(Palette):
        st.session_state.palette = palette
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


def on() -> list[str]:
    """Sets shown on the map now."""
    kept = st.session_state.get("opened") or {}
    shown: list[str] | None = kept.get("on")
    return scene.shown_at_start() if shown is None else shown


def pairs(text: str) -> list[dict[str, str]]:
    """Features named as set:id,set:id."""
    parts = (part.partition(":") for part in text.split(","))
    return [{"set": name, "id": id_} for name, colon, id_ in parts if colon and id_]


def _split(asked: Any, key: str, mark: str) -> list[str]:
    return [part for part in asked.get(key, "").split(mark) if part]


def _view(text: str) -> list[float] | None:
    try:
        lon, lat, zoom = (float(part) for part in text.split(","))
    except ValueError:
        return None  # no view in the address: the map shows the whole zone
    inside = abs(lon) <= 180 and abs(lat) <= 85 and 0 <= zoom <= 22
    return [lon, lat, zoom] if inside else None


def keep() -> None:
    """Write what the map shows into the address; called when the map says it changed."""
    shown = (st.session_state.get(ask.KEY) or {}).get("map")
    if not shown:
        return
    st.session_state.opened = {key: shown[key] for key in _KEPT}
    hidden = ";".join(f"{name}:{'|'.join(kinds)}" for name, kinds in shown["hidden"].items())
    faded = {g: round(x * 100) for g, x in shown["opacity"].items() if x < 1}
    ask.write("at", ",".join(f"{x:.9g}" for x in shown["view"]))
    ask.write("on", ",".join(shown["on"]))
    ask.write("base", "" if shown["base"] == "own" else shown["base"])
    ask.write("off", hidden)
    ask.write("op", ",".join(f"{group}:{percent}" for group, percent in faded.items()))
