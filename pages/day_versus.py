"""Another day beside the one shown, under a divider: chosen, told, taken away."""

from dataclasses import replace
from datetime import date

import streamlit as st

from geo.zone import Zone
from layers.tint import Tint
from pages import day_slider, parts
from pages.held import Held
from pages.supply_book import today


def button(zone: Zone, held: Held) -> None:
    """Draw the button under which the other day is chosen."""
    words = parts.section("lens")
    on = held.day("versus")
    label = words["versus_on"].format(day=on) if on else words["versus"]
    with st.popover(label, key=f"{held.name}_versus"):
        text = words["versus_day"], words["versus_help"]
        day_slider.exact(zone, held, "versus", text)
        if on:
            key = f"{held.name}_versus_off"
            st.button(words["versus_off"], key=key, on_click=held.put, args=({"versus": ""},))


def told(tint: Tint, day: date, side: str) -> Tint:
    """A colouring whose legend says of which day it is, and on which side (left, right)."""
    words = parts.section("lens")
    said = words[side].format(day=words["today"] if day >= today() else day.isoformat())
    legend = tint.legend
    title, other = (f"{one} · {said}" for one in (legend.title, legend.title_en))
    return replace(tint, legend=replace(legend, title=title, title_en=other))
