"""What the checks found, aloud: every fault with row, field, value and what to do."""

import pandas as pd
import streamlit as st

from geo import intake
from geo.units import AreaUnit, format_area
from geo.zone import Zone
from pages import data_issues, explain, parts


def draw(zone: Zone, staged: intake.Staged) -> None:
    """Rows in, rows stored, rows reported; then the log, each row with its place."""
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
        data_issues.draw(zone, staged)
    if staged.mends:
        _mends(staged)


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
