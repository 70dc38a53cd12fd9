"""What the maps say: each page's map has a key of its own, the overview's is `HOME`."""

from typing import Any

import streamlit as st

from pages import ask

HOME = "zone"
_KIND = {"click": "point", "pick": "pick", "region": "region", "drawn": "drawn"}


def component_key(key: str) -> str:
    """Under which name a map's component keeps its state in the session."""
    return f"{key}_map"


def _state(key: str, name: str) -> dict[str, Any] | None:
    found: dict[str, Any] | None = (st.session_state.get(component_key(key)) or {}).get(name)
    return found


def shown(key: str = HOME) -> dict[str, Any] | None:
    """What a map last said it shows: view, bounds (west, south, east, north), sets that are on."""
    return _state(key, "map")


def heard(name: str, key: str = HOME) -> None:
    """Keep what a map just said; the map's own callback.

    On the overview it becomes the question now open. Other pages take it up with `pointed.now`.
    """
    said = _state(key, name)
    if not said:
        return
    if name == "open":
        st.session_state["opened_" + said["what"]] = said
        return
    asked = {"kind": _KIND[name], **said}
    if key != HOME:
        st.session_state[f"said_{key}"] = asked
    if key == HOME or name == "pick":  # what was looked for is chosen, and flown to, anywhere
        ask.put(asked)


def last(key: str) -> dict[str, Any] | None:
    """What a page's map said that the page has not answered yet."""
    said: dict[str, Any] | None = st.session_state.get(f"said_{key}")
    return said


def answered(key: str) -> None:
    """Let go of what a map said.

    The map does so when it is drawn, so that nothing is lost with a run that was cut short
    before.
    """
    st.session_state.pop(f"said_{key}", None)
