"""The line that offers unsaved work again, and the one that says it cannot be kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from geo.chronicle import CHINA
from geo.errors import GeoError
from geo.store.draft import Unsaved
from pages import drafts, parts, who
from pages.target_words import safe

Take = Callable[[Unsaved, Mapping[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Offer:
    """Work to offer: what it is called, whether what it rests on has changed, how to take it up."""

    work: Unsaved
    what: str
    moved: bool
    take: Take


def show(offer: Offer | None) -> None:
    """Draw them; nothing where nothing waits and nothing failed."""
    if said := st.session_state.pop("drafts_said", ""):
        st.toast(said)  # not from the callback: there it would take the place of our styles
    words, fault = parts.section("draft"), drafts.fault()
    if fault is not None:
        told = words["fault"].format(code=fault.code)
        st.html(f'<p class="cbad" role="alert">{safe(told)} {safe(str(fault))}</p>')
    if offer is None:
        return
    work = offer.work
    told = words["found"].format(what=offer.what, when=_when(work))
    with st.container(key="unsaved", horizontal=True, vertical_alignment="center", gap="small"):
        moved = f"<small>{safe(words['moved'])}</small>" if offer.moved else ""
        st.html(f'<p role="status"><b>{safe(told)}</b> {moved}{_unread(work.place)}</p>')
        st.button(words["take"], key="unsaved_take", type="primary", on_click=_taken, args=(offer,))
        st.button(words["let_go"], key="unsaved_drop", on_click=drafts.drop, args=(work.place,))


def _taken(offer: Offer) -> None:
    """Take work up; what does not fit is told, and stays until it is let go."""
    try:
        offer.take(offer.work, drafts.data(offer.work))
    except GeoError as error:
        st.session_state["drafts_unread"] = (offer.work.place, error)
        return
    st.session_state["drafts_said"] = parts.t("draft", "taken")


def _unread(place: str) -> str:
    at, error = st.session_state.get("drafts_unread", ("", None))
    if at != place:
        return ""
    told = parts.t("draft", "unread").format(why=error)
    return f'<span class="cbad">{safe(told)}</span>'


def _when(work: Unsaved) -> str:
    """When work was kept last, in China; with its day where that is not today."""
    at, today = work.at.astimezone(CHINA), who.now().astimezone(CHINA).date()
    return f"{at:%H:%M}" if at.date() == today else f"{at:%m-%d %H:%M}"
