"""One remark with its answers: read, answered, settled; on the map and in administration."""

from collections.abc import Callable

import streamlit as st

from geo.errors import GeoError
from geo.people import Act
from geo.remarks import Remark, State
from geo.zone import Zone
from pages import board, parts, remark_words, rights, who


def draw(zone: Zone, one: Remark, key: str) -> None:
    """The thread, a field for an answer, and the way to settle it."""
    words, number = parts.section("remark"), one.number
    st.html(remark_words.thread(one))
    if one.state is not State.CLOSED and rights.may(Act.REMARK):
        with st.form(f"{key}_form_{number}_{len(one.replies)}", border=False):
            text = st.text_area(words["answer"], height=80, max_chars=2000)
            sent = st.form_submit_button(words["answer_do"], type="primary")
        if sent:
            at, withheld = who.now(), zone.withheld()
            _done(lambda: board.needed().answer(board.visit(), number, text, at, withheld))
    _settling(zone, one, key)


def _settling(zone: Zone, one: Remark, key: str) -> None:
    if not board.needed().may_settle(board.visit().person, one):
        return
    words, closed = parts.section("remark"), one.state is State.CLOSED
    if st.button(words["reopen" if closed else "settle"], key=f"{key}_settle_{one.number}"):
        at, withheld = who.now(), zone.withheld()
        _done(
            lambda: board.needed().settle(
                board.visit(), one.number, closed=not closed, now=at, withheld=withheld
            )
        )


def _done(act: Callable[[], None]) -> None:
    """Do something and show what came of it; a refusal is told in place, what was typed stays."""
    try:
        act()
    except GeoError as error:
        parts.refused(error)
        return
    st.rerun()
