"""中止计时、恢复计时. The idle clock stands still for a cause the rules know, on a paper."""

from collections.abc import Sequence

import streamlit as st

from geo.ledger import supply_rules
from geo.model import Event
from geo.supply import Draft, Parcel
from geo.zone import Zone
from pages import parts
from pages.supply_form import Form


def show(zone: Zone, parcel: Parcel) -> None:
    """Draw the form."""
    form, causes = Form("pause", (parcel.id,)), supply_rules().causes
    if not parcel.paused:
        st.selectbox(
            parts.t("supply", "cause"),
            list(causes),
            format_func=lambda one: causes[one][parts.english()],
            key=form.key("cause"),
        )
    form.papers(needed=True)

    def make(draft: Draft) -> Sequence[Event]:
        if parcel.paused:
            return [draft.resumed(parcel.id)]
        return [draft.paused(parcel.id, str(form.value("cause")))]

    form.save_button(zone, make)
