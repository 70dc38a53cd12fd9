"""What the reader does with scenarios, kept for the visit; view and choice stand in the address."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from geo.errors import GeoError
from geo.scenario import Definition, Run
from pages import ask

VIEWS = ("list", "inputs", "result", "compare")
STEPS = ("ground", "demands", "limits", "weights", "options", "phases", "paint")


@dataclass(slots=True)
class State:
    """Which view, which scenario and which beside it; the draft with the one it was made from.

    `turn` counts changes of the draft, so that every editor begins anew with what it says now;
    `begun` counts drafts.
    """

    view: str = "list"
    id: str = ""
    other: str = ""
    step: str = STEPS[0]
    draft: Definition | None = None
    parent: str = ""
    note: str = ""
    run: Run | None = None
    turn: int = 0
    begun: int = 0
    refused: GeoError | None = None
    said: str = ""


def now() -> State:
    """The state of this visit; the address is read once."""
    if "scenario" not in st.session_state:
        found, asked = State(), st.query_params
        view = asked.get("cview", "")
        found.view = view if view in VIEWS else VIEWS[0]
        found.id, found.other = asked.get("cid", ""), asked.get("cwith", "")
        st.session_state["scenario"] = found
    state: State = st.session_state["scenario"]
    return state


def write() -> None:
    """Put view and choice into the address."""
    state = now()
    ask.write("cview", "" if state.view == VIEWS[0] else state.view)
    ask.write("cid", state.id)
    ask.write("cwith", state.other if state.view == "compare" else "")


def see(view: str) -> None:
    """Open a view."""
    now().view = view


def choose(id_: str, view: str = "") -> None:
    """Choose a scenario, and open a view of it if named."""
    state = now()
    state.id, state.view = id_, view or state.view


def begin(definition: Definition, parent: str = "") -> None:
    """Start a draft and open its inputs."""
    state = now()
    state.draft, state.parent, state.note = definition, parent, ""
    state.view, state.step, state.refused = "inputs", STEPS[0], None
    state.turn += 1
    state.begun += 1


def change(make: Callable[[Definition], Definition]) -> bool:
    """Change the draft; what is refused is told beside it, and the draft stays as it was."""
    state = now()
    if state.draft is None:
        return False
    state.turn += 1
    try:
        state.draft = make(state.draft)
    except GeoError as error:
        state.refused = error
        return False
    state.refused = None
    return True


def attempt(act: Callable[[], str]) -> None:
    """Do something to the store; tell what came of it, or why it was refused."""
    state = now()
    try:
        state.said, state.refused = act(), None
    except GeoError as error:
        state.refused = error
