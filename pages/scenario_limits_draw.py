"""The map of the limits: areas under the pencil, and those that the scenario has already."""

from dataclasses import asdict
from typing import Any

import streamlit as st

from geo.scenario import Definition, Prepared
from geo.scenario.default import excludes
from geo.zone import Zone
from layers.style import Ink
from pages import said, scenario_form, scenario_map, scenario_paint_state, scenario_state

_INK = Ink("#7B2CBF", "#5B2A86", "#222222")


def drawing() -> bool:
    """Whether an area is being drawn."""
    return st.session_state.get(scenario_form.key("l_way")) == "region"


def areas() -> list[Any]:
    """Areas drawn for the exclusion that is being made."""
    held = st.session_state.get("c_region")
    turn = scenario_state.now().turn
    return list(held[1]) if held and held[0] == turn else []


def listen() -> None:
    """Take up what was just drawn."""
    told = said.last(scenario_paint_state.MAP)
    if told and told["kind"] == "drawn" and "areas" in told:
        st.session_state["c_region"] = (scenario_state.now().turn, told["areas"])


def show(zone: Zone, draft: Definition, prepared: Prepared) -> None:
    """Draw the map."""
    told: dict[str, Any] = {"draw": drawing(), "start": True, "areas": areas()}
    told |= {"turn": scenario_state.now().turn, **_own(draft)}
    scenario_map.show(zone, scenario_map.of_present(prepared), drawn=told)


def _own(draft: Definition) -> dict[str, Any]:
    """Areas drawn before, as the map shows them, with a key."""
    ink = asdict(_INK)
    style = {
        "color": ink["standard"],
        "weight": 2,
        "fill": True,
        "fillColor": ink["standard"],
        "fillOpacity": 0.25,
        "dashArray": None,
    }
    mine = [one for one in (*excludes(draft), *draft.partials) if one.areas]
    shapes = [
        {"shape": {"type": "MultiPolygon", "coordinates": _closed(one.areas)}, "style": style}
        for one in mine
    ]
    return {"shapes": shapes, "key": [{"label": one.title, "style": style} for one in mine]}


def _closed(found: Any) -> list[Any]:
    """Rings that end where they begin, as GeoJSON wants them."""
    return [[[*map(list, ring), list(ring[0])] for ring in area] for area in found]
