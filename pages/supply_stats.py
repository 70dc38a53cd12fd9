"""统计. Parcels and areas by stage and something else: a chart and a table that add up."""

import pandas as pd
import streamlit as st

from geo.ledger import supply_rules
from geo.supply import totals
from geo.zone import Zone
from pages import parts, supply_state, supply_stats_table, supply_sums, supply_words
from pages.supply_book import Snapshot
from pages.target_words import safe

BY = ("unit", "park", "use", "year", "realm", "district")


def show(zone: Zone, now: Snapshot, rows: pd.DataFrame) -> None:
    """Draw the view."""
    words = parts.section("supply")
    supply_sums.show(rows, len(now.table))
    if rows.empty:
        st.info(words["no_rows"])
        return
    asked = supply_state.get("by", BY[0])
    st.session_state["ss_by"] = asked if asked in BY else BY[0]
    by = st.segmented_control(
        words["by"],
        BY,
        required=True,
        format_func=lambda one: words[f"by_{one}"],
        key="ss_by",
        label_visibility="collapsed",
        on_change=supply_state.from_widget,
        args=("by", "ss_by"),
    )
    by = str(by or BY[0])
    cross = totals.crossed(rows, by, parts.unit(), list(supply_rules().statuses))
    named = supply_stats_table.names(zone, cross)
    about = f"{words['view_stats']} · {words[f'by_{by}']}"
    st.altair_chart(
        supply_stats_table.chart(cross, named, by, about), width="stretch", key="ss_chart"
    )
    shown = supply_stats_table.table(cross, named, by)
    right = st.column_config.TextColumn(alignment="right")
    st.dataframe(
        shown,
        hide_index=True,
        height="content",
        column_config={str(name): right for name in shown.columns[1:]},
        alt=about,
    )
    notes = (words["adds_up"].format(unit=supply_words.sign()), words[f"note_{by}"])
    st.html("".join(f'<p class="tnote">{safe(note)}</p>' for note in notes))
