"""Step 5: hanging together, whole units, missing data, least patches, what a mu brings."""

from typing import Any

import streamlit as st

from geo.scenario import Definition, Prepared
from geo.scenario.closed import rules
from geo.zone import Zone
from pages import scenario_book, scenario_form, scenario_words
from pages.target_words import safe

_GAPS = ("refuse", "known", "lowest")
_RATES = ("far", "jobs", "invest_wan", "tax_wan")


def show(_zone: Zone, draft: Definition, _prepared: Prepared | None) -> None:
    """Draw the step."""
    words, changed = scenario_words.words(), scenario_book.changed
    st.number_input(
        words["edge_points"],
        min_value=0.0,
        value=draft.edge_points,
        step=100.0,
        help=words["edge_help"],
        key=scenario_form.key("edge"),
        on_change=scenario_form.changed("edge", lambda old, said: changed(old, edge_points=said)),
    )
    st.toggle(
        words["shares"],
        draft.shares,
        help=words["shares_help"],
        key=scenario_form.key("shares"),
        on_change=scenario_form.changed("shares", lambda old, said: changed(old, shares=said)),
    )
    st.radio(
        words["gaps"],
        _GAPS,
        _GAPS.index(draft.gaps),
        format_func=lambda one: words[f"gaps_{one}"],
        key=scenario_form.key("gaps"),
        on_change=scenario_form.changed("gaps", lambda old, said: changed(old, gaps=said)),
    )
    st.html(f'<h3 class="tsub">{safe(words["rates"])}</h3>')
    scenario_form.table("rates", _rows(draft), _columns(), _make)
    st.html(f'<p class="tnote">{safe(words["rates_note"])}</p>')
    goal = f"{rules().effort.gap_pct:g}%"
    st.html(f'<p class="tnote">{safe(words["effort"].format(gap=goal))}</p>')


def _rows(draft: Definition) -> list[dict[str, Any]]:
    return [
        {
            "use": f"{one.code} {one.name}",
            "patch_mu": one.patch_mu,
            "basis": one.rates.basis or None,
        }
        | {key: getattr(one.rates, key) for key in _RATES}
        for one in draft.uses
    ]


def _columns() -> dict[str, Any]:
    words, config = scenario_words.words(), st.column_config

    def amount(key: str) -> Any:
        return config.NumberColumn(words[f"col_{key}"], min_value=0, width=80)

    named = {"use": config.TextColumn(words["col_use"], disabled=True, width=120)}
    named |= {key: amount(key) for key in ("patch_mu", *_RATES)}
    return named | {"basis": config.TextColumn(words["col_basis"], width=120)}


def _make(draft: Definition, rows: list[dict[str, Any]]) -> Definition:
    uses = []
    for known, row in zip(draft.uses, rows, strict=True):
        said = {key: scenario_form.number(row[key]) for key in _RATES}
        rates = {key: value for key, value in said.items() if value is not None}
        one = known.model_dump(mode="json", exclude_defaults=True)
        one["rates"] = rates | {"basis": row["basis"] or scenario_words.words()["rates_basis"]}
        one["patch_mu"] = scenario_form.number(row["patch_mu"]) or None
        uses.append(one)
    return scenario_book.changed(draft, uses=uses)
