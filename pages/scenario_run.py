"""Running a draft: the button, how far it has come, stopping it, and going to what came out."""

import streamlit as st

from geo import scenario
from geo.people import Act
from geo.scenario import About, Run, State
from geo.zone import Zone
from pages import parts, rights, scenario_draft, scenario_state, scenario_words

_EVERY_S = 0.5


def button(zone: Zone) -> None:
    """The button that runs the draft; closed while a run is on."""
    state = scenario_state.now()
    st.button(
        scenario_words.words()["run"],
        type="primary",
        key="c_run",
        **rights.shut(Act.SCENARIO, disabled=state.run is not None or state.draft is None),
        on_click=_start,
        args=(zone,),
    )


def _start(zone: Zone) -> None:
    state = scenario_state.now()
    if state.draft is None or state.run is not None:
        return
    state.refused = None
    about = About(parts.user(), state.parent, state.note)
    with rights.acting():
        state.run = scenario.begin(zone, state.draft, about)
    scenario_draft.sent(zone)


def line(zone: Zone) -> None:
    """How far the run of this visit has come; nothing where there is none."""
    if scenario_state.now().run is not None:
        _progress()


@st.fragment(run_every=_EVERY_S)
def _progress() -> None:
    run, words = scenario_state.now().run, scenario_words.words()
    if run is None:
        return
    if run.ended:
        _ended(run)
        st.rerun()
    step = words.get(f"at_{run.what}", run.what)
    with st.container(key="crun", horizontal=True, vertical_alignment="center", gap="small"):
        st.progress(min(run.part, 1.0), f"{scenario_words.state(run.state)} · {step}")
        told = words["cancelling" if run.stopped else "cancel"]
        st.button(told, key="c_cancel", on_click=run.cancel, disabled=run.stopped)


def _ended(run: Run) -> None:
    """Open what came out, or tell why nothing did."""
    state, words = scenario_state.now(), scenario_words.words()
    state.run = None
    if run.state is State.CANCELLED:
        state.said = words["cancelled"]
    elif run.fault is not None:
        state.refused = run.fault
    else:
        state.parent = run.id
        scenario_draft.solved()
        scenario_state.choose(run.id, "result")
        state.said = words["kept"].format(id=run.id)
