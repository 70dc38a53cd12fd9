"""A chooser played through: from one of its names to the next, until the last."""

import time
from collections.abc import Sequence

import streamlit as st

from pages import scenario_words

_EVERY_S = 1.5
_PLAYED, _DUE = "c_played", "c_due"  # of the session: which chooser, since when; which is due


def button(key: str, first: str) -> None:
    """Draw the button that plays the chooser of a key from a name on, or stops it."""
    words = scenario_words.words()
    if _since(key) is None:
        st.button(words["span_play"], key=f"{key}_go", on_click=_choose, args=(key, first))
    else:
        st.button(words["span_stop"], key=f"{key}_go", on_click=stop)
        _step(key)


def stop() -> None:
    """Play no more."""
    st.session_state[_PLAYED] = None


def go_on(key: str, names: Sequence[str]) -> None:
    """Choose the next name where it is due, and stop at the last; before the chooser is drawn."""
    if st.session_state.pop(_DUE, "") != key or _since(key) is None:
        return
    now = st.session_state.get(key, "")
    following = names.index(now) + 1 if now in names else len(names)
    if following < len(names):
        _choose(key, names[following])
    if following + 1 >= len(names):
        stop()


def _since(key: str) -> float | None:
    """When the play took its last step; None while this chooser is not played."""
    played, when = st.session_state.get(_PLAYED) or ("", 0.0)
    return when if played == key else None


def _choose(key: str, said: str) -> None:
    st.session_state[key] = said
    st.session_state[_PLAYED] = key, time.monotonic()


@st.fragment(run_every=_EVERY_S)
def _step(key: str) -> None:
    """Ask for the next name once this one has been seen."""
    when = _since(key)
    if when is not None and time.monotonic() - when >= 0.8 * _EVERY_S:
        st.session_state[_DUE] = key
        st.rerun()
