"""What was painted in this visit: strokes taken up, what can be undone, what was refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from geo.errors import DataError, GeoError
from geo.scenario import Prepared, paint, undo
from geo.scenario.paint import Beneath, Locks, Stroke
from geo.scenario.undo import Step
from geo.zone import Zone
from pages import said, scenario_book, scenario_state

MAP = "scenario"
_TOOLS = ("use", "keep", "hold", "free")
_DEEP = 50  # strokes that can be undone


@dataclass(slots=True)
class Paint:
    """Of one draft (`begun`): number of the last stroke, ways back and forth, the last word."""

    begun: int = 0
    done: int = 0
    past: list[Step] = field(default_factory=list)
    future: list[Step] = field(default_factory=list)
    refused: Mapping[str, int] = field(default_factory=dict)
    changed: int = 0


def now() -> Paint:
    """The painting of the draft that is open."""
    begun = scenario_state.now().begun
    found = st.session_state.get("c_paint")
    if found is None or found.begun != begun:
        found = st.session_state["c_paint"] = Paint(begun)
    known: Paint = found
    return known


def beneath(zone: Zone, prepared: Prepared) -> Beneath | None:
    """The plan that the draft was made from, if it divides the same units."""
    parent = scenario_state.now().parent
    if not parent:
        return None
    return paint.beneath(prepared, scenario_book.opened(zone, parent).outcome)


def listen(zone: Zone, prepared: Prepared) -> None:
    """Take up the strokes that the map just told of, each once."""
    told, held = said.last(MAP), now()
    under = beneath(zone, prepared)
    for one in told.get("strokes", ()) if told else ():
        if one["n"] > held.done:
            held.done = one["n"]
            _painted(prepared, _stroke(one), under)


def _stroke(one: Mapping[str, Any]) -> Stroke:
    if one["tool"] not in _TOOLS:
        raise DataError("没有这种涂法，请刷新页面后再涂", "PAINT_TOOL")
    return Stroke(one["tool"], tuple(map(int, one["units"])), str(one["use"]))


def _painted(prepared: Prepared, stroke: Stroke, under: Beneath | None) -> None:
    state, held = scenario_state.now(), now()
    if state.draft is None:
        return
    try:
        found = paint.stroke(prepared, state.draft.locks, stroke, under)
    except GeoError as error:
        state.refused = error
        return
    held.changed, held.refused = found.changed, found.refused
    if found.changed:
        put(found.locks)


def put(locks: Locks) -> None:
    """Replace the locks; what there was can be had back."""
    state, held = scenario_state.now(), now()
    if state.draft is not None:
        back = undo.difference(locks, state.draft.locks)
        held.past = [*held.past, back][-_DEEP:]
        held.future = []
        state.draft = state.draft.model_copy(update={"locks": dict(locks)})


def step(back: bool) -> None:
    """Undo the last stroke, or do it again."""
    state, held = scenario_state.now(), now()
    source, other = (held.past, held.future) if back else (held.future, held.past)
    if state.draft is not None and source:
        locks = undo.stepped(state.draft.locks, source.pop(), {one.id for one in state.draft.uses})
        other.append(undo.difference(locks, state.draft.locks))
        state.draft = state.draft.model_copy(update={"locks": dict(locks)})
        held.changed, held.refused = 0, {}
