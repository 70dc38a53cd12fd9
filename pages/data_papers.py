"""The papers behind what is brought in: whose it is, how far to believe it, who may see it."""

import streamlit as st

from geo import intake
from geo.model import Grade
from geo.people import Act
from geo.zone import Zone
from layers.style import GRADE_LABEL
from pages import data_cover, parts, rights, who

_SECRECY = ("公开", "内部", "秘密", "机密")


def draw(filename: str, zone: Zone | None = None) -> intake.Papers | None:
    """The form; its answer once it is sent and whole. With a zone it asks what is covered."""
    words = parts.section("store")
    with st.form("papers", border=True):
        st.markdown(f"**{words['papers']}**")
        one, two, three = st.columns(3)
        title = one.text_input(words["title"], value=filename)
        issuer = two.text_input(words["issuer"])
        document = three.text_input(words["document"])
        one, two, three, four = st.columns(4)
        grades = list(Grade)
        at = one.selectbox(words["grade"], range(len(grades)), len(grades) - 1, _grade)
        issued = two.date_input(words["issued"], value=None)
        secrecy = three.selectbox(words["secrecy"], _SECRECY, 1)
        error_m = four.number_input(words["error_m"], min_value=0.0, value=None)
        covers = data_cover.draw(zone) if zone else ""
        one, two, three = st.columns(3)
        licence = one.text_input(words["licence"])
        reason = two.text_input(words["reason"])
        fixed = who.book() is not None  # whoever signed in, and nobody else
        name = parts.user() if fixed else st.session_state.get("who", "")
        by = three.text_input(words["by"], value=name, disabled=fixed)
        sent = st.form_submit_button(words["confirm"], type="primary", **rights.shut(Act.DATA))
        if not sent:
            return None
    if not fixed:
        st.session_state["who"] = by.strip()
    return intake.Papers(
        title=title.strip(),
        grade=grades[at or 0],
        licence=licence.strip(),
        issuer=issuer.strip(),
        issued=issued,
        document=document.strip(),
        secrecy=secrecy,
        error_m=error_m,
        reason=reason.strip(),
        covers=covers,
    )


def _grade(at: int) -> str:
    return GRADE_LABEL[list(Grade)[at]][parts.english()]
