"""Through what the overview is seen: its day, played through; another day beside; filters."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from geo import ledger
from geo.zone import Zone
from layers.tint import Tint
from pages import (
    ask,
    day_play,
    day_slider,
    day_versus,
    map_filter,
    map_sift,
    map_state,
    parts,
    said,
    supply_book,
    supply_stage,
    view,
)
from pages.map_state import HELD
from pages.screens import Screen

_OTHER = Screen("zone_b", panel="compact", offers=())


def listen(zone: Zone) -> None:
    """Take up what is due and what was said on the second map, before anything is drawn."""
    day_play.go_on(zone, HELD)
    told = said.last(_OTHER.key)
    if told is not None:
        ask.put(told)


def show(
    zone: Zone, lit: Sequence[tuple[str, str]], fly: dict[str, Any] | None, pins: Mapping[str, Any]
) -> None:
    """Draw the map, or two of them under a divider."""
    day, other, tint = map_state.day(), HELD.day("versus"), seen(zone, map_state.day())
    kept = map_sift.projects(zone, day)
    narrow = {} if kept is None else {map_sift.PROJECT: sorted(kept)}
    drawn = {**pins, "narrow": narrow}
    if other is None or tint is None:
        view.show(zone, lit, fly, tint=tint, drawn=drawn)
        return
    second = seen(zone, other)
    with st.container(key="pair_swipe", horizontal=True, height="stretch", gap="small"):
        with st.container(key="cmap_a", height="stretch"):
            view.show(zone, lit, fly, tint=day_versus.told(tint, day, "left"), drawn=drawn)
        with st.container(key="cmap_b", height="stretch"):
            right = second and day_versus.told(second, other, "right")
            view.show(zone, lit, screen=_OTHER, tint=right, drawn={"narrow": narrow})


def seen(zone: Zone, day: date) -> Tint | None:
    """Parcels of a day that the filters leave."""
    return supply_stage.overview(zone, day, map_sift.parcels(zone, day))


def draw(zone: Zone) -> None:
    """The bar on the map; nothing where there is neither ledger nor register."""
    book, day = ledger.book(zone), map_state.day()
    whole = supply_stage.overview(zone, day)
    if whole is None and not book.register.at(supply_book.today()):
        return
    with st.container(key="mlens", gap="xxsmall"):
        with st.container(key="mlens_left", horizontal=True, vertical_alignment="center"):
            map_filter.left(zone, seen(zone, day), whole)
        with st.container(key="mlens_row", horizontal=True, vertical_alignment="center"):
            map_filter.button(zone)
            if whole is not None:
                _day(zone)


def _day(zone: Zone) -> None:
    words = parts.section("supply")
    day_slider.draw(zone, HELD, "map_month")
    on = HELD.day("asof")
    with st.popover(words["as_of_on"].format(day=on or words["today"]), key="map_days"):
        day_slider.exact(zone, HELD, "asof", (words["asof_day"], words["asof_help"]))
        if on:
            st.button(words["now"], key="map_now", on_click=HELD.put, args=({"asof": ""},))
    day_play.button(zone, HELD)
    day_versus.button(zone, HELD)
