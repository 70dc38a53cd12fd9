"""分割、变更编号. Areas of the parts close on the whole; a new number keeps all that is known."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from geo.errors import DataError
from geo.ledger import book, supply_rules
from geo.model import Event
from geo.supply import Draft, Parcel, split
from geo.supply import renumber as renumbered
from geo.zone import Zone
from pages import parts
from pages.supply_form import Form
from pages.target_words import safe


def show(zone: Zone, parcel: Parcel) -> None:
    """Draw the form of a split: a row a part, and what is left to give out."""
    words, form = parts.section("supply"), Form("split", (parcel.id,))
    start = pd.DataFrame({"id": [f"{parcel.id}-1", f"{parcel.id}-2"], "area": [None, None]})
    rows = st.data_editor(
        start.astype({"area": float}),
        key=form.key("rows"),
        num_rows="dynamic",
        hide_index=True,
        column_config={
            "id": st.column_config.TextColumn(words["new_id"], required=True),
            "area": st.column_config.NumberColumn(f"{words['col_area']}/㎡", min_value=0.0),
        },
    )
    whole, given = parcel.area_m2 or 0.0, float(rows["area"].sum())
    slack = supply_rules().tolerance.lineage_m2 * (1 + len(rows))
    text = words["closing"].format(
        whole=f"{whole:,.2f}", given=f"{given:,.2f}", rest=f"{whole - given:+,.2f}", slack=slack
    )
    kind = "yes" if abs(whole - given) <= slack else "warn"
    st.html(f'<p class="chip {kind} swrap">{safe(text)}</p>')
    st.html(f'<p class="tnote">{safe(words["shape_later"])}</p>')
    form.papers(needed=True)

    def make(draft: Draft) -> Sequence[Event]:
        into = {
            str(id_).strip(): {"area_m2": float(area)}
            for id_, area in zip(rows["id"], rows["area"], strict=True)
            if id_ and not pd.isna(area)
        }
        return split(draft, _on(zone, parcel.id, draft), into)

    form.save_button(zone, make)


def renumber(zone: Zone, parcel: Parcel) -> None:
    """Draw the form of a new number."""
    words, form = parts.section("supply"), Form("renumber", (parcel.id,))
    st.text_input(words["new_id"], key=form.key("id"))
    st.html(f'<p class="tnote">{safe(words["shape_copied"])}</p>')
    form.papers(needed=True)

    def make(draft: Draft) -> Sequence[Event]:
        fresh = str(form.value("id") or "").strip()
        if not fresh:
            raise DataError("请填写新的宗地编号", "ID_EMPTY")
        return renumbered(draft, _on(zone, parcel.id, draft), fresh)

    form.save_button(zone, make)


def _on(zone: Zone, id_: str, draft: Draft) -> Parcel:
    found = book(zone).supply.parcel(id_, draft.on)
    if found is None:
        raise DataError(f"宗地 {id_} 在 {draft.on} 尚未入账，请改生效日期", "DAY")
    return found
