"""A new comment, where the reader just clicked on the map."""

import streamlit as st

from geo import office
from geo.errors import GeoError
from geo.model import SECRECY, Hit
from geo.people import Act
from geo.remarks import Draft, Kind
from geo.zone import Zone
from pages import board, parts, rights, who
from pages.found import Answer
from pages.target_words import safe


def draw(zone: Zone, found: Answer | None) -> None:
    """The form, or how to come by it."""
    words = parts.section("remark")
    if not rights.may(Act.REMARK):
        return
    at = _at(zone, found)
    if at is None:
        st.caption(words["click"])
        return
    named = "；".join(one.name for one in _hits(found)[:1]) if found else ""
    st.html(
        f'<p class="tnote">{safe(words["here"])} <b>{safe(named)}</b> {at[0]:.5f}, {at[1]:.5f}</p>'
    )
    turn = st.session_state.get("remarks_turn", 0)
    with st.form(f"remarks_new_{turn}"):
        choice = _choice(found)
        text = st.text_area(
            words["text"], height=96, max_chars=2000, placeholder=words["text_hint"]
        )
        secrecy = _level()
        sent = st.form_submit_button(words["pin"], type="primary")
    if sent:
        _keep(zone, at, choice, (text, secrecy))


def _hits(found: Answer | None) -> list[Hit]:
    return list(found.hits)[:12] if found else []


def _choice(found: Answer | None) -> Hit | None:
    """What the comment is about: the place itself, or one of the features there."""
    words, hits = parts.section("remark"), _hits(found)
    names = [words["place"], *(f"{parts.say(one.name, one.name_en)}（{one.id}）" for one in hits)]
    chosen = st.selectbox(words["about"], range(len(names)), format_func=names.__getitem__)
    return hits[chosen - 1] if chosen else None


def _level() -> str:
    """Who may read it: no more than the writer may."""
    person = board.visit().person
    mine = [one for one in SECRECY if person.cleared(one)]
    return st.selectbox(parts.t("remark", "secrecy"), mine, mine.index(office.usual(person)))


def _at(zone: Zone, found: Answer | None) -> tuple[float, float] | None:
    """The place clicked, or the middle of the one feature found."""
    if found is None:
        return None
    if found.at:
        return found.at
    box = zone.bounds(found.hits[0].set, found.hits[0].id) if len(found.hits) == 1 else None
    return ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) if box else None


def _keep(zone: Zone, at: tuple[float, float], hit: Hit | None, said: tuple[str, str]) -> None:
    place = office.placed(zone, at[0], at[1], hit)
    visit = board.visit()
    level = max(said[1], office.level(zone, place, visit.person), key=SECRECY.index)
    try:
        draft = Draft(Kind.COMMENT, said[0], place, secrecy=level)
        number = board.needed().write(visit, draft, who.now())
    except GeoError as error:
        parts.refused(error)
        return
    st.session_state["remarks_at"] = number
    st.session_state["remarks_turn"] = st.session_state.get("remarks_turn", 0) + 1
    st.rerun()
