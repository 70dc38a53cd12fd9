"""修改信息. What is known of a parcel changes from a day on; an emptied field is cleared."""

from collections.abc import Sequence

import streamlit as st

from geo.errors import DataError
from geo.ledger import supply_rules
from geo.model import Event
from geo.supply import Draft, Parcel
from geo.zone import Zone
from pages import parts, supply_input, supply_words
from pages.supply_form import Form


def show(zone: Zone, parcel: Parcel) -> None:
    """Draw the form: pick fields, say what they are."""
    words, form = parts.section("supply"), Form("amend", (parcel.id,))
    picked = st.multiselect(
        words["fields"],
        list(supply_rules().fields),
        format_func=supply_words.field,
        key=form.key("fields"),
        placeholder=words["fields_hint"],
    )
    for key in picked:
        supply_input.draw(form, key, parcel)
    form.papers(needed=False)

    def make(draft: Draft) -> Sequence[Event]:
        said = supply_input.changed(form, picked, parcel)
        if not said:
            raise DataError("没有改动任何一项，无需保存", "NOTHING_TO_DO")
        return [draft.amended(parcel.id, said)]

    form.save_button(zone, make, disabled=not picked)
