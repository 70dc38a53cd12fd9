"""What lies inside a drawn region, as a table to read, choose from and take away."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from geo.zone import Zone
from layers import grid
from pages import columns, parts, seal
from pages.found import Answer
from pages.takeaway import Takeaway


def _widths(frame: pd.DataFrame) -> dict[str, Any]:
    name, kind, *_ = frame.columns
    return {
        **columns.numeric(frame),
        name: st.column_config.TextColumn(width=132),
        kind: st.column_config.TextColumn(width=70),
    }


def draw(zone: Zone, found: Answer) -> None:
    """The table; a chosen row becomes the feature shown in full."""
    frame = grid.hits(found.hits, parts.unit(), english=parts.english())
    state = st.dataframe(
        frame,
        column_config=_widths(frame),
        placeholder="—",
        height=min(38 + 35 * len(frame), 330),
        hide_index=True,
        key=f"inside_{hash(tuple((hit.set, hit.id) for hit in found.hits))}",
        on_select="rerun",
        selection_mode="single-row",
    )
    rows = state["selection"]["rows"]
    picked = (found.hits[rows[0]].set, found.hits[rows[0]].id) if rows else None
    if picked and picked != st.session_state.get("main"):
        st.session_state["main"] = picked
        st.rerun(scope="fragment")
    with st.container(key="card_export", horizontal=True, gap="xxsmall"):
        title = parts.t("card", "inside")
        about = {parts.t("card", "data_date"): f"v{zone.version}"}
        about |= seal.of(zone).rows(english=parts.english())
        excel = partial(grid.sheet_of, title, frame, about)
        give = partial(zone.of_hits, found.hits)
        Takeaway(give, title, "inside", "inside", excel, empty=not found.hits).draw()
