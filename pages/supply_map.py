"""The map beside the list: parcels of the filter coloured by stage, clicks choose them."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import pandas as pd
import streamlit as st

from geo.ledger import book, supply_rules
from geo.supply import totals
from geo.zone import Zone
from layers import supply_look
from layers.tint import Tint
from pages import ask, door, parts, pointed, supply_book, supply_words, tints, view
from pages.screens import Screen

SET = "parcel"
_NONE = "unentered"  # drawn, and not in the ledger
SCREEN = Screen(
    "supply", on=("zone", "unit", "road", "park", "water", "land", SET), panel="compact"
)


def listen(zone: Zone, live: Sequence[str]) -> None:
    """Choose what was just clicked on this map, before anything is drawn."""
    found = pointed.now(zone, SCREEN.key, SET, set(live))
    if found is None or (found.kind == "pick" and not found.ids):
        return
    ids = found.ids if found.kind == "region" else found.ids[:1]
    if found.kind != "pick":
        ask.choose([(SET, id_) for id_ in ids])


def show(zone: Zone, rows: pd.DataFrame, chosen: Sequence[str]) -> None:
    """Draw the map; parcels outside the filter are not there."""
    pairs = [(SET, id_) for id_ in chosen]
    with st.container(key="smap", height="stretch"):
        view.show(zone, pairs, _fly(zone, chosen), screen=SCREEN, tint=_tint(zone, rows))


def _tint(zone: Zone, rows: pd.DataFrame) -> Tint | None:
    known = zone.boundaries(SET)
    if known is None:
        return None
    words, rules = door.words()["supply"], supply_rules()
    drawn, there = rows[rows["drawn"]], set(rows["status"])
    known_stages = [one for one in rules.statuses.values() if one.id in there]
    stages = [(one.id, one.name, one.name_en, one.letter, one.letter_en) for one in known_stages]
    found = totals.totals(drawn, "status", parts.unit(), list(rules.statuses))
    texts = {one.key: f"{one.shown:,f} {supply_words.sign()}" for one in found.rows}
    legend = supply_look.legend(stages, (words["legend"][0], words["legend"][1]))
    keys = dict(zip(drawn["id"], drawn["status"], strict=True))
    return tints.of(known, keys, legend, texts)


def overview(zone: Zone) -> Tint | None:
    """Parcels of the main map by their stage today; None without shapes or without a ledger."""
    return _overview(zone, zone.version, supply_book.today())


@lru_cache(maxsize=4)
def _overview(zone: Zone, _version: int, day: date) -> Tint | None:
    known, told = zone.boundaries(SET), book(zone).supply.at(day)
    if known is None or not told:
        return None
    words = door.words()["supply"]
    keys = {
        id_: told[id_].status if id_ in told else _NONE
        for id_ in known.table["id"]
        if id_ not in told or told[id_].live
    }
    there = set(keys.values())
    stages = [
        (one.id, one.name, one.name_en, one.letter, one.letter_en)
        for one in supply_rules().statuses.values()
        if one.id in there
    ]
    if _NONE in there:
        stages.append((_NONE, words["unentered"][0], words["unentered"][1], "—", "—"))
    return tints.of(
        known, keys, supply_look.legend(stages, (words["legend"][0], words["legend"][1]))
    )


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
