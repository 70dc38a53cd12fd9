"""The head of a result: state, how far from the best at most, points, cost of hanging together."""

import streamlit as st

from geo.scenario.paint import HAND
from geo.units import mu
from pages import scenario_words
from pages.scenario_book import Found
from pages.target_words import safe


def show(found: Found) -> None:
    """Draw it."""
    words, got = scenario_words.words(), found.outcome.allocation
    given = float(got.area_m2[:-1].sum())
    mean = f"{got.objective / given:.1f}" if given else "—"
    proof = words["proof"] if got.gap_pct is not None else words["proof_none"]
    cells = [
        (
            words["col_state"],
            scenario_words.state(got.state, got.method),
            words["method_hand"]
            if got.method == HAND
            else words["in_seconds"].format(seconds=f"{got.seconds:.2f}"),
        ),
        (words["within"], scenario_words.gap(got.gap_pct), proof),
        (
            words["objective"],
            f"{mu(got.objective):,.0f}",
            words["objective_note"].format(mean=mean),
        ),
    ]
    st.html(
        f'<p class="sp-state">{scenario_words.chips(found.kept)}</p>{scenario_words.figures(cells)}'
    )
    if found.outcome.prepared.definition.edge_points and got.boundary_m is not None:
        text = words["compact_cost"]
        told = text.format(cost=f"{got.cost_pct:.2f}%", edge=f"{got.boundary_m / 1000:,.1f}")
        st.html(f'<p class="tnote">{safe(told)}</p>')
