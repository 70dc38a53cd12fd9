"""What a meeting snapshot is, before there is one, and the first step."""

import streamlit as st

from geo.zone import Zone
from pages import show_freeze, show_words
from pages.show_state import HELD
from pages.target_words import safe


def show(zone: Zone) -> None:
    """Draw it."""
    words = show_words.words()
    with st.container(key="sempty"):
        st.html(
            f'<h2 class="thead">{safe(words["empty_title"])}</h2>'
            f'<p class="sempty-lead">{safe(words["empty_lead"])}</p>'
        )
        with st.container(key="mempty", horizontal=True, gap="small"):
            show_freeze.button(zone, "show_first", first=True)
            told = {"view": "story"}
            st.button(words["empty_story"], key="show_story", on_click=HELD.put, args=(told,))
