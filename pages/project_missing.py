"""月报: who owes a report of a month and has not handed it in, by lead unit; the form beside."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from geo import projects
from geo.projects import Missing
from pages import parts, project_state, project_words
from pages.project_book import HELD, Seen
from pages.target_words import safe

_MONTHS = 36


def show(seen: Seen) -> None:
    """Draw the list of a month."""
    words, months = parts.section("project"), project_state.months(seen.day, _MONTHS)
    asked = HELD.get("month")
    st.session_state["pr_month"] = asked if asked in months else months[min(1, len(months) - 1)]
    month = st.selectbox(
        words["month"],
        months,
        key="pr_month",
        width=180,
        on_change=HELD.hear("month", "pr_month"),
    )
    owed = [one for one in seen.projects.values() if projects.owes(one, month)]
    rows = projects.missing(seen.register, month, seen.day, seen.moment.known)
    due = projects.due(month, seen.rules)
    said = words["missing_note"].format(
        month=month, owed=len(owed), given=len(owed) - len(rows), missing=len(rows), due=due
    )
    st.html(f'<p class="tnote">{safe(said)}</p>')
    if not owed:
        st.info(words["missing_nobody"])
    elif not rows:
        st.success(words["missing_none"].format(month=month))
    else:
        _table(rows, month)
    others = _others(seen)
    if others:
        st.html(f'<p class="tnote">{safe(words["owes_none"].format(number=others))}</p>')


def _others(seen: Seen) -> int:
    """Projects of which the office itself has recorded nothing: they owe no report."""
    return sum(one.live and one.adopted is None for one in seen.projects.values())


def frame(rows: Sequence[Missing]) -> pd.DataFrame:
    """One row per report that is missing."""
    return pd.DataFrame(
        {
            "col_lead": project_words.office(one.lead),
            "col_id": one.id,
            "col_name": one.name,
            "col_due": one.due.isoformat(),
            "last_report": one.last or parts.t("project", "never"),
        }
        for one in rows
    )


def _table(rows: Sequence[Missing], month: str) -> None:
    words = parts.section("project")
    widths = {"col_lead": 200, "col_id": 80, "col_name": 340, "col_due": 120, "last_report": 130}
    key = f"pmissing_{month}_{len(rows)}_{parts.english()}"
    st.dataframe(
        frame(rows),
        key=key,
        height="content",
        row_height=33,
        hide_index=True,
        width="content",
        column_config={
            name: st.column_config.TextColumn(words[name], width=width)
            for name, width in widths.items()
        },
        on_select=lambda: _open(key, rows),
        selection_mode="single-row",
        alt=words["view_missing"],
    )
    st.html(f'<p class="tnote">{safe(words["missing_pick"])}</p>')


def _open(key: str, rows: Sequence[Missing]) -> None:
    """Open the report's form beside the list."""
    picked = st.session_state[key]["selection"]["rows"]
    if picked:
        one = rows[picked[0]]
        HELD.put({"project": one.id, "act": "reported", "month": one.month})
