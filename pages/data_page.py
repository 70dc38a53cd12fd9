"""数据. What the zone holds and where it comes from; bringing in; history; health."""

import streamlit as st

from geo.zone import Zone
from pages import ask, data_health, data_import, data_sets, parts

_VIEWS = {"sets": data_sets.draw, "import": data_import.draw, "health": data_health.draw}


@parts.told
def page(zone: Zone) -> None:
    """Draw the page."""
    if "dview" not in st.session_state:
        asked = st.query_params.get("dview", "sets")
        st.session_state["dview"] = asked if asked in _VIEWS else "sets"
    label = parts.t("store", "views")
    view = st.segmented_control(
        label,
        list(_VIEWS),
        required=True,
        format_func=lambda one: parts.t("store", f"view_{one}"),
        key="dview",
        label_visibility="collapsed",
    )
    ask.write("dview", "" if view == "sets" else str(view))
    _VIEWS[view or "sets"](zone)
