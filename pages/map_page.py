"""总览图. The map, the card of what was asked, comments, the table of a set."""

import streamlit as st

from geo.zone import Zone
from pages import ask, card, drawer, map_lens, parts, remark_panel, remark_state
from pages.found import answer
from pages.map_state import HELD


@parts.told
def page(zone: Zone) -> None:
    """Draw the page."""
    HELD.take_up()
    body(zone)


@st.fragment
@parts.told
def body(zone: Zone) -> None:
    """The map and all that answers to it; a click reruns only this."""
    map_lens.listen(zone)
    found = answer(zone)
    remark_state.listen()
    chosen = found.chosen if found else ()
    drawer.follow(chosen)
    with st.container(key="mapframe"):
        lit, fly = [*chosen, *drawer.marked()], remark_state.fly(found)
        pins = remark_panel.pins(zone)
        map_lens.show(zone, lit, fly, pins or {})
    map_lens.draw(zone)
    if remark_state.shown():
        remark_panel.draw(zone, found)
    elif found:
        card.draw(zone, found)
    drawer.draw(zone, chosen)
    ask.settle(chosen)
    HELD.write()
