"""输出: for whom and in which colours; each file is made only when it is asked for."""

import time
from dataclasses import astuple

import streamlit as st

from geo.edition import Edition
from geo.errors import GeoError
from geo.meeting import Snapshot
from geo.zone import Zone
from pages import (
    download,
    show_draft,
    show_files,
    show_make,
    show_open,
    show_order,
    show_state,
    show_words,
    supply_refusal,
)
from pages.show_make import KINDS, Order
from pages.target_words import safe

_KEPT = 8  # files of a visit; an older one is made anew when asked for


def show(zone: Zone) -> None:
    """Draw the view."""
    words, one, draft = show_words.words(), show_state.chosen(zone), show_draft.chosen(zone)
    if one is None:
        return
    with st.container(key="msplit", horizontal=True, gap="medium"):
        with st.container(key="mhow"):
            order = show_order.asked(
                one, draft.read.id if draft else "", draft.read.number if draft else 0
            )
        with st.container(key="mouts"):
            st.html(f'<h2 class="thead">{safe(words["outputs"])}</h2>')
            if draft is not None and draft.dirty:
                st.html(f'<p class="munsaved">{safe(words["unsaved_open"])}</p>')
            show_open.cards(zone, **show_order.said(order))
            for kind in KINDS:
                _card(zone, one, kind, order)


def _card(zone: Zone, one: Snapshot, kind: str, order: Order) -> None:
    words, shelf = show_words.words(), st.session_state.setdefault("show_made", {})
    key = (kind, *astuple(order))
    with st.container(key=f"mcard_{kind}", horizontal=True, vertical_alignment="center"):
        st.html(
            f'<div class="mout"><b>{safe(words[f"out_{kind}"])}</b>'
            f"<small>{safe(words[f'out_{kind}_note'])}</small></div>"
        )
        found = shelf.get(key)
        if found is None and st.button(words["make"], key=f"show_make_{kind}"):
            found = _made(zone, kind, order)
            if found is not None:
                shelf[key] = found
                for old in list(shelf)[:-_KEPT]:
                    del shelf[old]
                st.rerun(scope="fragment")
        if found is not None:
            body, seconds = found
            told = words["made_in"].format(seconds=f"{seconds:.1f}", size=show_files.size(body))
            st.html(f'<small class="mtime">{safe(told)}</small>')
            name = show_make.name(one, kind, order)
            download.button(
                words["take"],
                body,
                name,
                key=f"show_take_{kind}",
                edition=Edition(order.edition),
                type="primary",
                told={"meeting": one.number, "story": order.story, "version": one.version},
            )


def _made(zone: Zone, kind: str, order: Order) -> tuple[bytes, float] | None:
    began = time.monotonic()
    try:
        with st.spinner(show_words.words()["making"], show_time=True):
            body = show_make.made(zone, kind, order)
    except GeoError as error:
        supply_refusal.told(error)
        return None
    return body, time.monotonic() - began
