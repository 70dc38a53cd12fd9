"""The script every visit runs: page frame, switches, navigation."""

from functools import partial

import streamlit as st

from pages import door, map_page, parts, target_page

PAGES = {"map": map_page.page, "target": target_page.page}

st.set_page_config(
    page_title="经区规划一张图",
    page_icon=str(door.ASSETS / "icon.png"),
    layout="wide",
    initial_sidebar_state="collapsed",
)
st.logo(str(door.ASSETS / "logo.svg"), size="large")
parts.dress()
st.session_state["pages"] = {
    name: st.Page(
        partial(draw, door.zone()),
        title=parts.t("app", name),
        url_path=name,
        default=name == "map",
    )
    for name, draw in PAGES.items()
}
st.navigation(list(st.session_state["pages"].values()), position="top").run()
