"""Beside a chapter's words: chart, day, seconds, and whether it is hidden or internal."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import streamlit as st

from geo.meeting import CHARTS, Chapter
from pages import show_field, show_words
from pages.show_field import taken
from pages.show_state import Draft

_FIRST = date(2010, 1, 1)
_TICKS: Mapping[str, show_field.Set] = {
    "hidden": lambda one, said: replace(one, hidden=bool(said)),
    "internal": lambda one, said: replace(one, internal=bool(said)),
}


def show(draft: Draft, one: Chapter) -> None:
    """Draw them in two rows."""
    with st.container(key="mmore", horizontal=True, gap="small"):
        _chart(draft, one)
        if one.made in ("", "wall"):  # what else is made keeps to the meeting's own day
            day(draft, one, "day", one.day, lambda it, said: replace(it, day=said))
        _seconds(draft, one)
    with st.container(key="mticks", horizontal=True, gap="medium"):
        for name, put in _TICKS.items():
            key = show_field.begun(draft, one, name, getattr(one, name))
            st.checkbox(
                show_words.words()[f"tick_{name}"],
                key=key,
                on_change=taken,
                args=(draft, one.id, key, put),
            )


def day(draft: Draft, one: Chapter, name: str, value: date | None, put: show_field.Set) -> None:
    """A day, or none for that of the meeting."""
    key = show_field.begun(draft, one, name, value)
    words = show_words.words()
    st.date_input(
        words[f"on_{name}"],
        min_value=_FIRST,
        format="YYYY-MM-DD",
        key=key,
        help=words["on_help"],
        on_change=taken,
        args=(draft, one.id, key, put),
    )


def _chart(draft: Draft, one: Chapter) -> None:
    words = show_words.words()
    key = show_field.begun(draft, one, "chart", one.chart)
    st.selectbox(
        words["chart"],
        ["", *CHARTS],
        format_func=lambda name: words[f"chart_{name}" if name else "chart_none"],
        key=key,
        on_change=taken,
        args=(draft, one.id, key, lambda it, said: replace(it, chart=str(said))),
    )


def _seconds(draft: Draft, one: Chapter) -> None:
    key = show_field.begun(draft, one, "seconds", one.seconds)
    st.number_input(
        show_words.words()["seconds"],
        3,
        600,
        step=5,
        key=key,
        on_change=taken,
        args=(draft, one.id, key, lambda it, said: replace(it, seconds=int(said))),
    )
