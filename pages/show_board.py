"""Rows in which every button says an act and what it is done to: meetings, chapters."""

from collections.abc import Callable
from functools import partial

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

_HTML = '<div class="mboard"></div>'
_JS = """
export default function (component) {
  const host = component.parentElement.querySelector(".mboard");
  const { html, chosen } = component.data;
  if (host.shown !== html) {
    const at = host.contains(document.activeElement) ? document.activeElement.dataset : null;
    host.shown = html;
    host.innerHTML = html;
    const buttons = [...host.querySelectorAll("[data-act]")];
    const same = buttons.find((one) => one.dataset.act === at?.act && one.dataset.id === at?.id);
    same?.focus({ preventScroll: true });
  }
  host.onclick = (event) => {
    const hit = event.target.closest("[data-act]");
    if (hit) component.setTriggerValue("act", { act: hit.dataset.act, id: hit.dataset.id });
  };
  if (host.chosen !== chosen) {
    host.chosen = chosen;
    host.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" });
  }
}
"""


@st.cache_resource
def _component() -> ComponentRenderer:
    return st.components.v2.component("show_board", html=_HTML, js=_JS, isolate_styles=False)


def show(key: str, html: str, chosen: str, act: Callable[[str, str], None]) -> None:
    """Draw HTML whose buttons name ``data-act`` and ``data-id``; texts in it are escaped.

    `act` is told both. The row of what is chosen bears ``aria-current``.
    """
    _component()(
        key=key,
        height="stretch",
        data={"html": html, "chosen": chosen},
        on_act_change=partial(_told, key, act),
    )


def _told(key: str, act: Callable[[str, str], None]) -> None:
    found = (st.session_state.get(key) or {}).get("act")
    if found:
        act(str(found["act"]), str(found["id"]))
