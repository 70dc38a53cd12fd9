"""Of which day, as known on which day; and a plain word when that is not today."""

from datetime import date

import streamlit as st

from geo.ledger import Moment, moment
from geo.zone import Zone
from pages import parts, supply_book, supply_state
from pages.target_words import safe


def asked(zone: Zone) -> Moment:
    """The moment asked for; today and now where nothing is."""
    return moment(zone, supply_state.day("asof") or supply_book.today(), known())


def known() -> date | int | None:
    """The day, or the version of the store, as known at which the ledger is asked for."""
    said = supply_state.get("known")
    return int(said) if said.isdecimal() else supply_state.day("known")


def period() -> tuple[date, date] | None:
    """First and last day of the period asked for; None where all so far is."""
    since = supply_state.day("since")
    return (since, supply_state.day("asof") or supply_book.today()) if since else None


def past() -> bool:
    """Whether the reader looks at another moment than now."""
    return known() is not None or any(supply_state.day(key) for key in ("asof", "since"))


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
    words, told = parts.section("supply"), known()
    on = supply_state.day("asof")
    text = words["as_of_on"].format(day=on or words["today"])
    if span := period():
        text = words["in_period"].format(start=span[0], end=span[1])
    return text + (words["known_on"].format(day=_named(told)) if told is not None else "")


def _named(told: date | int) -> str:
    if isinstance(told, int):
        return f"{parts.t('app', 'version')} {told}"
    return told.isoformat()


def _now() -> None:
    for key in ("asof", "known", "since"):
        supply_state.put(key, "")
