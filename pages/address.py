"""What each page's map shows, remembered for this visit; the address is that of the page open."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from layers import scene
from layers.style import Palette
from pages import ask, link, said

_KEPT = ("view", "on", "hidden", "opacity", "base")


def _views() -> dict[str, dict[str, Any]]:
    views: dict[str, dict[str, Any]] = st.session_state.setdefault("views", {})
    return views


def initial(
    rows: Sequence[dict[str, Any]], key: str = said.HOME, on: Sequence[str] | None = None
) -> dict[str, Any]:
    """What a map opens with: the address of this visit, once; then what it showed last.

    `on` are the sets it shows when neither says.
    """
    views = _views()
    if key not in views:
        views[key] = link.read()
    elif views[key]["view"] and views[key]["on"] is not None and "at" not in st.query_params:
        link.write(views[key])  # the reader came back to this page
    kept = views[key]
    asked = on if kept["on"] is None else kept["on"]
    return {**kept, "on": scene.start(rows) if asked is None else scene.known(asked, rows)}


def on(key: str = said.HOME) -> list[str]:
    """Sets shown on a map now."""
    shown: list[str] | None = _views().get(key, {}).get("on")
    return scene.shown_at_start() if shown is None else shown


def keep(key: str = said.HOME) -> None:
    """Remember what a map shows and write it into the address; the map's own callback."""
    shown = said.shown(key)
    if shown:
        _views()[key] = {one: shown[one] for one in _KEPT}
        link.write(shown)


def palette() -> str:
    """The palette in use: as a panel just chose, as the address said first, or the usual one."""
    told = st.session_state.pop("opened_palette", None)
    if told and told["value"] in list(Palette):
        st.session_state["palette"] = told["value"]
    if "palette" not in st.session_state:
        asked = st.query_params.get("palette", "")
        st.session_state["palette"] = asked if asked in list(Palette) else Palette.STANDARD.value
    chosen = str(st.session_state["palette"])
    ask.write("palette", "" if chosen == Palette.STANDARD else chosen)
    return chosen
