"""The inputs of a scenario in five steps, with live totals and the button that runs it."""

import streamlit as st

from geo import scenario
from geo.errors import GeoError
from geo.zone import Zone
from pages import (
    scenario_book,
    scenario_demands,
    scenario_form,
    scenario_ground,
    scenario_limits,
    scenario_map,
    scenario_options,
    scenario_run,
    scenario_state,
    scenario_totals,
    scenario_weights,
    scenario_words,
    supply_refusal,
)
from pages.scenario_state import STEPS
from pages.target_words import safe


def show(zone: Zone) -> None:
    """Draw the view."""
    words, state = scenario_words.words(), scenario_state.now()
    if state.draft is None:
        with st.container(key="sempty"):
            st.html(f'<p class="sempty-lead">{safe(words["no_draft"])}</p>')
            st.button(words["new"], type="primary", key="c_new", on_click=_begin, args=(zone,))
        return
    try:
        prepared = scenario_book.prepared(zone, state.draft)
    except GeoError as error:
        prepared = None
        supply_refusal.told(error)
    with st.container(key="csplit", horizontal=True, gap="medium"):
        with st.container(key="cform"):
            _top(zone)
            steps = {
                "ground": scenario_ground.show,
                "demands": scenario_demands.show,
                "limits": scenario_limits.show,
                "weights": scenario_weights.show,
                "options": scenario_options.show,
            }
            with st.container(key="cstep", gap="small"):
                steps[state.step](zone, state.draft, prepared)
            with st.container(key="ctotals", gap="small"):
                scenario_totals.show(prepared)
        if prepared is not None:
            scenario_map.show(zone, scenario_map.of_present(prepared))


def _begin(zone: Zone) -> None:
    scenario_state.begin(scenario.start(zone))


def _top(zone: Zone) -> None:
    words, state = scenario_words.words(), scenario_state.now()
    with st.container(key="ctop", horizontal=True, vertical_alignment="bottom", gap="small"):
        scenario_form.text("name", words["name"])
        scenario_run.button(zone)
    if state.parent:
        st.html(f'<p class="tnote">{safe(words["from_parent"].format(id=state.parent))}</p>')
    st.session_state["c_step"] = state.step
    st.segmented_control(
        words["steps"],
        STEPS,
        required=True,
        format_func=lambda one: words[f"step_{one}"],
        key="c_step",
        label_visibility="collapsed",
        on_change=_stepped,
    )


def _stepped() -> None:
    state = scenario_state.now()
    state.step, state.refused = str(st.session_state["c_step"]), None
