"""How every page is dressed: our styles, and the two switches in the header."""

from html import escape

import streamlit as st

from geo.units import SIGN, AreaUnit
from pages import ask, door, feedback, gate, help_sheet
from pages.parts import LANGUAGES, english, t


def begin() -> None:
    """Take unit and language from the address, before anything is said in either."""
    _take_up("unit", [one.value for one in AreaUnit], AreaUnit.MU.value)
    _take_up("lang", list(LANGUAGES), "zh")


def dress() -> None:
    """Our styles, and the two switches in the header that every page has."""
    sheets = sorted((door.ASSETS / "map").glob("app*.css"))  # one of the frame, one a page
    style = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    texts = {"name": "title", "upload": "upload", "upload-note": "upload_note"}
    words = " ".join(f'--{var}: "{t("app", key)}";' for var, key in texts.items())
    st.html(f"<style>{style}\n:root {{ {words} }}</style>")
    tongue = "en" if english() else "zh-CN"  # for screen readers and the browser's own fonts
    st.html(
        f'<script>document.documentElement.lang = "{tongue}";</script>',
        unsafe_allow_javascript=True,
    )
    with st.container(key="switches", horizontal=True, gap="small"):
        _mark()
        feedback.button()
        help_sheet.button()
        gate.signed()
        st.segmented_control(
            t("app", "unit"),
            [one.value for one in AreaUnit],
            required=True,
            format_func=lambda one: SIGN[AreaUnit(one)][english()],
            key="unit",
            label_visibility="collapsed",
        )
        st.segmented_control(
            t("app", "language"),
            list(LANGUAGES),
            required=True,
            format_func=lambda one: LANGUAGES[one],
            key="lang",
            label_visibility="collapsed",
        )
    for key, usual in (("unit", AreaUnit.MU.value), ("lang", "zh")):
        chosen = st.session_state[key]
        ask.write(key, "" if chosen == usual else chosen)


def _mark() -> None:
    """Say on every page that what is shown was invented."""
    if door.zone().example:
        note, mark = escape(t("app", "example_note")), escape(t("app", "example"))
        st.html(f'<div class="zx-example" role="note" title="{note}"><b>{mark}</b></div>')


def _take_up(key: str, known: list[str], usual: str) -> None:
    """Start a switch as the address says; after that the reader's choice stands."""
    if key not in st.session_state:
        asked = st.query_params.get(key, usual)
        st.session_state[key] = asked if asked in known else usual
