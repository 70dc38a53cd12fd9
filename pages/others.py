"""What else was found, as a list to choose from."""

from collections.abc import Sequence

import streamlit as st

from geo import rasters
from geo.model import Hit
from geo.units import half_up
from geo.zone import Zone
from layers import card
from pages import parts

_LISTED = 14  # further hits shown as buttons


def draw(hits: Sequence[Hit]) -> None:
    """A button for each; the chosen one becomes the feature shown in full."""
    if not hits:
        return
    with st.container(key="card_others", gap="xxsmall"):
        for hit in hits[:_LISTED]:
            st.button(
                parts.plain(
                    f"{parts.say(hit.name, hit.name_en)} · {parts.say(hit.kind, hit.kind_en)}"
                ),
                key=f"other_{hit.set}_{hit.id}",
                type="tertiary",
                on_click=_choose,
                args=(hit.set, hit.id),
            )
        if len(hits) > _LISTED:
            st.html(f'<div class="zc-sub">+ {len(hits) - _LISTED}</div>')


def _choose(name: str, id_: str) -> None:
    st.session_state["main"] = (name, id_)


def values(zone: Zone, at: tuple[float, float]) -> None:
    """What the rasters held say of a place: height, slope, land cover."""
    rows = [
        card.line(
            parts.say(one.title, one.title_en),
            f"{one.label or half_up(one.value, 1)} {one.unit}".strip(),
        )
        for one in rasters.at(zone, *at)
    ]
    if rows:
        st.html("".join(rows))
