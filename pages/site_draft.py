"""A site that is drawn, kept at every step until it is asked about."""

import secrets
from collections.abc import Mapping
from typing import Any

import streamlit as st

from geo.errors import DataError
from geo.store.draft import Unsaved
from pages import drafts, parts, site_state
from pages.draft_offer import Offer

_KIND, _ASKED = "site", ("site_name", "site_use", "site_purpose")


def _place() -> str:
    """Where what is drawn in this visit is kept."""
    return str(st.session_state.setdefault("site_place", f"{_KIND}/{secrets.token_hex(4)}"))


def keep(version: int) -> None:
    """Keep what is drawn, and what is said of it; forget it where nothing is, or it was asked."""
    areas = site_state.now().areas
    if not areas or areas == st.session_state.get("site_filed"):
        drafts.settled(_place())
        return
    said = {key: str(st.session_state.get(key) or "") for key in _ASKED}
    told = {"areas": areas, "like": list(site_state.now().like), "said": said}
    drafts.keep(_place(), told, version, said["site_name"])


def filed() -> None:
    """What is drawn was asked about: the case holds it now."""
    st.session_state["site_filed"] = list(site_state.now().areas)


def offer() -> Offer | None:
    """A drawing of this person that was not asked about, if there is any."""
    work = drafts.waiting(_KIND, {_place()})
    return Offer(work, parts.t("draft", "what_site"), moved=False, take=_take) if work else None


def _take(work: Unsaved, data: Mapping[str, Any]) -> None:
    areas, said = data.get("areas"), data.get("said") or {}
    if not isinstance(areas, list) or not areas:
        raise DataError("暂存的图形是空的，请放弃后重画", "DRAFT_FORM")
    site_state.show("")
    site_state.draw(areas, tuple(map(str, data.get("like") or ())))
    st.session_state.update(site_place=work.place, site_view="ask", site_way="draw")
    for key in _ASKED:
        if said.get(key):
            st.session_state[key] = str(said[key])
    site_state.fly(_bounds(areas))


def _bounds(areas: list[Any]) -> tuple[float, ...]:
    points = [point for rings in areas for ring in rings for point in ring]
    lons, lats = [float(one[0]) for one in points], [float(one[1]) for one in points]
    return min(lons), min(lats), max(lons), max(lats)
