"""Coordinate systems that would land in the zone, each as one click; the picture then shows it."""

from collections.abc import Sequence

import streamlit as st

from geo.errors import Issue
from pages import parts

_CODE = "CRS_GUESS"
_SWAPPED = " swapped"


def draw(issues: Sequence[Issue]) -> None:
    """A button for every system offered; nothing is taken without a click."""
    offered = [one for one in issues if one.code == _CODE]
    if not offered:
        return
    st.caption(parts.t("store", "offer"))
    for one in offered:
        st.button(
            parts.plain(f"{one.message} · {one.value}"),
            key=f"offer_{one.value}",
            on_click=_take,
            args=(one.value,),
        )


def _take(value: str) -> None:
    st.session_state["import_crs"] = value.removesuffix(_SWAPPED).removeprefix("EPSG:")
    st.session_state["import_swapped"] = value.endswith(_SWAPPED)
