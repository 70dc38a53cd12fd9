"""Choosing which of a few things to see: one control, the same on every page."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st


def one_of(
    words: Mapping[str, str], names: Sequence[str], key: str, begins: str = "tab", **more: Any
) -> str:
    """Draw the control; answers with the name that is chosen, the first to begin with.

    A name is shown as the text ``<begins>_<name>`` of `words`; its ``tabs`` names the control.
    """
    found = st.segmented_control(
        words["tabs"],
        names,
        default=names[0],
        required=True,
        format_func=lambda one: words[f"{begins}_{one}"],
        key=key,
        label_visibility="collapsed",
        **more,
    )
    return str(found or names[0])
