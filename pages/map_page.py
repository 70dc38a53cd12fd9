"""总览图. The map, the card of what was asked, the table of a set."""

import streamlit as st

from geo.zone import Zone
from pages import parts, view


@parts.told
def page(zone: Zone) -> None:
    """Draw the page."""
    body(zone)


@st.fragment
@parts.told
def body(zone: Zone) -> None:
    """The map and all that answers to it; a click reruns only this."""
    with st.container(key="mapframe"):
        view.show(zone, [], None)
