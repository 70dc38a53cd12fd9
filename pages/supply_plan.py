"""供应计划. The year's plan by use and quarter against what was supplied, and the entry form."""

import streamlit as st

from geo.chronicle import standing
from geo.ledger import book, reckon
from geo.zone import Zone
from pages import parts, supply_plan_entry, supply_plan_table, supply_state, supply_words
from pages.supply_book import Snapshot
from pages.target_words import safe


def show(zone: Zone, now: Snapshot) -> None:
    """Draw the view."""
    words, years = parts.section("supply"), _years(zone, now)
    asked = supply_state.get("year", str(now.day.year))
    st.session_state["sq_year"] = asked if asked in years else str(now.day.year)
    with st.container(key="splan_head", horizontal=True, vertical_alignment="bottom", gap="small"):
        year = st.selectbox(
            words["year"],
            years,
            key="sq_year",
            width=120,
            on_change=supply_state.from_widget,
            args=("year", "sq_year"),
        )
        supply_plan_entry.button(zone, int(year or now.day.year))
    found = reckon.year_plan(zone, int(year or now.day.year), now.day)
    if not found.rows:
        st.info(words["plan_none"].format(year=found.year))
        return
    st.html(supply_plan_table.figures(found))
    with st.container(key="splan", horizontal=True, gap="large"):
        with st.container(key="splan_chart"):
            about = f"{words['view_plan']} {found.year}"
            st.altair_chart(supply_plan_table.chart(found, about), width="stretch", key="sq_chart")
        with st.container(key="splan_table"):
            st.dataframe(
                supply_plan_table.table(found), hide_index=True, height="content", alt=about
            )
    notes = [words["plan_note"].format(day=found.day, unit=supply_words.sign())]
    notes += [words["plan_blank"].format(ids="、".join(found.blank))] if found.blank else []
    if found.unplanned:
        uses = "、".join(supply_words.use(code) or words["none_use"] for code in found.unplanned)
        notes.append(words["plan_unplanned"].format(uses=uses))
    st.html("".join(f'<p class="tnote">{safe(note)}</p>' for note in notes))


def _years(zone: Zone, now: Snapshot) -> list[str]:
    """Years with a plan or a supply, and this and the next one, the latest first."""
    entries = standing([e for e in book(zone).entries if e.event.subject.startswith("plan/")])
    planned = {entry.event.subject.partition("/")[2] for entry in entries}
    supplied = {year for year in now.table["year"] if year}
    return sorted(planned | supplied | {str(now.day.year), str(now.day.year + 1)}, reverse=True)
