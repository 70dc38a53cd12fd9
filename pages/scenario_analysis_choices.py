"""Plans nearly as good: how much land all of them choose, use by use."""

import streamlit as st

from geo import scenario
from geo.scenario import Choices
from geo.zone import Zone
from layers import scenario_shades
from layers.tint import Tint
from pages import parts, scenario_analysis_map, scenario_analysis_run, scenario_words
from pages.scenario_book import Found
from pages.target_words import safe

ANY = -1


def show(zone: Zone, found: Found) -> Tint | None:
    """Draw the table and say which use the map shows; None until the plans are there."""
    outcome = found.outcome
    made = scenario_analysis_run.answer(
        zone, found, "choices", lambda watch: scenario.choices(outcome, watch=watch)
    )
    if made is None:
        return None
    words, labels = parts.section("study"), outcome.prepared.labels
    names = {ANY: words["any_use"]} | {k: scenario_words.use(one) for k, one in enumerate(labels)}
    best, worst = made.plans[0].allocation, min(one.allocation.objective for one in made.plans)
    off = 100 * (1 - worst / best.objective) if best.objective else 0.0
    told = words["choices_told"].format(plans=len(made.plans), off=f"{off:.2f}%")
    st.html(f'<p class="tnote">{safe(told)}</p>{_table(found, made)}')
    use = st.selectbox(
        words["choices_map"],
        list(names),
        format_func=lambda one: names[one],
        key="c_choice_use",
    )
    return scenario_analysis_map.of_choices(outcome, made, None if use == ANY else int(use))


def _table(found: Found, made: Choices) -> str:
    """Land of each use by the number of plans that choose it."""
    words, land = parts.section("study"), found.outcome.prepared.land
    whole = len(made.plans)
    steps = scenario_shades.steps(whole)
    spans = [str(most) if most == least else f"{least}–{most}" for most, least in steps]
    heads = "".join(f"<th>{safe(one)}</th>" for one in spans)
    rows = ""
    for k, label in enumerate(found.outcome.prepared.labels):
        times = made.times[:, k]
        among = [(times <= most) & (times >= least) for most, least in steps]
        areas = [float(land.areas_m2[one].sum()) for one in among]
        cells = "".join(f"<td>{safe(_area(one))}</td>" for one in areas)
        rows += f"<tr><td>{safe(scenario_words.use(label))}</td>{cells}</tr>"
    title = safe(words["times_head"].format(plans=whole))
    return (
        f'<h3 class="tsub">{title}</h3><table class="ctab cflow"><thead><tr><th></th>{heads}</tr>'
        f"</thead><tbody>{rows}</tbody></table>"
    )


def _area(m2: float) -> str:
    return scenario_words.size(m2) if m2 else "—"
