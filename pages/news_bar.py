"""公告: what is announced, under the header of every page until the reader dismisses it."""

import streamlit as st

from geo.remarks import News
from pages import board, moment, parts, who
from pages.target_words import safe


@parts.told
def draw() -> None:
    """The first that the visitor has not dismissed; nothing where there is none."""
    held = board.held()
    shown = held.board.shown(board.visit().person.id, moment.today()) if held else []
    if not held or not shown:
        return
    one, words = shown[0], parts.section("news")
    more = words["more"].format(n=len(shown) - 1) if len(shown) > 1 else ""
    with st.container(key="newsbar", horizontal=True, vertical_alignment="center"):
        st.html(
            f'<p class="nline {one.level.value}" role="status"><b>{safe(title(one))}</b>'
            f"{safe(text(one))}</p>"
        )
        with st.popover(words["read"], key="news_read"):
            st.html(f'<div class="nfull"><b>{safe(title(one))}</b>\n{safe(text(one))}</div>')
            st.caption(f"{one.since} – {one.until} · {parts.plain(one.by)}")
        dismissed = st.button(words["dismiss"] + more, key=f"news_dismiss_{one.number}")
    if dismissed:
        held.dismiss(board.visit(), one.number, who.now())
        st.rerun()


def title(one: News) -> str:
    """The title in the reader's language, the Chinese one where there is no other."""
    return parts.say(one.title, one.title_en)


def text(one: News) -> str:
    """The text likewise."""
    return parts.say(one.text, one.text_en)
