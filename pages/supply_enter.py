"""登记入账. One new parcel by hand, at whatever stage it is."""

from collections.abc import Sequence

import streamlit as st

from geo.errors import DataError
from geo.ledger import supply_rules
from geo.model import Event
from geo.people import Act
from geo.supply import Draft
from geo.zone import Zone
from pages import parts, rights, supply_input, supply_words
from pages.supply_form import Form

_FIELDS = ["area_m2", "use", "location", "project", "realm"]


def button(zone: Zone) -> None:
    """The button that opens the form."""
    words = parts.section("supply")
    why = rights.barred(Act.LEDGER)
    told = why or words["enter_help"]
    with st.popover(words["enter"], key="senter", help=told, disabled=bool(why)):
        form = Form("enter", ())
        st.text_input(words["col_id"] + words["needed"], key=form.key("id"))
        st.selectbox(
            words["col_status"] + words["needed"],
            list(supply_rules().statuses),
            format_func=supply_words.marked,
            key=form.key("status"),
        )
        for key in _FIELDS:
            supply_input.draw(form, key, needed=key in supply_rules().entry)
        form.papers(needed=False)

        def make(draft: Draft) -> Sequence[Event]:
            id_ = str(form.value("id") or "").strip()
            if not id_:
                raise DataError("请填写宗地编号", "ID_EMPTY")
            said = supply_input.given(form, _FIELDS)
            return [draft.entered(id_, str(form.value("status")), said)]

        form.save_button(zone, make)
