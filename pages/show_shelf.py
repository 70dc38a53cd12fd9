"""Stories as a whole: begun from the matters, copied, renamed, removed with a way back."""

import streamlit as st

from geo import briefing
from geo.meeting import Story
from geo.people import Act
from geo.zone import Zone
from pages import parts, rights, show_draft, show_keep, show_state, show_title, show_words
from pages.show_state import HELD, Draft


def begin(zone: Zone, key: str) -> None:
    """The button that makes a story from the plan's matters."""
    words = show_words.words()

    def act() -> str:
        made = show_keep.begun(zone)
        HELD.put({"view": "story", "story": made.id, "chapter": ""})
        return words["begun"].format(id=made.id)

    st.button(
        words["begin"],
        key=key,
        type="primary" if key.endswith("first") else "secondary",
        **rights.shut(Act.MEETING),
        on_click=show_state.attempt,
        args=(act,),
        width="stretch",
    )


def menu(zone: Zone, draft: Draft) -> None:
    """All that can be done with a story."""
    words = show_words.words()
    with st.popover(words["story_menu"], key="show_menu"):
        show_title.show(draft)
        _copy(zone, draft)
        begin(zone, "show_begin")
        _remove(zone, draft)
        gone = st.session_state.get("show_gone")
        if gone is not None:
            _back(zone, gone)


def _copy(zone: Zone, draft: Draft) -> None:
    words = show_words.words()

    def act() -> str:
        title = words["copy_of"].format(title=show_words.said(draft.story.title))
        made = show_draft.copied(zone, draft.story, title)
        HELD.put({"story": made.id, "chapter": ""})
        return words["copied"].format(id=made.id)

    how, go = rights.shut(Act.MEETING), show_state.attempt
    st.button(words["copy"], key="show_copy", on_click=go, args=(act,), width="stretch", **how)


def _remove(zone: Zone, draft: Draft) -> None:
    words, one = show_words.words(), draft.read

    def act() -> str:
        briefing.remove(zone, one.id, by=parts.user(), expect=one.number)
        show_state.now().drafts.pop(one.id, None)
        st.session_state["show_gone"] = one
        HELD.put({"story": "", "chapter": ""})
        return words["removed"].format(id=one.id)

    st.button(
        words["remove"],
        key="show_remove",
        **rights.shut(Act.MEETING),
        on_click=show_state.attempt,
        args=(act,),
        width="stretch",
    )


def _back(zone: Zone, gone: Story) -> None:
    words = show_words.words()

    def act() -> str:
        made = show_draft.copied(zone, gone, gone.title.zh)
        del st.session_state["show_gone"]
        HELD.put({"story": made.id, "chapter": ""})
        return words["copied"].format(id=made.id)

    label, how, go = words["back"].format(id=gone.id), rights.shut(Act.MEETING), show_state.attempt
    st.button(label, key="show_back", on_click=go, args=(act,), width="stretch", **how)
