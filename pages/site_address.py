"""The address of the site page: which case and which view it opens."""

import streamlit as st

from pages import ask, link, site_state


def take_up() -> None:
    """Open the case and the view that an address asks for, if somebody else wrote it."""
    state, asked = site_state.now(), st.query_params.get("case", "")
    st.session_state.setdefault("site_way", site_state.WAYS[0])
    _take_parcels(state)
    if asked and asked != state.wrote:
        site_state.show(asked)
        st.session_state["site_view"] = "ask"
        state.wrote = asked
    if "site_view" not in st.session_state:
        view = st.query_params.get("sview", "")
        st.session_state["site_view"] = view if view in site_state.VIEWS else site_state.VIEWS[0]


def _take_parcels(state: site_state.State) -> None:
    """Pick the parcels that the address of another page's choice names."""
    asked = st.query_params.get("sel", "")
    ids = [id_ for name, id_ in link.pairs(asked) if name == "parcel"]
    if ids and asked != state.seen:
        st.session_state.update(site_way="pick", site_parcels=ids)
    state.seen = asked


def write(view: str) -> None:
    """Make the address ask for what is shown."""
    state = site_state.now()
    ask.write("case", state.case)
    state.wrote = state.case
    ask.write("sview", "" if view == site_state.VIEWS[0] else view)
