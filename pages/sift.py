"""The filters of the table: set, text, kind, street or town, what is on screen."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pandas as pd
import streamlit as st

from geo import identify
from geo.model import Boundaries
from geo.zone import Zone
from layers import grid
from pages import parts, said

_GROUND = ("land", "sea")
LISTED = 2_000  # rows shown; all that pass the filters are counted and exported
_HIDE: Final = "collapsed"


def asked(zone: Zone, known: Boundaries) -> Boundaries:
    """The rows of a set that pass the filters drawn here."""
    _other_set(zone, known.name)
    words = parts.t("table", "filter")
    text = st.text_input(
        words, placeholder=words, key="table_text", width=220, label_visibility=_HIDE
    )
    kinds = parts.t("table", "kind")
    kind = st.multiselect(
        kinds,
        grid.kinds(known),
        placeholder=kinds,
        key=f"table_kind_{known.name}",
        width=210,
        label_visibility=_HIDE,
    )
    units = zone.boundaries("unit")
    rows = [] if units is None else zip(units.table["name"], units.table.geometry, strict=True)
    places = dict(rows)
    within = parts.t("table", "within")
    place = st.selectbox(
        within,
        list(places),
        index=None,
        placeholder=within,
        key="table_within",
        width=150,
        label_visibility=_HIDE,
    )
    view = _view() if st.toggle(parts.t("table", "in_view"), key="table_here") else None
    return identify.select(known, text=text, kinds=kind, box=view, region=places.get(place or ""))


def _other_set(zone: Zone, name: str) -> None:
    """Choose another set; the table follows at once."""
    label = {one.name: parts.say(one.title, one.title_en) for one in zone.summaries()}
    names = [one for one in label if one not in _GROUND]
    picked = st.selectbox(
        parts.t("table", "set"),
        names,
        index=names.index(name) if name in names else 0,
        format_func=label.__getitem__,
        key=f"table_set_{name}",
        width=170,
        label_visibility=_HIDE,
    )
    if picked != name:
        st.session_state["opened_table"] = {"what": "table", "set": picked}
        st.rerun(scope="fragment")


def _view() -> tuple[float, float, float, float] | None:
    shown = said.shown()
    if shown is None:
        return None
    west, south, east, north = shown["bounds"]
    return west, south, east, north


def listed(shown: Boundaries, chosen: Sequence[str]) -> Boundaries:
    """The first rows, then any chosen one beyond them; the browser is not sent a whole cadastre.

    Chosen rows come last so that no other changes its place under the reader's marks.
    """
    table = shown.table
    if len(table) <= LISTED:
        return shown
    rest = table.iloc[LISTED:]
    rows = pd.concat([table.iloc[:LISTED], rest[rest["id"].isin(chosen)]])
    return replace(shown, table=rows)
