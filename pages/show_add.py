"""加入汇报: any map as it is now becomes a chapter of a story; one dialog for all pages."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from geo import briefing
from geo.errors import GeoError
from geo.meeting import Chapter, Text
from geo.people import Act
from geo.zone import Zone
from pages import door, parts, rights, show_keep, show_take, show_words, supply_book, supply_refusal
from pages.show_look import Shown
from pages.target_words import safe

NEW = ""  # in place of a story's id


def opened(zone: Zone, shown: Shown) -> None:
    """Draw the dialog, if the button of this map was just pressed."""
    told = st.session_state.get("opened_story")
    if told and told.get("key") == shown.key:
        del st.session_state["opened_story"]
        offer(zone, *show_take.taken(replace(shown, told=told["shown"])))


def wall(zone: Zone, day: date) -> None:
    """The button of the wall map, which is drawn by itself on the day of the meeting."""
    words = door.words()["show"]
    if st.button(parts.t("show", "add_to"), key="show_wall"):
        on = None if day >= supply_book.today() else day
        chapter = Chapter("new", Text(*words["kind_wall"]), made="wall", day=on)
        offer(zone, chapter)


def offer(zone: Zone, chapter: Chapter, lost: Sequence[str] = ()) -> None:
    """Ask for title and story, and add the chapter; what is refused is told in place."""

    @st.dialog(parts.t("show", "add_to"), width="medium")
    @parts.told
    def dialog() -> None:
        st.session_state.setdefault("show_added", None)
        if st.session_state["show_added"]:
            _added(*st.session_state["show_added"])
            return
        st.html(show_take.summary(chapter, lost))
        _form(zone, chapter)

    st.session_state["show_added"] = None
    dialog()


def _form(zone: Zone, chapter: Chapter) -> None:
    words = show_words.words()
    held = {one.id: show_words.story_line(one) for one in briefing.stories(zone)}
    options = [*reversed(held), NEW]
    story = st.selectbox(
        words["into"],
        options,
        format_func=lambda one: held.get(one, words["into_new"]),
        key="show_add_story",
    )
    zh = st.text_input(words["title_zh"], chapter.title.zh, key="show_add_zh", max_chars=120)
    en = st.text_input(words["title_en"], chapter.title.en, key="show_add_en", max_chars=120)
    notes = st.text_area(words["notes"], key="show_add_notes", height=80)
    how = rights.shut(Act.MEETING)
    if not st.button(words["add_go"], type="primary", key="show_add_go", **how):
        return
    try:
        st.session_state["show_added"] = show_keep.added(
            zone, str(story or NEW), chapter, Text(zh.strip(), en.strip()), notes.strip()
        )
    except GeoError as error:
        supply_refusal.told(error)
        return
    st.rerun(scope="fragment")


def _added(story: str, chapter: str, place: int) -> None:
    words = show_words.words()
    st.html(f'<p class="mgood">{safe(words["added"].format(story=story, place=place))}</p>')
    with st.container(horizontal=True, gap="small", key="show_added_go"):
        if st.button(words["open_story"], type="primary", key="show_added_open"):
            parts.go("show", view="story", story=story, chapter=chapter)
        if st.button(words["stay"], key="show_added_stay"):
            st.rerun()
