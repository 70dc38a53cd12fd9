"""What the reader asked of the map: kept in the session until answered, changed or closed."""

from typing import Any

import streamlit as st

KEY = "zone_map"


def heard(name: str) -> None:
    """Keep what the map just said as the question now open; the map's own callback."""
    said = (st.session_state.get(KEY) or {}).get(name)
    if not said:
        return
    if name == "open":
        st.session_state["opened_" + said["what"]] = said
        return
    kind = {"click": "point", "pick": "pick", "region": "region"}[name]
    put({"kind": kind, **said})


def put(asked: dict[str, Any] | None) -> None:
    """Make this the open question, or close the card with None."""
    st.session_state["asked"] = asked
    st.session_state.pop("main", None)


def arrive() -> None:
    """Take up what the address of this visit asks, once per address."""
    params = {key: st.query_params[key] for key in ("sel", "clause") if key in st.query_params}
    if params and params != st.session_state.get("arrived"):
        st.session_state["arrived"] = params
        put({"kind": "lit", "fly": "at" not in st.query_params, **params})
