"""What other weights do: a tornado of the points, and how much land keeps its use."""

import streamlit as st

from geo import scenario
from geo.scenario import Firmness
from geo.zone import Zone
from layers import tornado
from layers.tint import Tint
from layers.tornado import Swing
from pages import parts, scenario_analysis_map, scenario_analysis_run
from pages.scenario_book import Found
from pages.target_words import safe

_MOVED = ("moved_less", "moved_more")


def show(zone: Zone, found: Found) -> Tint | None:
    """Draw the tornado; None until every weight was changed."""
    outcome = found.outcome
    made = scenario_analysis_run.answer(
        zone, found, "weights", lambda watch: scenario.sensitivity(zone, outcome, watch=watch)
    )
    if made is None:
        return None
    words, pct = parts.section("study"), f"{made.pct:g}%"
    if not made.swings:
        st.info(words["weights_alone"])
        return scenario_analysis_map.of_weights(outcome, made)
    sides = (words["weight_less"].format(pct=pct), words["weight_more"].format(pct=pct))
    heads = [words[key].format(pct=pct) for key in ("col_factor", "col_change", *_MOVED)]
    rows = [_swing(made, one) for one in made.swings]
    st.html(
        f'<h3 class="tsub">{safe(words["tornado"].format(pct=pct))}</h3>'
        f"{tornado.html(rows, heads, sides)}"
        f'<p class="tnote">{safe(words["weights_note"])}</p>'
    )
    return scenario_analysis_map.of_weights(outcome, made)


def _swing(made: Firmness, one: scenario.Swing) -> Swing:
    """Percent of the plan's own points, and of the land that changes its use."""
    base = made.objective or 1.0
    low, high = (100 * (value / base - 1) for value in (one.objective_low, one.objective_high))
    moved = (f"{100 - one.same_low:.2f}%", f"{100 - one.same_high:.2f}%")
    return Swing(parts.say(one.title, one.title_en), low, high, moved)
