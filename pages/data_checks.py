"""What the checks found, aloud: every fault with row, field, value and what to do."""

import pandas as pd
import streamlit as st

from geo import intake
from geo.units import AreaUnit, format_area
from layers import issues_sheet
from pages import download, explain, parts


def draw(staged: intake.Staged) -> None:
    """Rows in, rows stored, rows reported; then the log, as a table and as Excel."""
    words = parts.section("store")
    figures = st.columns(5)
    for column, (key, value) in zip(
        figures,
        {
            "rows_in": f"{staged.features:,}",
            "rows_stored": f"{staged.stored:,}",
            "rows_reported": f"{staged.reported:,}",
            "crs": staged.crs or "—",
            "encoding": staged.encoding or "—",
        }.items(),
        strict=True,
    ):
        column.metric(words[key], value, border=True)
    if not staged.accepted:
        st.error(words["refused"])
    if staged.issues:
        _log(staged)
    if staged.mends:
        _mends(staged)


def _log(staged: intake.Staged) -> None:
    words = parts.section("store")
    rows = [
        {
            words["severity"]: words[f"severity_{one.severity}"],
            words["code"]: one.code,
            words["row"]: one.row or None,
            words["field"]: one.field,
            words["value"]: one.value,
            words["message"]: explain.beside(one.code, one.message, english=parts.english()),
        }
        for one in staged.issues
    ]
    frame = pd.DataFrame(rows)
    st.dataframe(
        frame,
        hide_index=True,
        height=min(38 + 35 * len(rows), 300),
        placeholder="—",
        column_config={
            words["severity"]: st.column_config.TextColumn(width=60),
            words["code"]: st.column_config.TextColumn(width=160),
            words["row"]: st.column_config.NumberColumn(width=60),
            words["field"]: st.column_config.TextColumn(width=110),
            words["value"]: st.column_config.TextColumn(width=150),
            words["message"]: st.column_config.TextColumn(width=820),
        },
    )
    download.button(
        words["log"],
        lambda: issues_sheet.workbook(staged.issues, _about(staged)),
        f"{staged.name}_issues.xlsx",
        key="issues_xlsx",
        told={"set": staged.name, "rows": len(staged.issues)},
    )


def _mends(staged: intake.Staged) -> None:
    """Shapes that would be repaired: area before and after."""
    words = parts.section("store")
    english = parts.english()
    rows = [
        {
            words["row"]: one.row,
            words["message"]: explain.beside(one.code, one.why, english=parts.english()),
            words["old"]: format_area(one.before_m2, AreaUnit.M2, english=english),
            words["new"]: format_area(one.after_m2, AreaUnit.M2, english=english),
        }
        for one in staged.mends
    ]
    st.caption(words["mends"])
    st.dataframe(pd.DataFrame(rows), hide_index=True, height=min(38 + 35 * len(rows), 220))


def _about(staged: intake.Staged) -> dict[str, str]:
    words = parts.section("store")
    return {
        words["upload"]: staged.filename,
        words["as"]: staged.name,
        words["rows_in"]: str(staged.features),
        words["rows_stored"]: str(staged.stored),
        words["rows_reported"]: str(staged.reported),
        "SHA-256": staged.digest,
    }
