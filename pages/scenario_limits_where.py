"""Where an exclusion of one's own lies: in a set that is held, or in areas drawn on the map."""

from typing import Any

import streamlit as st

from geo.zone import Zone
from pages import parts, scenario_form, scenario_limits_draw, scenario_words
from pages.target_words import safe

_GROUND = ("sea", "land", "zone", "place")  # under everything: closing them says nothing


def of_set(zone: Zone) -> dict[str, Any]:
    """Choose a set, kinds of it, and how far it grows."""
    words, key = scenario_words.words(), scenario_form.key
    there = sorted(one for one in zone.sets(zone.version) if one not in _GROUND)
    with st.container(key="c_ownset", horizontal=True, gap="small"):
        set_ = st.selectbox(
            words["phase_set"],
            there,
            format_func=lambda one: zone.catalog.title(one, english=parts.english()),
            key=key("l_set"),
        )
        grown = st.number_input(words["limit_buffer"], 0.0, step=10.0, key=key("l_buffer"))
    known = zone.boundaries(str(set_))
    kinds = sorted(set(known.table["kind"].dropna())) if known and "kind" in known.table else []
    chosen = st.multiselect(
        words["limit_kinds"], kinds, key=key(f"l_kinds_{set_}"), placeholder=words["phase_all"]
    )
    return {"where": {"set": str(set_), "kinds": chosen, "buffer_m": grown}}


def of_region() -> dict[str, Any]:
    """Areas drawn; nothing until there are some."""
    words, areas = scenario_words.words(), scenario_limits_draw.areas()
    told = words["limit_drawn"].format(number=len(areas)) if areas else words["limit_draw"]
    st.html(f'<p class="tnote">{safe(told)}</p>')
    return {"areas": areas} if areas else {}
