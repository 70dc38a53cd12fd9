"""A table of parcels of which a chosen row opens in the list."""

import pandas as pd
import streamlit as st

from pages import parts, supply_chosen, supply_state


def show(frame: pd.DataFrame, ids: list[str], name: str) -> None:
    """Draw the table; `ids` are the parcels of its rows."""
    key = f"sa_{name}_{st.session_state.get('sa_turn', 0)}"

    def opened() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        if rows:
            st.session_state["sa_turn"] = st.session_state.get("sa_turn", 0) + 1
            supply_state.put("view", "")
            supply_chosen.choose([ids[rows[0]]])

    st.dataframe(
        frame,
        hide_index=True,
        height=min(38 + 33 * len(frame), 430),
        row_height=33,
        key=key,
        on_select=opened,
        selection_mode="single-row",
        placeholder="—",
        alt=parts.t("supply", "view_alerts"),
    )
