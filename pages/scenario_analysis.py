"""How firm a scenario is: other plans as good, other weights, contested land, one unit told."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import streamlit as st

from geo import scenario
from geo.zone import Zone
from layers.tint import Tint
from pages import (
    parts,
    said,
    scenario_analysis_choices,
    scenario_analysis_contest,
    scenario_analysis_map,
    scenario_analysis_unit,
    scenario_analysis_weights,
    scenario_analysis_worth,
    tabs,
)
from pages.scenario_book import Found

KINDS = ("choices", "weights", "contest", "worth", "unit")
_MAP = "scenario"


def heard(found: Found) -> None:
    """A click on the map opens the unit that was clicked; before any control is drawn."""
    told = said.last(_MAP)
    if not told or told.get("kind") != "point":
        return
    number = scenario.at(found.outcome.prepared.land, float(told["lon"]), float(told["lat"]))
    if number is not None:
        st.session_state["c_unit"] = (found.kept.id, number)
        st.session_state["c_tab"], st.session_state["c_study"] = "study", "unit"


def chosen(found: Found) -> int | None:
    """The unit that is looked at, None while there is none."""
    id_, number = st.session_state.get("c_unit") or ("", None)
    return number if id_ == found.kept.id else None


def outlined(found: Found) -> dict[str, Any] | None:
    """The edge of the unit that is looked at, while it is."""
    open_ = st.session_state.get("c_tab") == "study" and st.session_state.get("c_study") == "unit"
    return scenario_analysis_map.outlined(found.outcome, chosen(found)) if open_ else None


def show(zone: Zone, found: Found) -> Tint | None:
    """Draw the analysis that is open; answers with its map, None for that of the uses."""
    words = parts.section("study")
    kind = tabs.one_of(words["tabs"], {one: words[f"tab_{one}"] for one in KINDS}, "c_study")
    draw: Mapping[str, Callable[[Zone, Found], Tint | None]] = {
        "choices": scenario_analysis_choices.show,
        "weights": scenario_analysis_weights.show,
        "contest": scenario_analysis_contest.show,
        "worth": scenario_analysis_worth.show,
        "unit": partial(scenario_analysis_unit.show, number=chosen(found)),
    }
    return draw[kind](zone, found)
