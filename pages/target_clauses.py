"""The clauses of the plan as a list, and the one that is asked for."""

import pandas as pd
import streamlit as st

from geo.zone import Zone
from pages import parts, target_address, target_clause
from pages.target_chooser import Chooser
from pages.target_words import safe

_EXAMPLE = "三(四)2"


def show(zone: Zone) -> None:
    """Draw the list and, beside it, the clause that is asked for."""
    words = parts.section("target")
    asked = st.query_params.get("clause", "")
    clause = zone.plan.clause(asked)
    st.html(f'<p class="tnote">{safe(words["clause_note"])}</p>')
    with st.container(key="tsplit_clause", horizontal=True, gap="medium"):
        with st.container(key="tclauses"):
            _list(zone)
        with st.container(key="tclauseview"):
            if clause is None:
                _none(words["clause_unknown" if asked else "clause_pick"])
            else:
                target_clause.show(zone, clause)


def _none(why: str) -> None:
    st.info(parts.plain(why))
    label = parts.plain(parts.t("target", "clause_example"))
    st.button(label, key="tclause_eg", on_click=target_address.open_clause, args=(_EXAMPLE,))


def frame(zone: Zone) -> pd.DataFrame:
    """One row per clause with how much it speaks of."""
    missing = {one.id for one in zone.catalog.unplaced}
    views = [(one, zone.plan.of_clause(one.id)) for one in zone.plan.clauses]
    return pd.DataFrame(
        {
            "clause": one.id,
            "clause_title": parts.say(one.title, one.title_en),
            "clause_targets": len(view.targets),
            "clause_places": len(view.entities),
            "clause_drawn": sum(entity.id not in missing for entity in view.entities),
        }
        for one, view in views
    )


def _list(zone: Zone) -> None:
    words, column = parts.section("target"), st.column_config
    columns = {
        "clause": column.TextColumn(words["clause"], width=66, pinned=True),
        "clause_title": column.TextColumn(
            words["clause_title"], width=272 if parts.english() else 190
        ),
        **{
            name: column.NumberColumn(words[name], width=68)
            for name in ("clause_targets", "clause_places", "clause_drawn")
        },
    }
    ids = [one.id for one in zone.plan.clauses]
    Chooser("clause", ids, words["view_clauses"]).show(frame(zone), columns)
