"""The even path from baseline to target as a small chart, or why there is none."""

from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from geo.plan import Progress
from pages import parts
from pages.target_words import amount, rate, safe

_HEIGHT = 170


def show(row: Progress) -> None:
    """Draw the path; never one line through two definitions."""
    words = parts.section("target")
    if row.rate is None:
        st.html(f'<p class="tnote">{safe(words[why_none(row)])}</p>' if why_none(row) else "")
        return
    st.html(f'<h3 class="tsub">{safe(words["path"])}　{safe(rate(row))}</h3>')
    st.altair_chart(_chart(path(row), row), width="stretch", key="tpath")
    st.html(f'<p class="tnote">{safe(words["path_note"])}</p>')


def why_none(row: Progress) -> str:
    """The word that says why no path can be drawn; empty where there is nothing to say."""
    if row.target.value_low is None:
        return ""
    if row.baseline is None:
        return "path_no_baseline"
    if not row.comparable:
        return "path_stock" if "baseline_is_stock" in row.target.flags else "path_redefined"
    if row.target.unit == "%/年":
        return "path_rate"
    return "path_no_year" if row.target.by_year is None else ""


def path(row: Progress) -> pd.DataFrame:
    """Year, value and label of an even pace; the ends are labelled, the rest is dashed."""
    one, goal, due = row.baseline, row.target.value_low, row.target.by_year
    if one is None or goal is None or due is None or one.year is None:
        return pd.DataFrame({"year": [], "value": [], "text": []})
    years = range(due - one.year + 1)
    if row.target.unit == "%":
        values = [one.value + (goal - one.value) * n / years[-1] for n in years]
    else:
        values = [one.value * (goal / one.value) ** (n / years[-1]) for n in years]
    texts = [_said(row, one.value), *[""] * (years[-1] - 1), _said(row, goal)]
    return pd.DataFrame(
        {"year": [str(one.year + n) for n in years], "value": values, "text": texts}
    )


def _said(row: Progress, value: float) -> str:
    return amount(value, row.target.unit, row.target.unit_en)


def _chart(data: pd.DataFrame, row: Progress) -> Any:
    low, high = float(data["value"].min()), float(data["value"].max())
    room = (high - low) * 0.35
    words = parts.section("target")
    years = alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, ticks=False))
    values = alt.Y("value:Q", scale=alt.Scale(domain=[low - room, high + room]), axis=None)
    plain = alt.Chart(data).encode(x=years, y=values)
    colour = st.get_option("theme.light.primaryColor")
    ends = plain.transform_filter("datum.text != ''")
    text = ends.mark_text(dy=-14, fontSize=12, color=st.get_option("theme.light.textColor"))
    about = f"{words['path']}: {parts.say(row.target.subject, row.target.subject_en)}"
    return (
        plain.mark_line(strokeDash=[5, 4], color=colour, strokeWidth=1.5)
        + ends.mark_point(filled=True, size=70, color=colour, opacity=1)
        + text.encode(text="text:N")
    ).properties(height=_HEIGHT, description=about)
