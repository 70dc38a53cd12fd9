"""Step 4: what makes land suit each use: weights stated, or from comparisons in pairs."""

from typing import Any

import streamlit as st

from geo.scenario import Definition, Prepared, Use
from geo.scenario.score import template
from geo.zone import Zone
from pages import scenario_curves, scenario_form, scenario_pairs, scenario_uses, scenario_words
from pages.target_words import safe


def show(zone: Zone, draft: Definition, prepared: Prepared | None) -> None:
    """Draw the step."""
    words = scenario_words.words()
    names = {one.id: f"{one.code} {one.name}" for one in draft.uses}
    with st.container(key="cweigh", horizontal=True, vertical_alignment="bottom", gap="small"):
        id_ = st.selectbox(
            words["col_use"],
            [one.id for one in draft.uses],
            format_func=lambda one: names[one],
            key="c_weigh_use",
        )
        use = next((one for one in draft.uses if one.id == id_), draft.uses[0])
        way = "pairs" if use.pairs is not None else "direct"
        st.segmented_control(
            words["weigh_way"],
            ("direct", "pairs"),
            default=way,
            required=True,
            format_func=lambda one: words[f"weigh_{one}"],
            key=scenario_form.key(f"way_{use.id}"),
            on_change=scenario_form.changed(f"way_{use.id}", _way(use.id, prepared)),
        )
    if way == "pairs":
        scenario_pairs.show(use, prepared)
    else:
        _direct(use, prepared)
    st.html(f'<p class="tnote">{safe(words["weights_note"])}</p>')
    scenario_curves.show(use, stated(use, prepared), prepared)


def stated(use: Use, prepared: Prepared | None) -> dict[str, float]:
    """Weights of a use as they count now: its own, or those of the template."""
    if use.weights is not None:
        return dict(use.weights)
    if prepared is not None and use.id in prepared.weights:
        return dict(prepared.weights[use.id])
    return {}


def _way(id_: str, prepared: Prepared | None) -> Any:
    def make(draft: Definition, said: str) -> Definition:
        use = next(one for one in draft.uses if one.id == id_)
        weights = {key: value for key, value in stated(use, prepared).items() if value > 0}
        if said == "direct":
            return scenario_uses.with_use(draft, id_, {"pairs": None, "weights": weights or None})
        most = sorted(weights, key=lambda one: -weights[one])[: scenario_pairs.MOST]
        pairs = scenario_pairs.near(most, weights)
        return scenario_uses.with_use(draft, id_, {"weights": None, "pairs": pairs})

    return make


def _direct(use: Use, prepared: Prepared | None) -> None:
    words, config = scenario_words.words(), st.column_config
    weights = stated(use, prepared)
    whole = sum(weights.values())
    names = [*weights, *(one for one in template().factors if one not in weights)]
    rows = [
        {
            "factor": scenario_words.factor(one),
            "weight": weights.get(one, 0.0),
            "share": 100 * weights.get(one, 0.0) / whole if whole else 0.0,
        }
        for one in names
    ]

    def make(draft: Definition, said: list[dict[str, Any]]) -> Definition:
        new = {names[row["at"]]: scenario_form.number(row["weight"]) or 0.0 for row in said}
        return scenario_uses.with_use(
            draft, use.id, {"weights": {k: v for k, v in new.items() if v > 0}}
        )

    columns = {
        "factor": config.TextColumn(words["col_factor"], disabled=True, width=260),
        "weight": config.NumberColumn(words["col_weight"], min_value=0, width=90),
        "share": config.NumberColumn(words["col_share"], disabled=True, format="%.1f%%", width=90),
    }
    scenario_form.table(f"weights_{use.id}", rows, columns, make)
