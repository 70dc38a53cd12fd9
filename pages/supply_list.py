"""台账. The list and the map side by side, the panel of what is chosen, the line of totals."""

import pandas as pd
import streamlit as st

from geo.zone import Zone
from pages import (
    parts,
    supply_chosen,
    supply_edit,
    supply_enter,
    supply_map,
    supply_panel,
    supply_state,
    supply_sums,
    supply_table,
)
from pages.supply_book import Snapshot
from pages.target_words import safe


def show(zone: Zone, now: Snapshot, rows: pd.DataFrame) -> None:
    """Draw the view."""
    supply_map.listen(zone, list(rows["id"]))
    chosen = [id_ for id_ in supply_chosen.ids(zone) if id_ in now.parcels]
    supply_sums.show(rows, len(now.table))
    with st.container(key="ssplit", horizontal=True, gap="medium"):
        with st.container(key="stable"):
            editing = _over(zone, rows)
            if rows.empty:
                st.info(parts.t("supply", "no_rows"))
                st.button(parts.t("supply", "clear"), key="s_clear", on_click=supply_state.clear)
            elif editing:
                supply_edit.show(zone, now, rows)
            else:
                supply_table.show(zone, rows, chosen)
        supply_map.show(zone, rows, chosen)
        if chosen:
            with st.container(key="spanel"):
                supply_panel.show(zone, now, chosen)


def _over(zone: Zone, rows: pd.DataFrame) -> bool:
    """The line over the table: how many are listed, enter a parcel, edit in place."""
    words = parts.section("supply")
    with st.container(key="sover", horizontal=True, vertical_alignment="center", gap="small"):
        count = len(rows)
        listed = min(count, supply_table.LISTED)
        text = words["listed"].format(number=f"{listed:,}", total=f"{count:,}")
        st.html(f'<p class="tnote">{safe(text)}</p>')
        if supply_edit.possible():
            supply_enter.button(zone)
            return bool(st.toggle(words["edit"], key="s_edit", help=words["edit_help"]))
    return False
