"""定位: shows what a rule hit on the map and goes there."""

import streamlit as st

from geo.site import Finding
from geo.zone import Zone
from pages import site_state, site_words

_MOST = 50  # features outlined at once


def button(zone: Zone, found: Finding) -> None:
    """The button beside a finding that names a place."""
    if found.features or found.near or found.land:
        lit = site_state.now().lit == found.rule
        st.button(
            site_words.words()["locate"],
            key=f"site_locate_{found.rule}",
            type="primary" if lit else "secondary",
            on_click=_light,
            args=(zone, found),
        )


def _light(zone: Zone, found: Finding) -> None:
    met = list(found.features) or [one.met for one in found.near]
    pairs = tuple((one.set, one.id) for one in met[:_MOST])
    region = found.region
    boxes = [region.bounds] if region is not None else []
    if not boxes:
        boxes = [box for name, id_ in pairs if (box := zone.bounds(name, id_))]
    site_state.light(found.rule, pairs, around(boxes))


def around(boxes: list[tuple[float, float, float, float]]) -> tuple[float, ...] | None:
    """West, south, east, north of some boxes."""
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)
