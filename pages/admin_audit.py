"""The log on a page: sifted, newest first, page by page; whether anything was altered."""

import streamlit as st

from geo import chronicle
from geo.office import Office
from geo.people import Act
from pages import admin_read, admin_table, admin_take, parts, rights, who
from pages.admin_log import Sift
from pages.admin_read import Log
from pages.target_words import safe

_PAGE = 50
_HEADS = ("number", "at", "by", "address", "kind", "verb", "subject", "detail")


def draw(held: Office) -> None:
    """Filters, what they leave, and the two ways to take it away."""
    held.settle(who.now())
    head = held.head
    log = admin_read.log(held)
    known = log.lines(head)
    sift, earlier = _sift(log)
    found = admin_read.found(known, sift)
    words = parts.section("admin")
    note = words["found"].format(n=f"{len(found):,}", total=f"{len(known):,}")
    with st.container(key="aa_bar", horizontal=True, vertical_alignment="center"):
        st.html(
            f'<p class="tnote">{safe(note)}　{safe(words["head"])} '
            f"<code>{head[0]}:{head[1][:16]}…</code></p>"
        )
        admin_take.draw(held, head, found, sift)
        st.button(words["verify_log"], key="aa_verify", on_click=_asked)
    if st.session_state.pop("aa_sound", False):
        _verdict(held, earlier)
    pages = max(1, -(-len(found) // _PAGE))
    at = st.session_state.get("aa_page", 1)
    at = at if at <= pages else 1
    shown = [admin_take.cells(one) for one in found[(at - 1) * _PAGE : at * _PAGE]]
    admin_table.draw(_HEADS, shown, "adm-log")
    if pages > 1:
        st.pagination(pages, key="aa_page")


def _asked() -> None:
    """Note that somebody checked; the line is in the list at once."""
    rights.require(Act.AUDIT)
    rights.noted("audit:verified")
    st.session_state["aa_sound"] = True


def _sift(log: Log) -> tuple[Sift, str]:
    words = parts.section("admin")
    with st.container(key="aa_sift", horizontal=True, vertical_alignment="bottom"):
        names = sorted(log.names)
        by = st.multiselect(words["by"], names, key="aa_by", placeholder=words["anybody"])
        kinds = list(log.kinds)
        kind = st.multiselect(
            words["kind"],
            kinds,
            format_func=admin_take.named,
            key="aa_kind",
            placeholder=words["any_kind"],
        )
        since = st.date_input(words["since"], None, key="aa_since", format="YYYY-MM-DD")
        until = st.date_input(words["until"], None, key="aa_until", format="YYYY-MM-DD")
        earlier = st.text_input(words["earlier"], key="aa_head", help=words["earlier_note"])
    return Sift(frozenset(by), frozenset(kind), since, until), str(earlier or "").strip()


def _verdict(held: Office, earlier: str) -> None:
    """Sound, or the first lines that are not; told once, when asked."""
    words, head = parts.section("admin"), held.head
    faults = held.verify(chronicle.head_of(earlier))
    if faults:
        st.error(words["altered"].format(n=len(faults)))
        for one in faults[:8]:
            st.text(one.message)
    else:
        st.success(parts.plain(words["sound"].format(number=head[0], hash=head[1])))
