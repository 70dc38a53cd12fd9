"""Choosing which of a few things to see: one control, the same on every page."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st


def one_of(
    words: Mapping[str, str], names: Sequence[str], key: str, begins: str = "tab", **more: Any
) -> str:
    """Draw the control; answers with the name that is chosen, the first to begin with.

    A name is shown as the text ``<begins>_<name>`` of `words`; its ``tabs`` names the control.
    Another part of the page may choose by the session's `key` before the control is drawn.
    """
    st.session_state.setdefault(key, names[0])
    found = st.segmented_control(
        words["tabs"],
        names,
        required=True,
        format_func=lambda one: words[f"{begins}_{one}"],
        key=key,
        label_visibility="collapsed",
        **more,
    )
    return str(found or names[0])
