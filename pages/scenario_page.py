"""方案. Land-use scenarios: listed, asked in steps, run, explained, compared, approved."""

import streamlit as st

from geo.zone import Zone
from pages import (
    draft_offer,
    parts,
    scenario_compare,
    scenario_draft,
    scenario_inputs,
    scenario_list,
    scenario_result,
    scenario_run,
    scenario_state,
    scenario_words,
    supply_refusal,
)
from pages.scenario_state import VIEWS
from pages.target_words import safe


@parts.told
def page(zone: Zone) -> None:
    """Draw the page."""
    st.html(f'<h1 class="sr">{safe(parts.t("app", "scenario"))}</h1>')
    body(zone)


@st.fragment
@parts.told
def body(zone: Zone) -> None:
    """All of it; a click reruns only this."""
    state = scenario_state.now()
    scenario_draft.keep(zone)
    if state.said:
        st.toast(state.said)
        state.said = ""
    with st.container(key="chead", horizontal=True, vertical_alignment="center", gap="medium"):
        _view()
        scenario_run.line(zone)
    if state.refused is not None:
        supply_refusal.told(state.refused)
    draft_offer.show(scenario_draft.offer(zone))
    scenario_state.write()
    shown = {
        "list": scenario_list.show,
        "inputs": scenario_inputs.show,
        "result": scenario_result.show,
        "compare": scenario_compare.show,
    }
    shown[state.view](zone)
    scenario_draft.keep(zone)  # with what the map told meanwhile


def _view() -> None:
    words, state = scenario_words.words(), scenario_state.now()
    st.session_state["c_view"] = state.view
    st.segmented_control(
        words["views"],
        VIEWS,
        required=True,
        format_func=lambda one: words[f"view_{one}"],
        key="c_view",
        label_visibility="collapsed",
        on_change=_chose,
    )


def _chose() -> None:
    state = scenario_state.now()
    state.view, state.refused = str(st.session_state["c_view"]), None
