"""What the reader asks of the supply page, kept for the visit and written into the address."""

from datetime import date

import streamlit as st

from pages.held import Held

FILTERS = ("status", "use", "town", "park", "realm", "alert", "method")
HELD = Held("supply", ("view", "q", *FILTERS, "asof", "known", "since", "by", "year", "versus"))


def take_up() -> None:
    """Take up what an address asks that somebody else wrote: a link, another page."""
    HELD.take_up()


def write() -> None:
    """Make the address ask for what is asked now."""
    HELD.write()


def get(key: str, usual: str = "") -> str:
    """One thing that is asked."""
    return HELD.get(key, usual)


def several(key: str) -> list[str]:
    """Something asked as a list."""
    return HELD.several(key)


def put(key: str, value: str) -> None:
    """Ask for something, or for nothing in particular when empty."""
    HELD.put({key: value})


def day(key: str) -> date | None:
    """A day asked for; one that is none is taken for not asked."""
    return HELD.day(key)


def clear() -> None:
    """Take all filters back."""
    HELD.put(dict.fromkeys((*FILTERS, "q"), ""))


def from_widget(key: str, widget: str) -> None:
    """Ask what a widget says; its own callback."""
    said = st.session_state[widget]
    put(key, ",".join(said) if isinstance(said, list) else str(said or ""))
