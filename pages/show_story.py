"""汇报内容: the chapters of a story in order, the one chosen beside them, saved by a button."""

import streamlit as st

from geo import briefing
from geo.chronicle import CHINA
from geo.people import Act
from geo.zone import Zone
from pages import (
    rights,
    show_chapter,
    show_chapters,
    show_draft,
    show_new,
    show_shelf,
    show_state,
    show_words,
)
from pages.show_state import HELD, Draft
from pages.target_words import safe


def show(zone: Zone) -> None:
    """Draw the view."""
    words, draft = show_words.words(), show_draft.chosen(zone)
    if draft is None:
        with st.container(key="sempty"):
            st.html(
                f'<h2 class="thead">{safe(words["story_none"])}</h2>'
                f'<p class="sempty-lead">{safe(words["story_lead"])}</p>'
            )
            show_shelf.begin(zone, "show_begin_first")
        return
    if show_state.now().conflict:
        _conflict(zone, draft)
    with st.container(key="msplit", horizontal=True, gap="medium"):
        with st.container(key="mstory"):
            _choose(zone, draft)
            _tools(zone, draft)
            show_chapters.show(zone, draft)
            show_new.show(zone, draft)
        with st.container(key="mchapter"):
            show_chapter.show(zone, draft)


def _choose(zone: Zone, draft: Draft) -> None:
    """Which story, and what can be done with it as a whole."""
    words = show_words.words()
    lines = {one.id: show_words.story_line(one) for one in briefing.stories(zone)}
    lines[draft.read.id] = show_words.story_line(draft.story)
    st.session_state["show_story"] = draft.read.id
    with st.container(key="mwhich", horizontal=True, gap="small"):
        st.selectbox(
            words["story"],
            list(reversed(lines)),
            format_func=lines.__getitem__,
            key="show_story",
            label_visibility="collapsed",
            on_change=lambda: HELD.put(
                {"story": str(st.session_state["show_story"]), "chapter": ""}
            ),
        )
        show_shelf.menu(zone, draft)


def _tools(zone: Zone, draft: Draft) -> None:
    """Save, take back, and whether anything waits to be saved."""
    words, read = show_words.words(), draft.read
    when = f"{read.at.astimezone(CHINA):%m-%d %H:%M}" if read.at else ""
    told = words["unsaved"] if draft.dirty else words["saved_by"].format(by=read.by, when=when)
    with st.container(key="mtools", horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            words["save"],
            key="show_save",
            type="primary",
            **rights.shut(Act.MEETING, disabled=not draft.dirty),
            on_click=show_state.attempt,
            args=(lambda: show_draft.save(zone, draft),),
        )
        undo = show_draft.undo
        st.button(
            words["undo"], key="show_undo", disabled=not draft.past, on_click=undo, args=(draft,)
        )
        st.html(f'<p class="tnote {"munsaved" if draft.dirty else ""}">{safe(told)}</p>')


def _conflict(zone: Zone, draft: Draft) -> None:
    """Another was first: theirs, or ours under another id; until then what was typed stays."""
    words, mine, how = show_words.words(), draft.story, rights.shut(Act.MEETING)
    with st.container(key="mconflict", horizontal=True, gap="small"):
        st.button(words["theirs"], key="show_theirs", on_click=show_draft.let_go, args=(draft,))

        def act() -> str:
            title = words["copy_of"].format(title=mine.title.zh)
            made = show_draft.copied(zone, mine, title)
            show_draft.let_go(draft)
            HELD.put({"story": made.id})
            return words["copied"].format(id=made.id)

        st.button(words["mine"], key="show_mine", on_click=show_state.attempt, args=(act,), **how)
