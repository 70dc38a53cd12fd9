"""Land that two uses both want: which, how much, and who got it."""

import itertools

import numpy as np
import streamlit as st

from geo import scenario
from geo.scenario.score import template
from geo.terrain.sensitivity import Conflict
from geo.zone import Zone
from layers import scenario_look
from layers.tint import Tint
from pages import parts, scenario_analysis_map, scenario_words
from pages.scenario_book import Found
from pages.target_words import safe

_MOST = 7  # pairs told; the others have less land than these


def show(_zone: Zone, found: Found) -> Tint | None:
    """Draw the level, the table and its note."""
    words, outcome = parts.section("study"), found.outcome
    level = st.slider(words["level"], 30, 95, int(template().high), key="c_level")
    made = scenario.contest(outcome, float(level))
    pairs = _pairs(found, made)
    if not pairs:
        st.info(words["contest_none"].format(level=level))
        return None
    st.html(
        f'<p class="tnote">{safe(words["contest_note"].format(level=level))}</p>'
        f"{_table(found, made, pairs)}"
    )
    return scenario_analysis_map.of_contest(outcome, made, pairs)


def _pairs(found: Found, made: Conflict) -> list[tuple[int, int]]:
    """Pairs of uses that lead on contested land, most land first."""
    land = found.outcome.prepared.land.areas_m2
    sums = {
        pair: float(land[_of(made, pair)].sum())
        for pair in itertools.combinations(range(len(made.uses)), 2)
    }
    order = sorted(sums, key=lambda pair: -sums[pair])
    return [pair for pair in order if sums[pair] > 0][:_MOST]


def _of(made: Conflict, pair: tuple[int, int]) -> np.ndarray:
    ends = np.stack([made.first, made.second])
    both = (ends.min(axis=0) == pair[0]) & (ends.max(axis=0) == pair[1])
    return np.asarray(both & (made.wanting >= 2))


def _table(found: Found, made: Conflict, pairs: list[tuple[int, int]]) -> str:
    words, outcome = parts.section("study"), found.outcome
    land, labels = outcome.prepared.land.areas_m2, outcome.prepared.labels
    keys = ("col_pair", "col_land", "col_first", "col_second", "col_neither")
    heads = "".join(f"<th>{safe(words[key])}</th>" for key in keys)
    rows = ""
    for i, (a, b) in enumerate(pairs):
        mine = _of(made, (a, b))
        gone = [mine & (outcome.use == a), mine & (outcome.use == b)]
        parted = [mine, *gone, mine & ~gone[0] & ~gone[1]]
        cells = "".join(
            f"<td>{safe(scenario_words.size(float(land[one].sum())))}</td>" for one in parted
        )
        name = f"{scenario_words.use(labels[a])} ↔ {scenario_words.use(labels[b])}"
        swatch = scenario_words.swatch(scenario_look.change(i))
        rows += f"<tr><td>{swatch}{safe(name)}</td>{cells}</tr>"
    return f'<table class="ctab"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
