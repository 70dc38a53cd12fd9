"""The script every visit runs: page frame, switches, navigation."""

from functools import partial

import streamlit as st

from pages import door, map_page, parts

st.set_page_config(
    page_title="经区规划一张图",
    page_icon=str(door.ASSETS / "icon.png"),
    layout="wide",
    initial_sidebar_state="collapsed",
)
st.logo(str(door.ASSETS / "logo.svg"), size="large")
parts.dress()
st.navigation(
    [
        st.Page(
            partial(map_page.page, door.zone()),
            title=parts.t("app", "map"),
            url_path="map",
            default=True,
        ),
    ],
    position="top",
).run()
