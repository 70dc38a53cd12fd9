"""One scenario: how good and how firm it is, what each demand got, indicators, sources, out."""

import streamlit as st

from geo.zone import Zone
from layers.tint import Tint
from pages import (
    scenario_analysis,
    scenario_approve,
    scenario_book,
    scenario_export,
    scenario_figures,
    scenario_flow,
    scenario_head,
    scenario_impossible,
    scenario_indicators,
    scenario_map,
    scenario_span,
    scenario_state,
    scenario_words,
    tabs,
)
from pages.scenario_book import Found

TABS = ("demands", "figures", "flow", "study", "sources", "out")


def show(zone: Zone) -> None:
    """Draw the view."""
    words, state = scenario_words.words(), scenario_state.now()
    rows = scenario_book.listed(zone)
    ids = [one.id for one in rows]
    if not ids:
        st.info(words["nothing_yet"])
        return
    if state.id not in ids:
        state.id = ids[0]
    found = scenario_book.opened(zone, state.id)
    scenario_analysis.heard(found)
    with st.container(key="csplit", horizontal=True, gap="medium"):
        with st.container(key="cform"):
            _choose(ids, {one.id: scenario_words.named(one) for one in rows})
            scenario_head.show(found)
            if found.told:
                scenario_impossible.show(zone, found)
            scenario_span.show(found)
            tint = _tab(zone, found)
        shown = tint or scenario_span.tint(found)
        scenario_map.show(zone, shown, drawn=scenario_analysis.outlined(found))


def _choose(ids: list[str], names: dict[str, str]) -> None:
    state = scenario_state.now()
    st.session_state["c_id"] = state.id
    st.selectbox(
        scenario_words.words()["view_result"],
        ids,
        format_func=lambda one: names[one],
        key="c_id",
        label_visibility="collapsed",
        on_change=lambda: scenario_state.choose(str(st.session_state["c_id"])),
    )


def _tab(zone: Zone, found: Found) -> Tint | None:
    """What is open below the head; answers with the map it asks for, if another."""
    words = scenario_words.words()
    tab = tabs.one_of(words["tabs"], {one: words[f"tab_{one}"] for one in TABS}, "c_tab")
    with st.container(key="cstep", gap="small"):
        if tab == "study":
            return scenario_analysis.show(zone, found)
        if tab == "out":
            scenario_export.show(zone, scenario_span.told(found))
            scenario_approve.show(zone, found)
            return None
        text = {
            "demands": scenario_figures.demands,
            "figures": scenario_indicators.indicators,
            "flow": scenario_flow.present,
            "sources": scenario_indicators.sources,
        }
        st.html(text[tab](scenario_span.told(found)))
    return None
