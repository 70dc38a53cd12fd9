"""Edit in place: a few columns of the list, one reason for all that was changed, one save."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from geo.errors import DataError
from geo.model import Event
from geo.supply import Draft
from geo.zone import Zone
from pages import parts, supply_moment, supply_words
from pages.supply_book import Snapshot
from pages.supply_form import Form
from pages.target_words import safe

FIELDS = ("agreed_start", "agreed_finish", "invest_wan", "invested_wan", "started_m2", "note")
_DAYS, _ROWS = ("agreed_start", "agreed_finish"), 500


def possible() -> bool:
    """Whether the list can be edited: not in the past."""
    return not supply_moment.past()


def show(zone: Zone, now: Snapshot, rows: pd.DataFrame) -> None:
    """Draw the table with the bar that saves what was changed."""
    words, shown = parts.section("supply"), rows.head(_ROWS)
    ids = list(shown["id"])
    form = Form("edit", tuple(ids))
    st.data_editor(
        _frame(shown),
        key=_key(form),
        height="stretch",
        hide_index=True,
        disabled=["id", "status"],
        placeholder="—",
        column_config=_columns(),
    )
    changes = changed(st.session_state.get(_key(form), {}), ids)
    count = sum(len(one) for one in changes.values())
    small = Form("edited", tuple(changes))
    with st.container(key="sedit", horizontal=True, vertical_alignment="bottom", gap="small"):
        st.html(f'<p class="tnote">{safe(words["edits"].format(number=count))}</p>')
        if count:
            st.text_input(
                words["reason"],
                key=_reason(),
                placeholder=words["reason"],
                label_visibility="collapsed",
            )
            st.session_state[small.key("reason")] = st.session_state[_reason()]

            def make(draft: Draft) -> Sequence[Event]:
                if not changes:
                    raise DataError("没有改动任何一项，无需保存", "NOTHING_TO_DO")
                return [draft.amended(id_, said) for id_, said in changes.items()]

            small.save_button(zone, make)


def changed(state: Mapping[str, Any], ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Parcel → field → new value, from what the editor says of its rows."""
    edits = state.get("edited_rows", {})
    return {ids[int(row)]: dict(cells) for row, cells in edits.items() if cells}


def _key(form: Form) -> str:
    return f"sgrid_{hash(form.ids)}_{st.session_state.get('sform_turn', 0)}"


def _reason() -> str:
    return f"sedit_reason_{st.session_state.get('sform_turn', 0)}"


def _frame(rows: pd.DataFrame) -> pd.DataFrame:
    cells = rows[["id", "status", *FIELDS]].copy()
    cells["status"] = [supply_words.marked(one) for one in cells["status"]]
    for key in _DAYS:
        cells[key] = pd.to_datetime(cells[key])
    return cells


def _columns() -> dict[str, Any]:
    words = parts.section("supply")
    config, found = st.column_config, dict[str, Any]()
    found["id"] = config.TextColumn(words["col_id"], pinned=True, width=104)
    found["status"] = config.TextColumn(words["col_status"], width=96)
    for key in FIELDS:
        name = supply_words.field(key)
        if key in _DAYS:
            found[key] = config.DateColumn(name, format="YYYY-MM-DD", width=120)
        elif key == "note":
            found[key] = config.TextColumn(name, width=200)
        else:
            unit = "㎡" if key == "started_m2" else "万元"
            label = f"{name}/{supply_words.unit(unit)}"
            found[key] = config.NumberColumn(label, min_value=0, format="localized", width=140)
    return found
