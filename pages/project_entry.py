"""The form of a verb: what was typed stays until it is saved, and nobody is overrun."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from geo import ledger
from geo.errors import ConflictError, GeoError
from geo.model import Event
from geo.people import Act
from geo.projects import Project, Stamp
from pages import door, moment, parts, project_forms, rights
from pages.project_book import Seen, choose
from pages.project_made import Made

NEW = "new"  # the form of a project that is not in the register yet


def form(seen: Seen, verb: str, one: Project | None) -> None:
    """The form of a verb, for a project or for a new one."""
    words, rule = parts.section("project"), seen.rules.verbs[verb]
    key = f"pform_{verb}_{one.id if one else NEW}"
    begun = f"{key}_{_opened(seen, key)['turn']}"
    _refused(key)
    outside = project_forms.BEFORE.get(verb, project_forms.nothing)(seen, one, begun)
    with st.form(f"{begun}_form", border=True):
        made = project_forms.FORMS[verb](seen, one, (begun, outside))
        on = st.date_input(
            words["on"], value=moment.today(), format="YYYY-MM-DD", key=f"{begun}_on"
        )
        reason = st.text_input(_must(words["reason"], rule.reason), key=f"{begun}_reason")
        paper = st.text_input(_must(words["document"], rule.paper), key=f"{begun}_paper")
        sent = st.form_submit_button(
            words["save"], type="primary", key=f"{begun}_send", **rights.shut(Act.PROJECT)
        )
    if sent:
        stamp = Stamp(parts.user(), datetime.now(UTC), on, reason.strip(), paper.strip())
        _save(seen, key, lambda: made(stamp))


def _opened(seen: Seen, key: str) -> dict[str, Any]:
    """What a form remembers; it has seen the book as it was when it was opened."""
    state: dict[str, Any] = st.session_state.setdefault(key, {"turn": 0})
    if st.session_state.get("pform_open") != key:
        st.session_state["pform_open"] = key
        state["seen"] = seen.book.version
        state.pop("error", None)
    return state


def _must(label: str, needed: bool) -> str:
    return f"{label} \\*" if needed else label


def _save(seen: Seen, key: str, made: Made) -> None:
    state = st.session_state[key]
    try:
        events: Sequence[Event] = made()
        version = ledger.record(seen.zone, events, seen=state["seen"])
    except GeoError as error:
        state["error"] = error
        st.rerun()
    st.session_state[key] = {"seen": version, "turn": state["turn"] + 1}
    id_, verb = events[0].subject.partition("/")[2], seen.rules.verbs[events[0].verb]
    choose(id_)
    name = parts.say(verb.name, verb.name_en)
    st.session_state["psaved"] = parts.t("project", "saved").format(
        verb=name, id=id_, version=version
    )
    st.rerun()


def _refused(key: str) -> None:
    """Why the last try was refused; after a conflict the reader confirms the new state."""
    state = st.session_state[key]
    if error := state.get("error"):
        parts.refused(error)
        if isinstance(error, ConflictError):
            label = parts.t("project", "seen_now")
            st.button(label, key=f"{key}_seen", on_click=_looked, args=(key,))


def _looked(key: str) -> None:
    """The reader has seen what others did: what was typed may now be saved on top of it."""
    state = st.session_state[key]
    state["seen"] = ledger.book(door.zone()).version
    state.pop("error", None)
