"""Which comment is open beside the map, and where the map should go for it."""

import time
from typing import Any

import streamlit as st

from geo.remarks import Remark
from pages import ask
from pages.found import Answer

_OPEN, _AT, _FLY = "remarks_shown", "remarks_at", "remarks_fly"


def listen() -> None:
    """Take up what the map's toolbar, one of its pins or the address asks, before all is drawn."""
    if _OPEN not in st.session_state:
        asked = st.query_params.get("remark", "")
        st.session_state[_OPEN] = bool(asked)
        st.session_state[_AT] = int(asked) if asked.isdecimal() and len(asked) < 9 else 0
    if st.session_state.pop("opened_remarks", None):
        st.session_state[_OPEN] = not shown()
        st.session_state[_AT] = 0
    told = st.session_state.pop("opened_remark", None)
    if told:
        st.session_state[_AT] = int(told["number"])
    ask.write("remark", str(at() or "all") if shown() else "")


def shown() -> bool:
    """Whether the panel is open."""
    return bool(st.session_state.get(_OPEN))


def at() -> int:
    """Number of the comment that is open; 0 for none."""
    return int(st.session_state.get(_AT, 0))


def to(one: Remark | None) -> None:
    """Open a comment, and let the map go there; None for the list."""
    st.session_state[_AT] = one.number if one else 0
    if one and one.place:
        point = [one.place.lon, one.place.lat]
        st.session_state[_FLY] = {"nonce": str(time.time_ns()), "point": point}


def close() -> None:
    """Close the panel."""
    st.session_state[_OPEN], st.session_state[_AT] = False, 0


def fly(found: Answer | None) -> dict[str, Any] | None:
    """Where the map should go: to what was asked for last, here or elsewhere."""
    asked = [one for one in (found and found.fly, st.session_state.get(_FLY)) if one]
    return max(asked, key=lambda one: int(one["nonce"]), default=None)
