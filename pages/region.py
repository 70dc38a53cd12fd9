"""What lies inside a drawn region, as a table to read, choose from and take away."""

from typing import Any

import pandas as pd
import streamlit as st

from geo.export import FileKind, write
from geo.zone import Zone
from layers import grid
from pages import parts
from pages.found import Answer


def _widths(frame: pd.DataFrame) -> dict[str, Any]:
    name, kind, *_ = frame.columns
    return {
        **parts.numeric(frame),
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
        notes = [f"{parts.t('card', 'data_date')} v{zone.version}"]
        title = parts.t("card", "inside")
        taken = {
            "Excel": (lambda: grid.sheet_of_hits(title, frame, notes), "xlsx"),
            "GeoJSON": (lambda: write(zone.of_hits(found.hits), FileKind.GEOJSON), "geojson"),
            "GeoPackage": (lambda: write(zone.of_hits(found.hits), FileKind.GPKG), "gpkg"),
        }
        for label, (make, ending) in taken.items():
            st.download_button(
                label,
                make,
                f"inside.{ending}",
                key=f"inside_{ending}",
                on_click="ignore",
                type="tertiary",
            )
