"""投资: money planned and completed by month and by lead unit; months nobody reported say so."""

from collections.abc import Sequence

import streamlit as st

from geo import projects
from geo.projects import Investment, Project
from layers import project_charts
from layers.project_charts import Sum
from pages import parts, project_state, project_sums, project_words
from pages.project_book import HELD, Seen
from pages.target_words import safe


def show(seen: Seen, found: Sequence[Project]) -> None:
    """Draw the year's charts and tables."""
    words = parts.section("project")
    with st.container(key="pmoney", horizontal=True, vertical_alignment="center"):
        year = _year(seen, found)
        whole = projects.investment(found, year)
        st.html(_plan(whole))
    stated = [m for m in whole.months if m.planned_wan is not None or m.completed_wan is not None]
    if not stated:
        told = [month.month for month in whole.months if month.projects]
        said = words["money_text_only" if told else "money_none"]
        st.info(said.format(year=year, months=project_words.joined(told)))
        month = {"view": "missing", "month": project_state.months(seen.day, 2)[-1]}
        st.button(words["to_missing"], key="pmoney_next", on_click=HELD.put, args=(month,))
        return
    left, right = st.columns(2, gap="medium")
    with left:
        st.html(f'<h3 class="tsub">{safe(words["money_months"])}</h3>')
        st.vega_lite_chart(_bars(whole), width="stretch", height=300, key="pmoney_bars")
    with right:
        st.html(f'<h3 class="tsub">{safe(words["money_sum"])}</h3>')
        st.vega_lite_chart(_lines(whole), width="stretch", height=300, key="pmoney_lines")
    st.html(project_sums.months(whole))
    st.html(f'<h3 class="tsub">{safe(words["money_units"])}</h3>{project_sums.units(found, year)}')


def _year(seen: Seen, found: Sequence[Project]) -> int:
    known = {int(month[:4]) for one in found for month in one.reports}
    known |= {year for one in found for year in one.fields.get("annual_wan", {})}
    years = [str(year) for year in sorted(known | {seen.day.year}, reverse=True)]
    asked = HELD.get("year")
    st.session_state["pm_year"] = asked if asked in years else str(seen.day.year)
    label = parts.t("project", "year")
    chosen = st.selectbox(
        label,
        years,
        key="pm_year",
        width=120,
        on_change=HELD.hear("year", "pm_year"),
        label_visibility="collapsed",
    )
    return int(chosen)


def _plan(whole: Investment) -> str:
    words, last = parts.section("project"), whole.months[-1]
    share = next((m.share for m in reversed(whole.months) if m.projects), last.share)
    said = words["money_plan"].format(
        year=whole.year,
        plan=project_words.wan(whole.annual_wan),
        done=project_words.wan(last.completed_so_far_wan),
        share=project_sums.percent(share),
        without=len(whole.unplanned),
    )
    return f'<p class="tnote">{safe(said)}</p>'


def _order() -> list[str]:
    return [parts.t("project", "planned"), parts.t("project", "completed")]


def _bars(whole: Investment) -> project_charts.Spec:
    first, second = _order()
    sums = [Sum(m.month, first, m.planned_wan) for m in whole.months]
    sums += [Sum(m.month, second, m.completed_wan) for m in whole.months]
    return project_charts.months(sums, [first, second], project_words.unit("万元"))


def _lines(whole: Investment) -> project_charts.Spec:
    """Sums so far, up to the last month reported: what nobody reported is not drawn as flat."""
    (first, second), now = _order(), max(m.month for m in whole.months if m.projects)
    rows = [m for m in whole.months if m.month <= now]
    sums = [Sum(m.month, first, m.planned_so_far_wan) for m in rows]
    sums += [Sum(m.month, second, m.completed_so_far_wan) for m in rows]
    plan = parts.t("project", "annual").format(sum=project_words.wan(whole.annual_wan))
    words = {"unit": project_words.unit("万元"), "plan": plan}
    return project_charts.curve(sums, [first, second], whole.annual_wan, words)
