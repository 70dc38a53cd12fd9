"""Choosing which of a few things to see: one control, the same on every page."""

from collections.abc import Mapping
from typing import Any

import streamlit as st


def one_of(label: str, names: Mapping[str, str], key: str, **more: Any) -> str:
    """Draw the control; answers with what is chosen of `names` (with the text of each).

    The first to begin with; another part of the page may choose by the session's `key` before
    the control is drawn. `label` is for those who do not see it.
    """
    first = next(iter(names))
    st.session_state.setdefault(key, first)
    found = st.segmented_control(
        label,
        list(names),
        required=True,
        format_func=names.__getitem__,
        key=key,
        label_visibility="collapsed",
        **more,
    )
    return str(found or first)
