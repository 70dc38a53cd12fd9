"""A day played through: from the end of one quarter or year to the next, until today."""

import time
from collections.abc import Mapping
from datetime import date, timedelta

import streamlit as st

from geo.zone import Zone
from pages import parts, supply_book
from pages.held import Held

STEPS: Mapping[str, int] = {"year": 12, "quarter": 3}  # months
_EVERY_S = 1.5
_LATE_S = 4.0  # a browser under load may still tell what its slider showed before
# of the session: whose day is played, how, since when; who is due; when a step was taken last
_PLAYED, _DUE, _STEPPED = "day_played", "day_due", "day_stepped"


def stops(first: date, today: date, months: int) -> list[date]:
    """Last days of the years or quarters from that of a first day on, then today."""
    at = first.year * 12 + (first.month - 1) // months * months
    found = list[date]()
    while True:
        at += months
        last = date(at // 12, at % 12 + 1, 1) - timedelta(days=1)
        if last >= today:
            return [*found, today]
        found.append(last)


def button(zone: Zone, held: Held) -> None:
    """Draw the button that plays the day of a page, or stops it."""
    words = parts.section("lens")
    if playing(held):
        st.button(words["stop"], key=f"{held.name}_stop", on_click=stop)
        _wait(held.name)
        return
    with st.popover(words["play"], key=f"{held.name}_play"):
        for step in STEPS:
            key, asked = f"{held.name}_play_{step}", (zone, held, step)
            st.button(words[f"play_{step}"], key=key, on_click=_start, args=asked)


def playing(held: Held) -> bool:
    """Whether the day of a page is played."""
    played: tuple[str, str, float] | None = st.session_state.get(_PLAYED)
    return played is not None and played[0] == held.name


def moves(held: Held) -> bool:
    """Whether the play moves the day now: what a slider tells then is the day before."""
    stepped: float = st.session_state.get(_STEPPED, 0.0)
    return playing(held) or time.monotonic() - stepped < _LATE_S


def stop() -> None:
    """Play no more."""
    st.session_state[_PLAYED], st.session_state[_STEPPED] = None, 0.0


def go_on(zone: Zone, held: Held) -> None:
    """Ask for the next day where it is due; before anything is drawn of a day."""
    if st.session_state.pop(_DUE, "") != held.name or not playing(held):
        return
    if held.day("asof") is None or held.get("since"):  # the reader asked for something else
        stop()
        return
    step = st.session_state[_PLAYED][1]
    _ask(held, step, _days(zone, step))


def _start(zone: Zone, held: Held, step: str) -> None:
    """From the day shown on, or from the first one where that is today."""
    days = _days(zone, step)
    _ask(held, step, days if held.day("asof") else [date.min, *days])


def _days(zone: Zone, step: str) -> list[date]:
    today = supply_book.today()
    first = min(supply_book.ever(zone, zone.version)[0], today)
    return stops(first, today, STEPS[step])


def _ask(held: Held, step: str, days: list[date]) -> None:
    on = held.day("asof") or days[0]
    following, now = next((day for day in days if day > on), days[-1]), time.monotonic()
    over = following == days[-1]
    held.put({"asof": "" if over else following.isoformat()})
    st.session_state[_PLAYED] = None if over else (held.name, step, now)
    st.session_state[_STEPPED] = now


@st.fragment(run_every=_EVERY_S)
def _wait(name: str) -> None:
    """Say that the next day is due, once this one has been seen."""
    played = st.session_state.get(_PLAYED)
    if played and played[0] == name and time.monotonic() - played[2] >= 0.8 * _EVERY_S:
        st.session_state[_DUE] = name
        st.rerun()
