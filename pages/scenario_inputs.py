"""The inputs of a scenario in five steps, with live totals and the button that runs it."""

from collections.abc import Callable

import streamlit as st

from geo import scenario
from geo.errors import GeoError
from geo.scenario import Definition, Prepared
from geo.zone import Zone
from pages import (
    scenario_book,
    scenario_demands,
    scenario_ground,
    scenario_limits,
    scenario_limits_draw,
    scenario_map,
    scenario_options,
    scenario_paint,
    scenario_paint_map,
    scenario_paint_state,
    scenario_phases,
    scenario_phases_map,
    scenario_state,
    scenario_steps,
    scenario_totals,
    scenario_uses,
    scenario_weights,
    scenario_words,
    supply_refusal,
)
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
        prepared = scenario_book.prepared(zone, scenario_uses.bare(state.draft))
    except GeoError as error:
        prepared = None
        supply_refusal.told(error)
    if prepared is not None and state.step == "paint":
        scenario_paint_state.listen(zone, prepared)
    if state.step == "limits":
        scenario_limits_draw.listen()
    draft = state.draft
    with st.container(key="csplit", horizontal=True, gap="medium"):
        with st.container(key="cform"):
            scenario_steps.show(zone)
            with st.container(key="cstep", gap="small"):
                _SHOWN[state.step](zone, draft, prepared)
            if state.step != "paint":
                with st.container(key="ctotals", gap="small"):
                    scenario_totals.show(zone, draft, prepared)
        if prepared is not None:
            _map(zone, draft, prepared)


_SHOWN: dict[str, Callable[[Zone, Definition, Prepared | None], None]] = {
    "ground": scenario_ground.show,
    "demands": scenario_demands.show,
    "limits": scenario_limits.show,
    "weights": scenario_weights.show,
    "options": scenario_options.show,
    "phases": scenario_phases.show,
    "paint": scenario_paint.show,
}


def _map(zone: Zone, draft: Definition, prepared: Prepared) -> None:
    step = scenario_state.now().step
    if step == "paint":
        scenario_paint_map.show(zone, draft, prepared)
    elif step == "limits":
        scenario_limits_draw.show(zone, draft, prepared)
    elif step == "phases":
        scenario_map.show(zone, scenario_phases_map.tint(prepared))
    else:
        scenario_map.show(zone, scenario_map.of_present(prepared))


def _begin(zone: Zone) -> None:
    scenario_state.begin(scenario.start(zone))
