"""总览图. The map, the card of what was asked, the table of a set."""

import streamlit as st

from geo.zone import Zone
from layers.style import Palette
from pages import ask, card, dialogs, drawer, parts, view
from pages.found import answer

_DIALOGS = {"sources": dialogs.sources, "unplaced": dialogs.unplaced}


@parts.told
def page(zone: Zone) -> None:
    """Draw the page."""
    body(zone)


@st.fragment
@parts.told
def body(zone: Zone) -> None:
    """The map and all that answers to it; a click reruns only this."""
    _palette()
    found = answer(zone)
    chosen = found.chosen if found else ()
    drawer.follow(chosen)
    with st.container(key="mapframe"):
        view.show(zone, [*chosen, *drawer.marked()], found.fly if found else None)
    if found:
        card.draw(zone, found)
    drawer.draw(zone, chosen)
    for name, draw in _DIALOGS.items():
        if st.session_state.pop(f"opened_{name}", None):
            draw(zone)
    ask.settle(chosen)


def _palette() -> None:
    """Take up another palette if the panel just chose one."""
    said = st.session_state.pop("opened_palette", None)
    if said and said["value"] in list(Palette):
        st.session_state["palette"] = said["value"]
        standard = said["value"] == Palette.STANDARD
        ask.write("palette", "" if standard else said["value"])
