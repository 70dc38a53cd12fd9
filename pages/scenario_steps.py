"""The head of the inputs: name, the button that runs, and the steps."""

import streamlit as st

from geo.zone import Zone
from pages import scenario_form, scenario_run, scenario_state, scenario_words
from pages.scenario_state import STEPS
from pages.target_words import safe


def show(zone: Zone) -> None:
    """Draw it."""
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
