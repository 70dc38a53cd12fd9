"""What the reader asked of the maps: kept in the session until answered, changed or closed.

What is asked and chosen is one thing for all pages, and the address names it.
"""

import time
from collections.abc import Iterable, Sequence
from typing import Any

import streamlit as st

_CHOSEN = 200  # features outlined at once; more would keep the browser fetching
_ON_ITS_WAY_S = 5.0  # a browser under load answers with the address of the rerun before
_NAMED = 20  # features an address names; more make it too long to pass on


def choose(pairs: Iterable[tuple[str, str]], *, fly: bool = False) -> None:
    """Make features (set, id) the chosen ones on every page, the first 200 of them."""
    found = list(pairs)[:_CHOSEN]
    put({"kind": "lit", "pairs": found, "fly": fly} if found else None)


def put(asked: dict[str, Any] | None) -> None:
    """Make this the open question, or close the card with None.

    The address of this moment is settled with it: it may be older than the question.
    """
    st.session_state["asked"] = asked and {"nonce": str(time.time_ns()), **asked}
    st.session_state["settled"] = _asked()
    st.session_state.pop("main", None)


def arrive() -> None:
    """Take up what an address asks that somebody else wrote: a link, another page."""
    params = _asked()
    if params and params != st.session_state.get("settled") and not _late(params):
        put({"kind": "lit", "fly": "at" not in st.query_params, **params})


def forget() -> None:
    """Take the next address for somebody else's, even if it asks what ours did."""
    st.session_state.pop("settled", None)
    st.session_state.pop("before", None)


def settle(chosen: Sequence[tuple[str, str]]) -> None:
    """Write what is chosen into the address, and know it for our own when it comes back."""
    asked = st.session_state.get("asked") or {}
    if "clause" not in asked:
        write("clause", "")
        write("sel", ",".join(f"{name}:{id_}" for name, id_ in chosen[:_NAMED]))
    now = _asked()
    if now != st.session_state.get("settled"):
        st.session_state["before"] = st.session_state.get("settled"), time.monotonic()
        st.session_state["settled"] = now


def _late(params: dict[str, str]) -> bool:
    """Whether this is our own last address, still on its way from the browser as we wrote anew."""
    before, when = st.session_state.get("before", (None, 0.0))
    return bool(params == before) and time.monotonic() - when < _ON_ITS_WAY_S


def _asked() -> dict[str, str]:
    return {key: st.query_params[key] for key in ("sel", "clause") if key in st.query_params}


def write(key: str, value: str) -> None:
    """Set one part of the address, or take it out when empty."""
    if value:
        if st.query_params.get(key) != value:
            st.query_params[key] = value
    elif key in st.query_params:
        del st.query_params[key]
