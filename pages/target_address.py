"""What the reader asks of the targets page, kept in the address by ids, never by labels.

A bound widget would write its label, which changes with the language.
"""

from collections.abc import Collection

import streamlit as st


def restore(key: str, allowed: Collection[str] | None = None) -> None:
    """Give a widget not yet drawn what the address says; call before drawing it."""
    if key in st.session_state or key not in st.query_params:
        return
    asked = st.query_params[key]
    if allowed is None or asked in allowed:
        st.session_state[key] = asked


def keep(key: str, value: str | None, usual: str = "") -> None:
    """Write what a widget says into the address; what is usual is left out."""
    if value and value != usual:
        st.query_params[key] = value
    else:
        st.query_params.pop(key, None)


def forget() -> None:
    """Take the clause or target that was chosen out of the address."""
    for key in ("clause", "target"):
        st.query_params.pop(key, None)


def open_clause(clause: str) -> None:
    """Show a clause on this page."""
    forget()
    st.query_params["clause"] = clause
    st.session_state["tview"] = "clauses"


def open_target(target: str) -> None:
    """Show a target on this page."""
    forget()
    st.query_params["target"] = target
    st.session_state["tview"] = "targets"
