"""A small map beside a list of faults or changes: where the chosen row lies."""

from typing import Any

import streamlit as st

from geo.intake import Spot
from geo.zone import Zone
from layers import site_look
from pages import parts, view
from pages.screens import Screen

_ON = ("zone", "unit", "road", "water", "coast")
_KINDS = {"before": "other", "after": "staged", "fault": "conflict"}
_PAD = 0.0004  # degrees, some 40 m: a small fault is seen with what is around it


def show(zone: Zone, key: str, row: str, spot: Spot | None, *, was: str = "before") -> None:
    """Fly to a spot and draw it; `key` names the map, `row` what it flies to.

    `was` says what the outline is: the shape as it was, or the ``other`` of two.
    """
    words = parts.section("store")
    bounds = spot.bounds if spot else None
    if spot is None or bounds is None:
        st.caption(words["place_none"])
        return
    shapes = {"before": spot.before, "after": spot.after, "fault": spot.fault}
    names = {"before": f"place_{was}", "after": "place_after", "fault": "place_fault"}
    given = [
        (_KINDS[part], words[names[part]], shape)
        for part, shape in shapes.items()
        if shape is not None and not shape.is_empty
    ]
    drawn: dict[str, Any] = {"draw": False, "start": False, "turn": "", "areas": []}
    west, south, east, north = bounds
    fly = {"nonce": row, "bounds": [west - _PAD, south - _PAD, east + _PAD, north + _PAD]}
    screen = Screen(key, on=_ON, panel="compact", offers=())
    with st.container(key=f"place_{key}", height=380, border=False):
        view.show(zone, [], fly, screen=screen, drawn=drawn | site_look.shapes(given))
