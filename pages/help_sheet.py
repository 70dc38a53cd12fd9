"""“?”: three steps to begin with, and the keys that work; from the header of every page."""

import streamlit as st

from pages import parts
from pages.target_words import safe

_STEPS = ("map", "ask", "keep")
_KEYS = ("tab", "arrows", "plus", "enter", "back", "escape", "found", "play")


def button() -> None:
    """The button in the header; where it was pressed the sheet opens."""
    if st.button("?", key="help_open", help=parts.t("help", "tip"), type="tertiary"):
        _open()


def _open() -> None:
    @st.dialog(parts.t("help", "title"), width="medium")
    @parts.told
    def dialog() -> None:
        st.html(sheet(parts.section("help")))

    dialog()


def sheet(words: dict[str, str]) -> str:
    """The introduction and the keys."""
    steps = "".join(f"<li>{safe(words[f'step_{one}'])}</li>" for one in _STEPS)
    keys = "".join(
        f"<tr><td><kbd>{safe(words[f'key_{one}'])}</kbd></td><td>{safe(words[f'does_{one}'])}</td>"
        "</tr>"
        for one in _KEYS
    )
    return (
        f'<h3 class="tsub">{safe(words["begin"])}</h3><ol class="hsteps">{steps}</ol>'
        f'<h3 class="tsub">{safe(words["keys"])}</h3><table class="ctab">{keys}</table>'
    )
