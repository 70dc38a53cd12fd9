"""What limits and units are worth: one more mu of each demand, and the units hard to replace."""

import streamlit as st

from geo import scenario
from geo.units import mu
from geo.zone import Zone
from layers.tint import Tint
from pages import parts, scenario_analysis_map, scenario_figures, scenario_words
from pages.scenario_book import Found
from pages.target_words import safe


def show(_zone: Zone, found: Found) -> Tint | None:
    """Draw prices and what the plan loses with its units; None where nothing is proven."""
    words = parts.section("study")
    if found.outcome.allocation.gap_pct is None:
        st.info(scenario_words.words()["price_failed"])
        return None
    rows = "".join(
        f"<tr><td>{safe(scenario_figures.timed(one.use, one.shown))}</td>"
        f"<td>{safe(scenario_figures.sentence(one))}</td></tr>"
        for one in scenario.prices(found.outcome)
    )
    st.html(
        f'<h3 class="tsub">{safe(words["prices"])}</h3><table class="ctab">{rows}</table>'
        f'<h3 class="tsub">{safe(words["worth"])}</h3><p class="tnote">{safe(_told(found))}</p>'
    )
    return scenario_analysis_map.of_worth(found.outcome)


def _told(found: Found) -> str:
    words, worth = parts.section("study"), scenario.worth(found.outcome)
    some = worth > 0
    land = found.outcome.prepared.land.areas_m2
    return words["worth_told"].format(
        number=f"{int(some.sum()):,}",
        area=scenario_words.size(float(land[some].sum())),
        most=f"{mu(float(worth.max())):,.1f}",
    )
