"""What the reader asks of the supply page, kept for the visit and written into the address."""

import time
from datetime import date
from typing import Any

import streamlit as st

KEYS = (
    *("view", "q", "status", "use", "town", "park", "realm", "alert", "method"),
    *("asof", "known", "since", "by", "year"),
)
FILTERS = ("status", "use", "town", "park", "realm", "alert", "method")
_LATE_S = 5.0  # a browser under load may still tell the address of the run before


def _state() -> dict[str, Any]:
    state: dict[str, Any] = st.session_state.setdefault(
        "supply", {"asked": {}, "wrote": None, "before": None, "when": 0.0}
    )
    return state


def take_up() -> None:
    """Take up what an address asks that somebody else wrote: a link, another page."""
    state = _state()
    asked = {key: st.query_params[key] for key in KEYS if key in st.query_params}
    late = asked == state["before"] and time.monotonic() - state["when"] < _LATE_S
    if asked and asked != state["wrote"] and not late:
        state["asked"] = asked


def write() -> None:
    """Make the address ask for what is asked now."""
    state = _state()
    asked = {key: value for key, value in state["asked"].items() if value}
    for key in KEYS:
        if asked.get(key):
            if st.query_params.get(key) != asked[key]:
                st.query_params[key] = asked[key]
        elif key in st.query_params:
            del st.query_params[key]
    if asked != state["wrote"]:
        state.update(before=state["wrote"], wrote=asked, when=time.monotonic())


def get(key: str, usual: str = "") -> str:
    """One thing that is asked."""
    return str(_state()["asked"].get(key) or usual)


def several(key: str) -> list[str]:
    """Something asked as a list."""
    return [part for part in get(key).split(",") if part]


def put(key: str, value: str) -> None:
    """Ask for something, or for nothing in particular when empty."""
    _state()["asked"][key] = value


def day(key: str) -> date | None:
    """A day asked for; one that is none is taken for not asked."""
    try:
        return date.fromisoformat(get(key)) if get(key) else None
    except ValueError:
        return None


def clear() -> None:
    """Take all filters back."""
    for key in (*FILTERS, "q"):
        put(key, "")


def from_widget(key: str, widget: str) -> None:
    """Ask what a widget says; its own callback."""
    said = st.session_state[widget]
    put(key, ",".join(said) if isinstance(said, list) else str(said or ""))
