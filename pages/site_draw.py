"""Drawing a site: the map draws, here it is named, and its corners stand as numbers to edit."""

import hashlib
import json
from typing import Any

import pandas as pd
import streamlit as st

from geo import measure
from geo.errors import GeoError
from geo.zone import Zone
from layers import site_frame
from pages import parts, site_state, site_words

_SYSTEMS = (measure.PLANE_PREFIXED, measure.PLANE)


def draw(_zone: Zone) -> None:
    """Name, whether each area is a site of its own, and the corners."""
    words, state = site_words.words(), site_state.now()
    st.caption(words["draw_hint"])
    st.text_input(
        words["name"],
        key="site_name",
        placeholder=words["site_unnamed"],
        max_chars=60,
        persist_state="session",
    )
    if len(state.areas) > 1:
        st.toggle(words["apart_areas"], key="site_apart", persist_state="session")
    corners()


def corners() -> None:
    """The table of corners; what is changed there is drawn when it is applied."""
    words, state = site_words.words(), site_state.now()
    with st.expander(words["corners"]):
        epsg = st.segmented_control(
            words["system"],
            _SYSTEMS,
            default=_SYSTEMS[0],
            required=True,
            format_func=lambda one: words[f"epsg_{one}"],
            key="site_epsg",
            label_visibility="collapsed",
        )
        crs = int(epsg or _SYSTEMS[0])
        said = json.dumps([state.areas, state.turn, crs]).encode()
        table = st.data_editor(
            site_frame.corners(state.areas, crs),
            num_rows="dynamic",
            hide_index=True,
            height=230,
            key=f"site_corners_{hashlib.sha256(said).hexdigest()[:12]}",
            column_config=_columns(words),
        )
        if st.button(words["apply"], key="site_corners_apply", width="stretch"):
            _apply(table, crs)


def _columns(words: dict[str, str]) -> dict[str, Any]:
    number = st.column_config.NumberColumn
    return {
        "area": number(words["corner_area"], min_value=1, step=1, width=26),
        "ring": number(words["corner_ring"], min_value=1, step=1, width=26),
        "x": number("X", format="%.3f", width=88),
        "y": number("Y", format="%.3f", width=100),
    }


def _apply(table: pd.DataFrame, crs: int) -> None:
    try:
        areas = site_frame.areas(table, crs)
    except GeoError as error:
        parts.refused(error)
        return
    site_state.draw(areas, site_state.now().like)
    st.rerun(scope="fragment")
