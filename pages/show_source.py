"""Where a view came from: what a meeting knows its colouring by, and the address it lies at."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from geo.ledger import supply_rules
from layers.tint import Tint
from pages import (
    link,
    map_state,
    said,
    show_words,
    supply_book,
    supply_moment,
    supply_state,
)

LEDGER = "supply"  # the map of that page
_PARCEL = "parcel"
_NOT_ITS_OWN = ("lang", "unit")  # whoever opens the view keeps their own
_LONGEST = 900  # letters; more make a code that no phone reads


def colouring(key: str, tint: Tint | None) -> str:
    """Key of the colouring that a tint is in a meeting; empty where there is none."""
    if tint is None or tint.set != _PARCEL:
        return ""
    if key == said.HOME:
        return f"supply:{show_words.day_key(map_state.HELD.day('asof'), supply_book.today())}"
    if key != LEDGER or supply_moment.known() is not None:
        return ""
    today, span = supply_book.today(), supply_moment.period()
    on = show_words.day_key(supply_state.day("asof"), today)
    if span is None:
        return f"supply:{on}"
    return f"supply_new:{span[0].isoformat()}:{on}"


def day(key: str) -> date | None:
    """The day a map shows; None for today."""
    held = {LEDGER: supply_state.HELD, said.HOME: map_state.HELD}.get(key)
    return held.day("asof") if held else None


def absent(key: str, tint: Tint | None) -> tuple[str, ...]:
    """Stages that a filter took off the map."""
    if key == said.HOME and (asked := map_state.HELD.several("status")):
        return tuple(id_ for id_ in supply_rules().statuses if id_ not in asked)
    if key != LEDGER or tint is None:
        return ()
    there = {one.key for one, n in zip(tint.legend.classes, tint.counts, strict=True) if n}
    return tuple(id_ for id_ in supply_rules().statuses if id_ not in there)


def filtered(key: str = LEDGER) -> bool:
    """Whether a map is filtered by more than stages, which a chapter cannot say."""
    if key == said.HOME:
        return any(map_state.HELD.get(one) for one in map_state.NOT_STAGES)
    asked = (one for one in ("q", *supply_state.FILTERS) if one != "status")
    return key == LEDGER and any(map(supply_state.get, asked))


def narrowed(key: str) -> bool:
    """Whether any filter leaves something off a map."""
    if key == said.HOME:
        return map_state.filtered()
    return key == LEDGER and any(map(supply_state.get, ("q", *supply_state.FILTERS)))


def permalink(page: str, shown: Mapping[str, Any]) -> str:
    """Address of the view relative to the app; empty where it is too long for a code."""
    asked = {key: st.query_params[key] for key in st.query_params if key not in _NOT_ITS_OWN}
    asked |= {key: value for key, value in link.written(shown).items() if value}
    found = f"{page}?{urlencode(asked, safe=',:|;~')}"
    return found if len(found) <= _LONGEST else ""


def page() -> str:
    """Page that is open, as addresses name it; empty for the map page, which is the first."""
    last = str(st.context.url or "").partition("?")[0].rstrip("/").rpartition("/")[2]
    return last if last in st.session_state["pages"] and last != "map" else ""
