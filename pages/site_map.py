"""The map of the site page: what is drawn, picked, asked and in conflict."""

from typing import Any

import streamlit as st

from geo.errors import StoreError
from geo.site import Severity
from geo.zone import Zone
from layers import site_look
from layers.tint import Tint
from pages import parts, pointed, said, site_book, site_found, site_state, site_words, view
from pages.screens import Screen

PARCEL = "parcel"
_ON = ("sea", "land", "zone", "unit", "road", "park", "water", "coast", "parcel")
SCREEN = Screen("site", on=_ON, panel="compact")


def listen(zone: Zone) -> None:
    """Take up what was just drawn, pointed at or looked for, before anything is drawn."""
    state, told = site_state.now(), said.last(SCREEN.key)
    if told and told["kind"] == "drawn":
        state.areas = told["areas"]
        return
    found = pointed.now(zone, SCREEN.key, PARCEL)
    if found is None:
        return
    if found.fault:
        st.session_state["site_said"] = found.fault
    if found.kind == "pick" and told:
        site_state.fly(told.get("bounds"))
    if st.session_state.get("site_view") == "ask" and st.session_state.get("site_way") == "pick":
        _picked(found.ids if found.kind == "region" else found.ids[:1], add=found.kind != "point")


def _picked(ids: tuple[str, ...], *, add: bool) -> None:
    """Add parcels to those picked; a click on one that is picked takes it out."""
    held = list(st.session_state.get("site_parcels", []))
    for id_ in ids:
        if id_ not in held:
            held.append(id_)
        elif not add:
            held.remove(id_)
    st.session_state["site_parcels"] = held


def show(zone: Zone, mode: str) -> None:
    """Draw the map."""
    state = site_state.now()
    drawing = mode == "ask" and _drawing()
    told: dict[str, Any] = {"draw": drawing, "start": not state.case}
    told |= {"turn": state.turn, "areas": state.areas}
    site_book.arrive(zone)
    with st.container(key="zs_map", height="stretch"):
        told |= site_look.shapes(_shapes(zone, mode))
        try:
            tint = _tint(zone, mode)
            view.show(zone, _chosen(mode), state.fly, screen=SCREEN, tint=tint, drawn=told)
        except StoreError as error:  # a damaged set: the answer beside the map says so too
            parts.refused(error)


def _drawing() -> bool:
    way = st.session_state.get("site_way", site_state.WAYS[0])
    amends = way == "pick" and bool(site_state.now().like)
    return way == "draw" or amends


def _chosen(mode: str) -> list[tuple[str, str]]:
    state = site_state.now()
    picking = mode == "ask" and st.session_state.get("site_way") == "pick"
    picked = st.session_state.get("site_parcels", []) if picking else []
    return [*state.chosen, *((PARCEL, id_) for id_ in picked)]


def _shapes(zone: Zone, mode: str) -> list[tuple[str, str, Any]]:
    """Shapes to show: the site asked, its other shape, land in conflict, a cut, a file's areas."""
    state, words = site_state.now(), site_words.words()
    if mode == "find":
        return []
    waits = st.session_state.get("site_way") in ("file", "paste")
    staged = state.staged if waits else ()
    found = [("staged", words["key_staged"], one.shape) for one in staged]
    if state.case:
        report = site_book.opened(zone, state.case).report
        if report.site.other is not None:
            found.append(("other", words[f"key_not_{report.site.variant}"], report.site.other))
        found.append(("site", words[f"key_{report.site.variant}"], report.site.shape))
        if state.lit and (region := report.finding(state.lit).region) is not None:
            note = report.finding(state.lit).severity is Severity.NOTE
            kind = "concern" if note else "conflict"
            found.append((kind, words[f"key_{kind}"], region))
        if state.cut is not None:
            found.append(("cut", words["key_cut"], state.cut))
    return found


def _tint(zone: Zone, mode: str) -> Tint | None:
    return site_found.tint(zone) if mode == "find" else None
