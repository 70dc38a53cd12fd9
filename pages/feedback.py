"""反馈: from every page, with the address of what the reader looks at; and what became of it."""

from urllib.parse import urlencode, urlsplit

import streamlit as st

from geo import office
from geo.errors import GeoError
from geo.people import Act
from geo.remarks import Draft, Kind, State
from pages import board, door, parts, remark_words, rights, who
from pages.target_words import safe

_KINDS = (Kind.FAULT, Kind.WISH, Kind.DATA)
_MINE = 5  # of one's own, with their answers


def button() -> None:
    """The button in the header; where it was pressed the dialog opens."""
    if not rights.may(Act.REMARK):
        return
    tip = parts.t("feedback", "tip")
    if st.button(parts.t("feedback", "open"), key="feedback_open", help=tip, type="tertiary"):
        st.session_state["feedback_page"] = here()
        st.session_state["feedback_sent"] = 0
        _open()


def here() -> str:
    """Page and question of what the reader looks at, as ``supply?at=…``; the map has no name."""
    name = urlsplit(st.context.url or "/").path.rstrip("/").rpartition("/")[2]
    asked = urlencode(dict(st.query_params), safe=",:;|")
    page = name if name in who.SCREENS and name != "map" else ""
    return f"{page}?{asked}" if asked else page


def _open() -> None:
    @st.dialog(parts.t("feedback", "title"), width="medium")
    @parts.told
    def dialog() -> None:
        words = parts.section("feedback")
        if board.held() is None:
            st.text(words["no_book"])
            return
        if st.session_state["feedback_sent"]:
            st.success(words["sent"].format(n=st.session_state["feedback_sent"]))
        else:
            _form(words)
        _mine(words)

    dialog()


def _form(words: dict[str, str]) -> None:
    page, names = st.session_state["feedback_page"], remark_words.kinds()
    with st.form("feedback_form", border=False):
        kind = st.segmented_control(
            words["kind"],
            [one.value for one in _KINDS],
            default=Kind.FAULT.value,
            required=True,
            format_func=names.__getitem__,
        )
        hint = words["text_hint"]
        text = st.text_area(words["text"], height=120, max_chars=2000, placeholder=hint)
        told = words["page"].format(page=page_name(page))
        st.html(f'<p class="tnote" title="{safe(page)}">{safe(told)}</p>')
        sent = st.form_submit_button(words["send"], type="primary")
    if not sent:
        return
    try:
        visit = board.visit()
        draft = Draft(Kind(str(kind)), text, address=page, secrecy=office.usual(visit.person))
        number = board.needed().write(visit, draft, who.now())
    except GeoError as error:
        parts.refused(error)
        return
    st.session_state["feedback_sent"] = number
    st.rerun(scope="fragment")


def page_name(address: str) -> str:
    """The page an address of ours opens, as its readers call it."""
    name = address.partition("?")[0] or "map"
    return parts.t("app", name) if name in door.words()["app"] else name


def _mine(words: dict[str, str]) -> None:
    """One's own feedback with what was answered."""
    visit = board.visit()
    own = [one for one in board.needed().seen(visit.person) if one.by.id == visit.person.id]
    own = [one for one in own if one.place is None]
    if not own:
        return
    waiting = sum(one.state is State.OPEN for one in own)
    with st.expander(words["mine"].format(n=len(own), open=waiting)):
        for one in own[:_MINE]:
            st.html(remark_words.thread(one))
