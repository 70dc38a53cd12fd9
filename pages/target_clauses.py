"""Clauses of the plan: their targets, their places, and one button that lights these up."""

import pandas as pd
import streamlit as st

from geo.plan import Clause
from geo.zone import Zone
from pages import parts, target_places
from pages.target_table import ROW_HEIGHT
from pages.target_words import plain, safe, wanted


def show(zone: Zone) -> None:
    """Draw the list and, beside it, the clause that is asked for."""
    words = parts.section("target")
    asked = st.query_params.get("clause", "")
    clause = zone.plan.clause(asked)
    st.html(f'<p class="tnote">{safe(words["clause_note"])}</p>')
    with st.container(key="tsplit_clause", horizontal=True, gap="medium"):
        with st.container(key="tclauses"):
            _list(zone, asked)
        with st.container(key="tclause"):
            if clause is None:
                st.info(words["clause_unknown" if asked else "clause_pick"])
                example = ("三(四)2",)
                st.button(
                    plain(words["clause_example"]),
                    on_click=target_places.open_clause,
                    args=example,
                )
            else:
                _clause(zone, clause)


def frame(zone: Zone) -> pd.DataFrame:
    """One row per clause with how much it speaks of."""
    missing = {one.id for one in zone.catalog.unplaced}
    views = [zone.plan.of_clause(one.id) for one in zone.plan.clauses]
    return pd.DataFrame(
        {
            "id": [one.id for one in zone.plan.clauses],
            "title": [parts.say(one.title, one.title_en) for one in zone.plan.clauses],
            "targets": [len(view.targets) for view in views],
            "places": [len(view.entities) for view in views],
            "drawn": [sum(e.id not in missing for e in view.entities) for view in views],
        }
    )


def _list(zone: Zone, asked: str) -> None:
    words, column = parts.section("target"), st.column_config
    ids = [one.id for one in zone.plan.clauses]
    turn = st.session_state.get("tclause_turn", 0)
    key = f"tclause_table_{turn}_{parts.english()}"
    if key in st.session_state and _picked(key, ids) != asked:
        st.session_state["tclause_turn"] = turn + 1
        key = f"tclause_table_{turn + 1}_{parts.english()}"
    st.dataframe(
        frame(zone),
        key=key,
        height="stretch",
        row_height=ROW_HEIGHT,
        hide_index=True,
        column_config={
            "id": column.TextColumn(words["clause"], width=76, pinned=True),
            "title": column.TextColumn(words["clause_title"], width=(210, 290)[parts.english()]),
            "targets": column.NumberColumn(words["clause_targets"], width=70),
            "places": column.NumberColumn(words["clause_places"], width=70),
            "drawn": column.NumberColumn(words["clause_drawn"], width=76),
        },
        on_select=lambda: _keep(key, ids),
        selection_mode="single-row",
        selection_default={"selection": {"rows": [ids.index(asked)] if asked in ids else []}},
        alt=words["view_clauses"],
    )


def _picked(key: str, ids: list[str]) -> str:
    rows = st.session_state[key]["selection"]["rows"]
    return ids[rows[0]] if rows else ""


def _keep(key: str, ids: list[str]) -> None:
    target_places.forget()
    if found := _picked(key, ids):
        st.query_params["clause"] = found


def _clause(zone: Zone, clause: Clause) -> None:
    pass
