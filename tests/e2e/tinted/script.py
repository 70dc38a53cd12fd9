"""Parcels coloured by a year, beside what was clicked; two maps on one page; the overview."""

from functools import partial

import streamlit as st

from geo.zone import Zone
from layers.style import Ink
from layers.tint import Legend, Tint, TintClass
from pages import ask, door, found, frame, map_page, pointed, tints, view

FREE = TintClass("free", "可供", "Available", Ink("#2E8B57", "#009E73", "#D8D8D8"), "可")
DONE = TintClass("done", "已供", "Supplied", Ink("#C62828", "#D55E00", "#404040"), "供")
LEGEND = Legend("状态", "Status", (FREE, DONE), note="示例")
SCREEN = view.Screen("supply", on=("sea", "land", "zone", "parcel"), panel="compact")


def colouring(zone: Zone, year: int) -> Tint:
    """Of each hundred parcels those below the year are done; every fifth is not there."""
    known = zone.existing("parcel")
    keys = {
        id_: "done" if i % 100 < year else "free"
        for i, id_ in enumerate(known.table["id"])
        if i % 5
    }
    return tints.of(known, keys, LEGEND, {"free": "1.0 亩"})


@st.fragment
def supply(zone: Zone) -> None:
    left, right = st.columns(2)
    year = left.slider("年", 0, 100, 50, step=10)
    tint = colouring(zone, year)
    said = pointed.now(zone, SCREEN.key, "parcel")
    if said and said.kind != "pick":
        ask.choose(("parcel", id_) for id_ in said.ids)
    if left.button("去看第 8 块"):
        ask.choose([("parcel", "N0007")], fly=True)
    now = found.answer(zone) or found.NOTHING
    left.text("chosen " + " ".join(id_ for name, id_ in now.chosen))
    with right, st.container(key="beside", height=600):
        view.show(zone, now.chosen, now.fly, screen=SCREEN, tint=tint)
    ask.settle(now.chosen)


def both(zone: Zone) -> None:
    for column, key, year in zip(st.columns(2), ("before", "after"), (0, 100), strict=True):
        with column, st.container(key=f"box_{key}", height=500):
            screen = view.Screen(key, on=("zone", "parcel"), panel="compact")
            view.show(zone, [], screen=screen, tint=colouring(zone, year))


def main() -> None:
    st.set_page_config(layout="wide")
    frame.dress()
    draws = {"map": map_page.page, "supply": supply, "both": both}
    pages = {
        name: st.Page(partial(draw, door.zone()), title=name, url_path=name, default=name == "map")
        for name, draw in draws.items()
    }
    st.session_state["pages"] = pages
    st.navigation(list(pages.values()), position="top").run()


main()
