"""Of which day, as known on which day: two dates in a drop-down, and a line that says so."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import streamlit as st

from geo import ledger
from geo.chronicle import CHINA
from geo.ledger import Moment
from geo.zone import Zone
from pages import parts
from pages.held import Held
from pages.target_words import safe

KEYS = ("asof", "known")
_FIRST = date(2010, 1, 1)


def today() -> date:
    """The day at the office."""
    return datetime.now(UTC).astimezone(CHINA).date()


def asked(zone: Zone, held: Held) -> Moment:
    """The moment asked for; today, with all that is known, where nothing is."""
    return ledger.moment(zone, held.day("asof") or today(), held.day("known"))


def past(held: Held) -> bool:
    """Whether the reader looks at another moment than now."""
    return any(held.day(key) for key in KEYS)


def label(held: Held) -> str:
    """The moment in words."""
    words, known = parts.section("project"), held.day("known")
    text = words["as_of"].format(day=held.day("asof") or words["today"])
    return text + (words["known_on"].format(day=known) if known else "")


def draw(held: Held, keys: Sequence[str] = KEYS) -> None:
    """The drop-down with its days."""
    with st.popover(label(held), key=f"{held.name}_moment"):
        for key in keys:
            widget = f"{held.name}_{key}"
            st.session_state[widget] = held.day(key)
            st.date_input(
                parts.t("project", f"day_{key}"),
                min_value=_FIRST,
                format="YYYY-MM-DD",
                key=widget,
                help=parts.t("project", f"help_{key}"),
                on_change=held.hear(key, widget),
            )


def banner(held: Held) -> None:
    """Say plainly that this is not what is known today, with the way back."""
    if not past(held):
        return
    words = parts.section("project")
    with st.container(key=f"{held.name}_past", horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="ppast">{safe(words["past"].format(moment=label(held)))}</p>')
        empty = dict.fromkeys(KEYS, "")
        st.button(words["now"], key=f"{held.name}_now", on_click=held.put, args=(empty,))
