"""Picking parcels by number or on the map; amending their outline without losing the old one."""

import streamlit as st

from geo import casework
from geo.zone import Zone
from layers import site_frame
from pages import parts, site_draw, site_state, site_words

PARCEL = "parcel"


def draw(zone: Zone) -> None:
    """The numbers picked; then which of two outlines is asked."""
    words, known = site_words.words(), zone.boundaries(PARCEL)
    if known is None:
        st.info(words["no_parcels"])
        if st.button(words["to_import"], key="site_to_import_parcels"):
            parts.go("data", dview="import")
        return
    st.caption(words["pick_hint"])
    ids = st.multiselect(
        words["parcels"],
        list(known.table["id"]),
        key="site_parcels",
        placeholder=words["parcels_find"],
        persist_state="session",
    )
    if len(ids) > 1:
        st.toggle(words["apart_parcels"], key="site_apart", persist_state="session")
    _sizes(zone, ids)
    state = site_state.now()
    if state.like and state.like != tuple(ids):
        site_state.draw([])
    if state.like:
        _variant()
    elif ids and st.button(words["amend"], key="site_amend", width="stretch"):
        shape = casework.picked(zone, ids).shape
        site_state.draw(site_frame.of_geojson(shape), tuple(ids))
        st.rerun(scope="fragment")


def _sizes(zone: Zone, ids: list[str]) -> None:
    """Registered area of what is picked, if all of it is registered."""
    if ids:
        registered = casework.picked(zone, ids).registered_m2
        told = site_words.extent(registered) or site_words.words()["unregistered"]
        st.caption(f"{site_words.words()['registered']} {told}")


def _variant() -> None:
    """The switch between the registered outline and the drawn one; both are kept."""
    words = site_words.words()
    st.segmented_control(
        words["variant"],
        ("drawn", "registered"),
        default="drawn",
        required=True,
        format_func=lambda one: words[f"variant_{one}"],
        key="site_variant",
    )
    site_draw.corners()
    if st.button(words["amend_drop"], key="site_amend_drop", type="tertiary"):
        site_state.draw([])
        st.rerun(scope="fragment")
