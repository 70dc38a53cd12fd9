"""What the ledger says of a parcel on the card of the main map, and the way to its history."""

from html import escape

import streamlit as st

from geo.ledger import book, supply_rules
from geo.zone import Zone
from layers import card
from pages import parts, supply_book, supply_map, supply_sums


def draw(zone: Zone, id_: str) -> None:
    """Stage today and since when; nothing where the parcel is not in the ledger."""
    words, parcel = parts.section("supply"), book(zone).supply.parcel(id_, supply_book.today())
    if parcel is None or not parcel.live:
        st.html(card.line(words["legend"], words["unentered"]))
        return
    stage = supply_rules().statuses[parcel.status]
    since = words["since"].format(day=parcel.since)
    name = escape(parts.say(stage.name, stage.name_en))
    st.html(f"{supply_sums.badge(parcel.status)} <b>{name}</b> <small>{escape(since)}</small>")
    if st.button(words["to_ledger"], key=f"ledger_{id_}", type="tertiary"):
        parts.go("supply", sel=f"{supply_map.SET}:{id_}")
