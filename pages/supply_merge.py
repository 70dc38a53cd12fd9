"""合并. Several parcels of one stage become one, with the union of their shapes."""

from collections.abc import Sequence

import streamlit as st

from geo.errors import DataError
from geo.ledger import book
from geo.model import Event
from geo.supply import Draft, Parcel, merge
from geo.zone import Zone
from pages import parts
from pages.supply_form import Form
from pages.target_words import safe


def show(zone: Zone, parcels: Sequence[Parcel]) -> None:
    """Draw the form."""
    words = parts.section("supply")
    form = Form("merge", tuple(one.id for one in parcels))
    if any(not one.live for one in parcels) or len({one.status for one in parcels}) > 1:
        st.info(words["merge_shut"])
        return
    st.text_input(words["new_id"], key=form.key("id"))
    st.html(f'<p class="tnote">{safe(words["shape_union"])}</p>')
    form.papers(needed=True)

    def make(draft: Draft) -> Sequence[Event]:
        fresh = str(form.value("id") or "").strip()
        if not fresh:
            raise DataError("请填写新的宗地编号", "ID_EMPTY")
        found = book(zone).supply.at(draft.on)
        absent = [id_ for id_ in form.ids if id_ not in found]
        if absent:
            raise DataError(f"{'、'.join(absent)} 在 {draft.on} 尚未入账，请改生效日期", "DAY")
        return merge(draft, [found[id_] for id_ in form.ids], fresh)

    form.save_button(zone, make)
