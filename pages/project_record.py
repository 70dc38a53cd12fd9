"""Which verb is to be recorded of a project; its form follows."""

import streamlit as st

from geo.projects import Project
from pages import moment, parts, project_entry, project_words
from pages.project_book import HELD, Seen
from pages.target_words import safe

_LIVE = ("reported", "done", "scheduled", "adjusted", "linked", "unlinked", "exited", "withdrawn")
_GONE = ("added", "withdrawn")


def draw(seen: Seen, one: Project) -> None:
    """Choose a verb, then its form."""
    words = parts.section("project")
    if moment.past(HELD):
        st.html(f'<p class="tnote">{safe(words["past_no_entry"])}</p>')
        return
    verbs = [verb for verb in (_LIVE if one.live else _GONE) if verb != "unlinked" or one.links]
    st.session_state["pact"] = HELD.get("act") if HELD.get("act") in verbs else None
    verb = st.selectbox(
        words["record"],
        verbs,
        index=None,
        key="pact",
        format_func=lambda id_: project_words.named(seen.rules.verbs, id_),
        placeholder=words["record"],
        label_visibility="collapsed",
        on_change=HELD.hear("act", "pact"),
    )
    if said := st.session_state.pop("psaved", None):
        st.success(said)
    if verb:
        project_entry.form(seen, verb, one)
