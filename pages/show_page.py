"""汇报. Meetings: states frozen under a number, the story told of them, what is taken along."""

import streamlit as st

from geo import briefing
from geo.zone import Zone
from pages import (
    draft_offer,
    parts,
    show_empty,
    show_freeze,
    show_meetings,
    show_open,
    show_output,
    show_state,
    show_story,
    show_words,
    story_draft,
    supply_refusal,
)
from pages.show_state import HELD, VIEWS
from pages.target_words import safe


@parts.told
def page(zone: Zone) -> None:
    """Draw the page; what the address asks is taken up here, once for each visit to it."""
    HELD.take_up()
    st.html(f'<h1 class="sr">{safe(parts.t("app", "show"))}</h1>')
    body(zone)


@st.fragment
@parts.told
def body(zone: Zone) -> None:
    """All of it; a click reruns only this."""
    state = show_state.now()
    story_draft.keep(zone)
    if state.said:
        st.toast(state.said)
        state.said = ""
    with st.container(key="mhead", horizontal=True, vertical_alignment="center", gap="medium"):
        view = _view()
        _meeting(zone)
        show_open.links(zone)
    if state.refused is not None:
        supply_refusal.told(state.refused)
    draft_offer.show(story_draft.offer(zone))
    HELD.write()
    held = briefing.snapshots(zone)
    if view == "story":
        show_story.show(zone)
    elif not held:
        show_empty.show(zone)
    else:
        shown = {"meeting": show_meetings.show, "output": show_output.show}
        shown[view](zone)


def _view() -> str:
    words, asked = show_words.words(), HELD.get("view")
    view = asked if asked in VIEWS else VIEWS[0]
    st.session_state["show_view"] = view
    st.segmented_control(
        words["views"],
        VIEWS,
        required=True,
        format_func=lambda one: words[f"view_{one}"],
        key="show_view",
        label_visibility="collapsed",
        on_change=_chose,
    )
    return view


def _chose() -> None:
    state = show_state.now()
    state.refused, state.conflict = None, False
    HELD.put({"view": str(st.session_state["show_view"])})


def _meeting(zone: Zone) -> None:
    """Which meeting all of the page is about, and the button that freezes the next."""
    words, one = show_words.words(), show_state.chosen(zone)
    if one is None:
        return
    lines = {str(each.number): show_words.meeting_line(each) for each in briefing.snapshots(zone)}
    st.session_state["show_meeting"] = str(one.number)
    st.selectbox(
        words["meeting"],
        list(reversed(lines)),
        format_func=lines.__getitem__,
        key="show_meeting",
        label_visibility="collapsed",
        on_change=lambda: HELD.put(
            {"meeting": str(st.session_state["show_meeting"]), "against": ""}
        ),
    )
    show_freeze.button(zone, "show_new")
