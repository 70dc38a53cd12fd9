"""Forms of the ledger being filled, kept at every step until they are saved."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from geo.errors import DataError
from geo.store.draft import Unsaved
from geo.zone import Zone
from pages import drafts, parts, supply_chosen, supply_state
from pages.draft_offer import Offer

_KIND, _DAY = "supply", "day"
_FORMS = ("enter", "move", "amend", "renumber", "pause")  # made of fields alone


def stem(name: str, ids: tuple[str, ...]) -> str:
    """How the keys of one form begin; new after each save."""
    return f"sform_{name}_{'_'.join(ids)}_{st.session_state.get('sform_turn', 0)}_"


def place(name: str, ids: tuple[str, ...]) -> str:
    """Where what is typed into a form is kept."""
    return f"{_KIND}/{name}/{','.join(ids)}"


def keep(name: str, ids: tuple[str, ...], base: int) -> None:
    """Keep a form that says something else than when it was opened."""
    if name not in _FORMS:
        return
    start, at = stem(name, ids), place(name, ids)
    said = {
        str(key).removeprefix(start): _plain(value)
        for key, value in st.session_state.items()
        if str(key).startswith(start) and not str(key).endswith("_save")
    }
    first: dict[str, Any] = st.session_state.setdefault("sform_first", {}).setdefault(start, {})
    for part, value in said.items():
        first.setdefault(part, value)
    if all(first[part] == value for part, value in said.items()):
        return
    st.session_state.setdefault("sform_live", set()).add(at)
    drafts.keep(at, {"name": name, "ids": list(ids), "said": said}, base, ids[0] if ids else "")


def saved(name: str, ids: tuple[str, ...]) -> None:
    """A form was saved: it begins anew, and nothing of it waits."""
    drafts.settled(place(name, ids))
    st.session_state["sform_turn"] = st.session_state.get("sform_turn", 0) + 1


def offer(zone: Zone) -> Offer | None:
    """A form that this person filled and did not save, unless it was on screen a moment ago."""
    live: set[str] = st.session_state.pop("sform_live", set())
    work = drafts.waiting(_KIND, live)
    if work is None:
        return None
    ids = [id_ for id_ in work.place.split("/", 2)[2].split(",") if id_]
    moved = any(zone.events(f"parcel/{id_}", work.base) for id_ in ids)
    words, act = parts.section("supply"), work.place.split("/", 2)[1]
    name = f"{words['enter'] if act == 'enter' else words[f'act_{act}']} {'、'.join(ids)}".strip()
    return Offer(work, parts.t("draft", "what_supply").format(name=name), moved, _take)


def _take(work: Unsaved, data: Mapping[str, Any]) -> None:
    """Fill the form again, and open it."""
    name, ids, said = data.get("name"), data.get("ids"), data.get("said")
    if not (isinstance(name, str) and isinstance(ids, list) and isinstance(said, dict)):
        raise DataError("暂存的登记缺少内容，请放弃后重填", "DRAFT_FORM")
    start = stem(name, tuple(ids))
    st.session_state.setdefault("sform_first", {})[start] = {part: [] for part in said}
    for part, value in said.items():
        st.session_state[f"{start}{part}"] = _value(value)
    st.session_state["sform_seen"] = dict.fromkeys(ids, work.base)
    st.session_state["sform_live"] = {work.place}  # it is on screen from now on
    supply_state.put("view", "")
    if ids:
        supply_chosen.choose(ids)
        st.session_state.update({"sp_ids": ids, "sp_tab": "act", f"sp_act_{ids[0]}": name})


def _plain(value: Any) -> Any:
    return {_DAY: value.isoformat()} if isinstance(value, date) else value


def _value(kept: Any) -> Any:
    return date.fromisoformat(kept[_DAY]) if isinstance(kept, dict) and _DAY in kept else kept
