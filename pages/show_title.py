"""The title of a story, in both languages."""

from dataclasses import replace

import streamlit as st

from geo.meeting import Text
from pages import show_draft, show_words
from pages.show_state import Draft


def show(draft: Draft) -> None:
    """Draw both fields."""
    words = show_words.words()
    for name in ("zh", "en"):
        key = f"show_name_{draft.read.id}_{name}"
        st.session_state[key] = getattr(draft.story.title, name)
        st.text_input(
            words[f"story_{name}"], key=key, max_chars=120, on_change=_renamed, args=(draft, name)
        )


def _renamed(draft: Draft, name: str) -> None:
    said = str(st.session_state[f"show_name_{draft.read.id}_{name}"]).strip()
    title = replace(draft.story.title, **{name: said})
    show_draft.change(draft, replace(draft.story, title=Text(title.zh, title.en)))
