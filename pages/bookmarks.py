"""书签: views somebody named for themselves; opened, named anew and deleted beside the presets."""

from collections.abc import Callable

import streamlit as st

from geo.chronicle import CHINA
from geo.errors import GeoError
from geo.views import Bookmark, View
from pages import album, board, parts, who
from pages.target_words import safe


def offer(view: View) -> None:
    """One's own bookmarks, and a name for the view as it is now."""

    @st.dialog(parts.t("share", "bookmarks"), width="medium")
    @parts.told
    def dialog() -> None:
        words = parts.section("share")
        try:
            own = album.needed().bookmarks(board.visit())
        except GeoError as error:
            parts.refused(error)
            return
        st.caption(words["bookmarks_note"])
        if not own:
            st.text(words["none"])
        with st.container(key="bookmarks", gap="xsmall"):
            for one in own:
                _row(one, words)
        add(view)

    dialog()


def add(view: View) -> None:
    """A name for a view, and the button that keeps it."""
    words = parts.section("share")
    with st.form("bookmark_add", border=False):
        name = st.text_input(words["name"], max_chars=40, placeholder=words["name_hint"])
        if not st.form_submit_button(words["add"]):
            return
    if _done(lambda: album.needed().add(board.visit(), view, name, who.now())):
        st.success(words["added"].format(name=parts.plain(name.strip())))


def _row(one: Bookmark, words: dict[str, str]) -> None:
    with st.container(key=f"bookmark_{one.number}", horizontal=True, gap="small"):
        there = safe(album.address(one.view))
        st.html(
            f'<a class="bmark" href="{there}" target="_self">{safe(one.name)}</a>'
            f'<span class="tnote"> {f"{one.at.astimezone(CHINA):%Y-%m-%d}"}</span>'
        )
        with st.popover(words["rename"]):
            name = st.text_input(words["name"], one.name, max_chars=40, key=f"bname_{one.number}")
            if st.button(words["rename_do"], key=f"brename_{one.number}"):
                _act(lambda: album.needed().rename(board.visit(), one.number, name, who.now()))
        if st.button(words["delete"], key=f"bdelete_{one.number}", type="tertiary"):
            _act(lambda: album.needed().delete(board.visit(), one.number, who.now()))


def _act(act: Callable[[], None]) -> None:
    """Do it and draw the list anew; a refusal is told in place."""
    if _done(act):
        st.rerun(scope="fragment")


def _done(act: Callable[[], None]) -> bool:
    try:
        act()
    except GeoError as error:
        parts.refused(error)
        return False
    return True
