"""Announcements as the administrator makes them: a form, and all there were with their days."""

from datetime import timedelta

import streamlit as st

from geo.errors import GeoError
from geo.people import Act
from geo.remarks import Level, News
from geo.zone import Zone
from pages import board, moment, parts, rights, who
from pages.target_words import safe

_HEADS = ("number", "state", "level", "days", "title", "text", "by")
_WEEK = timedelta(days=7)


def draw(_zone: Zone) -> None:
    """The form above, the list below."""
    rights.require(Act.SETTINGS)
    words = parts.section("news")
    st.caption(words["note"])
    _form(words)
    found = sorted(board.needed().board.news.values(), key=lambda one: -one.number)
    if not found:
        st.caption(words["none"])
        return
    head = "".join(f"<th>{safe(words[one])}</th>" for one in _HEADS)
    body = "".join(f"<tr>{_row(one)}</tr>" for one in found[:100])
    st.html(f'<table class="ttab adm"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')
    standing = {
        one.number: one for one in found if not one.withdrawn and one.until >= moment.today()
    }
    for number, one in standing.items():
        label = parts.plain(words["withdraw"].format(n=number, title=one.title))
        if st.button(label, key=f"news_withdraw_{number}"):
            board.needed().withdraw(board.visit(), number, who.now())
            st.rerun()


def _form(words: dict[str, str]) -> None:
    today, turn = moment.today(), st.session_state.get("news_turn", 0)
    with st.form(f"news_form_{turn}"):
        left, right = st.columns(2)
        title = left.text_input(words["title_zh"], max_chars=60)
        title_en = right.text_input(words["title_en"], max_chars=60)
        text = left.text_area(words["text_zh"], height=90, max_chars=2000)
        text_en = right.text_area(words["text_en"], height=90, max_chars=2000)
        since = left.date_input(words["since"], today, format="YYYY-MM-DD")
        until = right.date_input(words["until"], today + _WEEK, format="YYYY-MM-DD")
        names = {one.value: words[f"level_{one.value}"] for one in Level}
        level = left.selectbox(words["level"], names, format_func=names.__getitem__)
        sent = st.form_submit_button(words["announce"], type="primary")
    if not sent:
        return
    made = News(0, title.strip(), text.strip(), since, until, Level(level))
    try:
        board.needed().announce(board.visit(), _english(made, title_en, text_en), who.now())
    except GeoError as error:
        parts.refused(error)
        return
    st.session_state["news_turn"] = turn + 1
    st.rerun()


def _english(one: News, title: str, text: str) -> News:
    days = one.since, one.until
    return News(
        0, one.title, one.text, *days, one.level, title_en=title.strip(), text_en=text.strip()
    )


def _row(one: News) -> str:
    words, today = parts.section("news"), moment.today()
    state = "withdrawn" if one.withdrawn else "over" if one.until < today else "on"
    state = "coming" if state == "on" and one.since > today else state
    title, text = (" / ".join(filter(None, pair)) for pair in _texts(one))
    days = f"{one.since} – {one.until}"
    cells = (one.number, words[f"state_{state}"], words[f"level_{one.level}"], days, title, text)
    return "".join(f"<td>{safe(str(cell))}</td>" for cell in (*cells, one.by))


def _texts(one: News) -> tuple[tuple[str, str], tuple[str, str]]:
    return (one.title, one.title_en), (one.text, one.text_en)
