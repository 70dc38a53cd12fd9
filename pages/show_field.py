"""Fields of a chapter: each shows what the draft says, and changes it when it is left."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from geo import meeting
from geo.meeting import Chapter
from pages import show_draft, show_words
from pages.show_state import Draft

Set = Callable[[Chapter, Any], Chapter]


def begun(draft: Draft, one: Chapter, name: str, value: Any) -> str:
    """Key of a widget, which from now on shows a value."""
    key = f"show_c_{draft.read.id}_{one.id}_{name}"
    st.session_state[key] = value
    return key


def taken(draft: Draft, id_: str, key: str, put: Set) -> None:
    """Take up what a widget says; its own callback."""
    new = put(meeting.chapter(draft.story, id_), st.session_state[key])
    show_draft.change(draft, meeting.replaced(draft.story, new))


def box(draft: Draft, one: Chapter, name: str, value: str, put: Set) -> None:
    """A box of words."""
    key = begun(draft, one, name, value)
    label = show_words.words()[name]
    st.text_area(label, key=key, height=110, on_change=taken, args=(draft, one.id, key, put))


def line(draft: Draft, one: Chapter, name: str, value: str, put: Set) -> None:
    """A line of words."""
    key = begun(draft, one, name, value)
    st.text_input(
        show_words.words()[name], key=key, on_change=taken, args=(draft, one.id, key, put)
    )
