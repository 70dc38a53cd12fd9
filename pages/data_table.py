"""A table of which one row can be chosen, to be looked at on a map."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st


def chosen(
    frame: pd.DataFrame,
    key: str,
    *,
    height: int = 300,
    widths: Mapping[str, Any] | None = None,
) -> int | None:
    """Draw it; the number of the chosen row from 0, or None. A new table begins with none."""
    state = st.dataframe(
        frame,
        hide_index=True,
        height=min(38 + 35 * len(frame), height),
        placeholder="—",
        column_config=widths,
        on_select="rerun",
        selection_mode="single-row",
        key=key,
    )
    rows = [one for one in state["selection"]["rows"] if one < len(frame)]
    return int(rows[0]) if rows else None
