"""Feedback as those see it who attend to it: sifted, one read and answered, taken away."""

import streamlit as st

from geo import remarks
from geo.people import Act
from geo.remarks import Kind, Remark, State
from geo.zone import Zone
from pages import board, feedback, parts, remark_take, remark_thread, remark_words, rights
from pages.target_words import safe

_HEADS = ("number", "which", "kind", "at", "text", "by", "view")


def draw(zone: Zone) -> None:
    """Filters, the table, and beneath it the one chosen."""
    rights.require(Act.SETTINGS)
    all_ = [one for one in board.seen(zone) if one.place is None]
    found = _sifted(all_)
    words = parts.section("feedback")
    with st.container(key="fb_bar", horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="tnote">{safe(words["total"].format(n=len(found)))}</p>')
        remark_take.draw(found, "fb_take", places=False)
    if not found:
        st.caption(words["none"])
        return
    _table(found)
    numbers = {one.number: one for one in found}
    lines = {number: f"{number} · {one.text[:40]}" for number, one in numbers.items()}
    chosen = st.selectbox(words["choose"], lines, format_func=lines.__getitem__, key="fb_one")
    one = numbers.get(chosen, found[0])
    with st.container(border=True, key="fb_thread"):
        st.html(_link(one, words["see"]))
        remark_thread.draw(zone, one, "fb")


def _sifted(all_: list[Remark]) -> list[Remark]:
    words, left, right = parts.section("feedback"), *st.columns(2)
    states, kinds = remark_words.states(), remark_words.kinds()
    with left:
        picked = st.multiselect(
            words["which"],
            [one.value for one in State],
            format_func=states.__getitem__,
            placeholder=words["any"],
            key="fb_state",
        )
    with right:
        of = st.multiselect(
            words["kind"],
            [one.value for one in Kind if one is not Kind.COMMENT],
            format_func=kinds.__getitem__,
            placeholder=words["any"],
            key="fb_kind",
        )
    return [
        one for one in all_ if (not picked or one.state in picked) and (not of or one.kind in of)
    ]


def _table(found: list[Remark]) -> None:
    words, kinds = parts.section("feedback"), remark_words.kinds()
    head = "".join(f"<th>{safe(words[one])}</th>" for one in _HEADS)
    body = "".join(
        f"<tr><td>{one.number}</td><td>{remark_words.chip(one)}</td><td>{safe(kinds[one.kind])}</td>"
        f"<td>{remarks.moment(one.at)}</td><td>{safe(one.text)}</td><td>{safe(one.by.name)}</td>"
        f"<td>{_link(one, feedback.page_name(one.address))}</td></tr>"
        for one in found[:100]
    )
    table = f'<table class="ttab adm adm-remark"><thead><tr>{head}</tr></thead>'
    st.html(f"{table}<tbody>{body}</tbody></table>")


def _link(one: Remark, label: str) -> str:
    """The way to the view it was written in; an address was checked when it was written."""
    return f'<a class="tlink" href="./{safe(one.address)}" target="_self">{safe(label)}</a>'
