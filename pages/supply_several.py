"""Several parcels chosen: what they are together, and merging them."""

from collections.abc import Sequence

import streamlit as st

from geo.units import parts_to_total, to_unit
from geo.zone import Zone
from pages import parts, supply_chosen, supply_merge, supply_moment, supply_words
from pages.supply_book import Snapshot
from pages.supply_sums import badge
from pages.target_words import safe


def show(zone: Zone, now: Snapshot, chosen: Sequence[str]) -> None:
    """Draw the panel."""
    words, unit = parts.section("supply"), parts.unit()
    found = [now.parcels[id_] for id_ in chosen]
    areas = parts_to_total([to_unit(one.area_m2 or 0.0, unit) for one in found], 2)
    with st.container(key="sp_head", horizontal=True, vertical_alignment="top"):
        text = words["chosen"].format(number=len(found), area=f"{sum(areas):,f}")
        st.html(f'<h2 class="thead">{safe(text + " " + supply_words.sign())}</h2>')
        supply_chosen.close()
    rows = "".join(
        f"<li>{badge(one.status)} <b>{safe(one.id)}</b> "
        f"{safe(supply_words.status(one.status))}<em>{area:,f}</em></li>"
        for one, area in zip(found, areas, strict=True)
    )
    st.html(f'<ul class="sp-many">{rows}</ul>')
    if supply_moment.past():
        st.info(words["past_closed"])
        return
    st.html(f'<h3 class="tsub">{safe(words["act_merge"])}</h3>')
    supply_merge.show(zone, found)
