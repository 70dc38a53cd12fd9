"""A day by month: a slider from the first entry of the ledger to today, wherever there is one."""

from calendar import monthrange
from datetime import date

import streamlit as st

from geo.zone import Zone
from pages import day_play, parts, supply_book
from pages.held import Held


def months(zone: Zone) -> list[str]:
    """Months of the ledger, as 2024-06; two at least."""
    start, end = supply_book.ever(zone, zone.version)[0], supply_book.today()
    count = (end.year - start.year) * 12 + end.month - start.month
    firsts = [divmod(start.year * 12 + start.month - 1 + i, 12) for i in range(max(count, 1) + 1)]
    return [f"{year}-{month + 1:02d}" for year, month in firsts]


def draw(zone: Zone, held: Held, key: str) -> None:
    """The slider of the day a page asks for."""
    known, on = months(zone), held.day("asof") or supply_book.today()
    st.session_state[key] = min(max(f"{on:%Y-%m}", known[0]), known[-1])
    st.select_slider(
        parts.t("supply", "slider"),
        known,
        key=key,
        label_visibility="collapsed",
        on_change=_slid,
        args=(held, key),
        disabled=day_play.playing(held),
    )


def last(month: str) -> str:
    """The last day of a month as an address says it; empty for today, which goes without."""
    year, number = (int(part) for part in month.split("-"))
    found = date(year, number, monthrange(year, number)[1])
    return "" if found >= supply_book.today() else found.isoformat()


def _slid(held: Held, key: str) -> None:
    if not day_play.moves(held):
        held.put({"asof": last(st.session_state[key])})


def exact(zone: Zone, held: Held, name: str, text: tuple[str, str]) -> None:
    """A field for one day exactly: what it is called, and what it means."""
    today, key = supply_book.today(), f"{held.name}_day_{name}"
    first, found = min(supply_book.ever(zone, zone.version)[0], today), held.day(name)
    st.session_state[key] = min(max(found, first), today) if found else None

    def picked() -> None:
        said = st.session_state[key]
        if day_play.moves(held):
            return
        usual = said is None or (name != "versus" and said >= supply_book.today())
        held.put({name: "" if usual else said.isoformat()})

    st.date_input(
        text[0],
        min_value=first,
        max_value=today,
        format="YYYY-MM-DD",
        key=key,
        help=text[1],
        on_change=picked,
        disabled=day_play.playing(held),
    )
