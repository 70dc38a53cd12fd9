"""A taste of a layer, and which of its columns are ours."""

import pandas as pd
import streamlit as st

from geo.formats import Layer
from pages import parts


def draw(layer: Layer) -> dict[str, str]:
    """Their columns for ours; what is left open is found by name."""
    out = {}
    with st.expander(parts.t("store", "columns")):
        for ours in ("id", "name", "kind", "declared_m2"):
            theirs = st.selectbox(
                parts.t("store", f"column_{ours}"),
                list(layer.fields),
                index=None,
                placeholder=parts.t("store", "found_by_name"),
                key=f"import_column_{ours}",
            )
            if theirs:
                out[theirs] = ours
    return out


def taste(layer: Layer) -> None:
    """The first rows, so that a reader sees whether the text reads right."""
    if layer.sample:
        st.caption(parts.t("store", "taste"))
        st.dataframe(pd.DataFrame([dict(row) for row in layer.sample]), hide_index=True)
