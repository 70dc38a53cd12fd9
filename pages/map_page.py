"""总览图. The map, the card of what was asked, the table of a set."""

import streamlit as st

from geo.zone import Zone
from pages import ask, card, drawer, parts, supply_map, view
from pages.found import answer


@parts.told
def page(zone: Zone) -> None:
    """Draw the page."""
    body(zone)


@st.fragment
@parts.told
def body(zone: Zone) -> None:
    """The map and all that answers to it; a click reruns only this."""
    found = answer(zone)
    chosen = found.chosen if found else ()
    drawer.follow(chosen)
    with st.container(key="mapframe"):
        lit = [*chosen, *drawer.marked()]
        view.show(zone, lit, found.fly if found else None, tint=supply_map.overview(zone))
    if found:
        card.draw(zone, found)
    drawer.draw(zone, chosen)
    ask.settle(chosen)
