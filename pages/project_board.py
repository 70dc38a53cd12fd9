"""A picture or tiles in which every project is a button that chooses it."""

from functools import partial

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from pages import project_book

_HTML = '<div class="pboard"></div>'
_JS = """
export default function (component) {
  const host = component.parentElement.querySelector(".pboard");
  const { html, chosen } = component.data;
  if (host.shown !== html) {
    host.shown = html;
    host.innerHTML = html;
  }
  const told = (event) => {
    const hit = event.target.closest("[data-project]");
    if (!hit || (event.type === "keydown" && event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    component.setTriggerValue("pick", hit.dataset.project);
  };
  host.onclick = told;
  host.onkeydown = told;
  if (host.chosen !== chosen) {
    host.chosen = chosen;
    const hit = [...host.querySelectorAll(".ptile")].find((one) => one.dataset.project === chosen);
    hit?.scrollIntoView({ block: "nearest" });
  }
}
"""


@st.cache_resource
def _component() -> ComponentRenderer:
    return st.components.v2.component("project_board", html=_HTML, js=_JS, isolate_styles=False)


def show(key: str, html: str, chosen: str) -> None:
    """Draw HTML whose buttons name their project in ``data-project``; texts in it are escaped."""
    _component()(
        key=key,
        height="stretch",
        data={"html": html, "chosen": chosen},
        on_pick_change=partial(_picked, key),
    )


def _picked(key: str) -> None:
    found = (st.session_state.get(key) or {}).get("pick")
    if found:
        same = found == project_book.HELD.get("project")
        project_book.choose("" if same else str(found))
