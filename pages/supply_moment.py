"""Of which day, as known on which day; and a plain word when that is not today."""

from datetime import date

import streamlit as st

from geo.ledger import Moment, moment
from geo.zone import Zone
from pages import parts, supply_book, supply_state
from pages.target_words import safe


def asked(zone: Zone) -> Moment:
    """The moment asked for; today and now where nothing is."""
    known = supply_state.day("known")
    return moment(zone, supply_state.day("asof") or supply_book.today(), known)


def period() -> tuple[date, date] | None:
    """First and last day of the period asked for; None where all so far is."""
    since = supply_state.day("since")
    return (since, supply_state.day("asof") or supply_book.today()) if since else None


def past() -> bool:
    """Whether the reader looks at another moment than now."""
    return bool(supply_state.day("asof") or supply_state.day("known"))


def banner() -> None:
    """Say plainly that this is not today's ledger, with the way back."""
    if not past():
        return
    words = parts.section("supply")
    with st.container(key="spast", horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="spast">{safe(words["past"].format(moment=label()))}</p>')
        st.button(words["now"], key="sm_now", on_click=_now)


def label() -> str:
    """The moment in words."""
    words, known = parts.section("supply"), supply_state.day("known")
    on = supply_state.day("asof")
    text = words["as_of_on"].format(day=on or words["today"])
    return text + (words["known_on"].format(day=known) if known else "")


def _now() -> None:
    for key in ("asof", "known", "since"):
        supply_state.put(key, "")
