"""办理. What can be done to one parcel: change its stage, amend, split, renumber, pause, undo."""

import streamlit as st

from geo.ledger import book, supply_rules
from geo.supply import Parcel
from geo.zone import Zone
from pages import (
    parts,
    supply_amend,
    supply_book,
    supply_move,
    supply_pause,
    supply_split,
    supply_undo,
)
from pages import supply_moment as moments

ACTS = ("move", "amend", "split", "renumber", "pause", "undo")


def show(zone: Zone, shown: Parcel) -> None:
    """Draw the acts that are open and the form of the one chosen."""
    words = parts.section("supply")
    if moments.past():
        st.info(words["past_closed"])
        return
    parcel = book(zone).supply.parcel(shown.id, supply_book.today()) or shown
    acts = [one for one in ACTS if one in _open(parcel)]
    act = st.pills(
        words["acts"],
        acts,
        default=acts[0],
        required=True,
        format_func=lambda one: words[f"act_{_named(one, parcel)}"],
        key=f"sp_act_{parcel.id}",
        label_visibility="collapsed",
    )
    forms = {
        "move": supply_move.show,
        "amend": supply_amend.show,
        "split": supply_split.show,
        "renumber": supply_split.renumber,
        "pause": supply_pause.show,
        "undo": supply_undo.show,
    }
    with st.container(key="sp_form", gap="small"):
        forms[act or acts[0]](zone, parcel)


def _open(parcel: Parcel) -> set[str]:
    if not parcel.live:
        return {"undo"}
    pausable = parcel.paused or parcel.status in supply_rules().pausable
    return {"move", "amend", "split", "renumber", "undo"} | ({"pause"} if pausable else set())


def _named(act: str, parcel: Parcel) -> str:
    return "resume" if act == "pause" and parcel.paused else act
