"""How every page is dressed: our styles, and the two switches in the header."""

import streamlit as st

from geo.units import SIGN, AreaUnit
from pages import door
from pages.parts import LANGUAGES, english, t


def dress() -> None:
    """Our styles, and the two switches in the header that every page has."""
    style = (door.ASSETS / "map" / "app.css").read_text(encoding="utf-8")
    st.html(f"<style>{style}</style>")
    with st.container(key="switches", horizontal=True, gap="small"):
        st.segmented_control(
            t("app", "unit"),
            [one.value for one in AreaUnit],
            default=AreaUnit.MU.value,
            required=True,
            format_func=lambda one: SIGN[AreaUnit(one)][english()],
            key="unit",
            bind="query-params",
            label_visibility="collapsed",
        )
        st.segmented_control(
            t("app", "language"),
            list(LANGUAGES),
            default="zh",
            required=True,
            format_func=lambda one: LANGUAGES[one],
            key="lang",
            bind="query-params",
            label_visibility="collapsed",
        )
