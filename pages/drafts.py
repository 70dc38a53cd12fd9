"""Work not saved yet: kept at every step for whoever does it, and offered again after a loss."""

import hashlib
import json
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

import streamlit as st

from geo.errors import DataError, GeoError
from geo.store.draft import Drafts, Unsaved, open_drafts
from pages import door, parts, who

_DIGEST, _FAULT = "drafts_kept", "drafts_fault"


@cache
def _book() -> Drafts:
    return open_drafts(door.given().store)


def _owner() -> str:
    found = who.visit()
    if found is None:
        raise GeoError(parts.t("entrance", "over"), "SIGNED_OUT")
    return found.person.id


def _kept() -> dict[str, str]:
    """Places kept in this visit, with a digest of what was kept there last."""
    found: dict[str, str] = st.session_state.setdefault(_DIGEST, {})
    return found


def _noted(act: str, error: GeoError | None) -> None:
    """What failed of keeping and of asking, until it succeeds again."""
    faults: dict[str, GeoError | None] = st.session_state.setdefault(_FAULT, {})
    faults[act] = error


def fault() -> GeoError | None:
    """Why work cannot be kept at present; None where it can."""
    return next((one for one in st.session_state.get(_FAULT, {}).values() if one), None)


def keep(place: str, data: Mapping[str, Any], base: int, title: str = "") -> None:
    """Keep work as it is now, made on a version of the zone; a failure is told, not raised."""
    digest = hashlib.sha256(json.dumps(dict(data), sort_keys=True).encode()).hexdigest()
    if _kept().get(place) == digest:
        return
    try:
        _book().keep(Unsaved(_owner(), place, who.now(), base, title), data)
    except GeoError as error:
        _noted("keep", error)
        return
    _kept()[place] = digest
    _noted("keep", None)


def drop(place: str) -> None:
    """Forget work that was saved or let go."""
    _kept().pop(place, None)
    try:
        _book().drop(_owner(), place)
    except GeoError as error:
        _noted("keep", error)


def settled(place: str) -> None:
    """Forget work of this visit that is as it is saved; costs nothing where none was kept."""
    if place in _kept():
        drop(place)


def waiting(kind: str, mine: Collection[str]) -> Unsaved | None:
    """The last work of a kind that is not open in this visit, if there is any."""
    try:
        held = _book().held(_owner(), who.now())
    except GeoError as error:
        _noted("ask", error)
        return None
    _noted("ask", None)
    return next((w for w in held if w.place.startswith(f"{kind}/") and w.place not in mine), None)


def data(work: Unsaved) -> dict[str, Any]:
    """What was kept. Raises `GeoError` where it is gone or cannot be read."""
    found = _book().data(work.owner, work.place)
    if found is None:
        raise DataError("这份内容已在别处保存或放弃，请刷新页面", "DRAFT_GONE")
    return found
