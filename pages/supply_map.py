"""The map beside the list: parcels of the filter coloured by stage, clicks choose them.

Another day may lie beside it under a divider.
"""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from geo.ledger import Moment, supply_rules
from geo.supply import totals
from geo.zone import Zone
from layers.tint import Tint
from pages import (
    ask,
    day_versus,
    parts,
    pointed,
    supply_book,
    supply_filter,
    supply_moment,
    supply_stage,
    supply_state,
    supply_words,
    tints,
    view,
)
from pages.screens import Screen

SET = supply_stage.SET
_ON = ("zone", "unit", "road", "park", "water", "land", SET)
SCREEN = Screen("supply", on=_ON, panel="compact")
OTHER = Screen("supply_b", on=_ON, panel="compact", offers=())


def listen(zone: Zone, live: Sequence[str]) -> None:
    """Choose what was just clicked on this map, before anything is drawn."""
    for key in (SCREEN.key, OTHER.key):
        found = pointed.now(zone, key, SET, set(live))
        if found is None or found.kind == "pick":
            continue
        ids = found.ids if found.kind == "region" else found.ids[:1]
        ask.choose([(SET, id_) for id_ in ids])


def show(zone: Zone, rows: pd.DataFrame, chosen: Sequence[str]) -> None:
    """Draw the map; parcels outside the filter are not there."""
    pairs, fly = [(SET, id_) for id_ in chosen], _fly(zone, chosen)
    day, other = supply_state.day("asof") or supply_book.today(), supply_state.day("versus")
    tint = _tint(zone, rows)
    with st.container(key="smap", height="stretch"):
        if other is None or tint is None or supply_state.get("since"):
            view.show(zone, pairs, fly, screen=SCREEN, tint=tint)
            return
        then = supply_book.snapshot(zone, Moment(other, supply_moment.asked(zone).known))
        second = _tint(zone, supply_filter.chosen(zone, then.table))
        with st.container(key="pair_swipe", horizontal=True, height="stretch", gap="small"):
            with st.container(key="cmap_a", height="stretch"):
                left = day_versus.told(tint, day, "left")
                view.show(zone, pairs, fly, screen=SCREEN, tint=left)
            with st.container(key="cmap_b", height="stretch"):
                right = second and day_versus.told(second, other, "right")
                view.show(zone, pairs, screen=OTHER, tint=right)


def _tint(zone: Zone, rows: pd.DataFrame) -> Tint | None:
    known = zone.boundaries(SET)
    if known is None:
        return None
    drawn = rows[rows["drawn"]]
    found = totals.totals(drawn, "status", parts.unit(), list(supply_rules().statuses))
    texts = {one.key: f"{one.shown:,f} {supply_words.sign()}" for one in found.rows}
    keys = dict(zip(drawn["id"], drawn["status"], strict=True))
    return tints.of(known, keys, supply_stage.legend(zone, set(rows["status"])), texts)


def _fly(zone: Zone, chosen: Sequence[str]) -> dict[str, object] | None:
    """Where to go for what was chosen elsewhere than on this map; the map goes there once."""
    asked = st.session_state.get("asked") or {}
    if not asked.get("fly"):
        return None
    boxes = [box for id_ in chosen if (box := zone.bounds(SET, id_))]
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    bounds = [min(west), min(south), max(east), max(north)]
    return {"nonce": asked["nonce"], "bounds": bounds}
