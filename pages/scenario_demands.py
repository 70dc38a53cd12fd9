"""Step 2: how much of which use, and which promise of the plan it serves."""

from typing import Any

import streamlit as st

from geo.scenario import Definition, Demand, Prepared, Use
from geo.zone import Zone
from pages import door, scenario_form, scenario_totals, scenario_uses, scenario_words
from pages.target_words import safe

_AREAS = ("亩", "万亩", "公顷", "平方公里", "km²")
_LEVEL = 4  # digits of the classes offered


def show(zone: Zone, draft: Definition, prepared: Prepared | None) -> None:
    """Draw the step."""
    words = scenario_words.words()
    if draft.spans > 1:
        st.info(words["periods_fixed"])
    else:
        scenario_form.table("demands", given(draft), _columns(zone), made(zone), may="dynamic")
    st.html(f'<p class="tnote">{safe(words["demands_note"])}</p>')
    notes = [one for one in draft.demands if one.note]
    told = "".join(f"<li>{safe(one.target or one.use)} {safe(one.note)}</li>" for one in notes)
    st.html(f'<ul class="tfacts">{told}</ul>')
    if prepared is not None:
        scenario_totals.by_use(prepared)


def given(draft: Definition) -> list[dict[str, Any]]:
    """A row a use, with what is asked of it."""
    asked = {one.use: one for one in draft.demands}
    return [_row(use, asked.get(use.id)) for use in draft.uses]


def _row(use: Use, asked: Demand | None) -> dict[str, Any]:
    row: dict[str, Any] = {"code": use.code, "name": use.name or None}
    for key in ("mu", "min_mu", "max_mu"):
        row[key] = getattr(asked, key) if asked else None
    if asked is None:
        return row | {"target": None, "clause": None}
    return row | {"target": asked.target or None, "clause": asked.clause or None}


def _columns(zone: Zone) -> dict[str, Any]:
    words, config = scenario_words.words(), st.column_config
    codes = [code for code in door.uses() if len(code) <= _LEVEL]
    targets = [one.id for one in zone.plan.targets if one.unit in _AREAS]

    def amount(key: str) -> Any:
        return config.NumberColumn(words[key], min_value=0, format="localized", width=84)

    return {
        "code": config.SelectboxColumn(words["col_code"], options=codes, required=True, width=64),
        "name": config.TextColumn(words["col_use"], width=128),
        "mu": amount("col_mu"),
        "min_mu": amount("col_min"),
        "max_mu": amount("col_max"),
        "target": config.SelectboxColumn(words["col_target"], options=targets, width=64),
        "clause": config.TextColumn(words["col_clause"], disabled=True, width=84),
    }


def made(zone: Zone) -> Any:
    """What the rows of the editor make of a draft."""
    clauses = {one.id: "、".join(one.clauses) for one in zone.plan.targets}

    def make(draft: Definition, rows: list[dict[str, Any]]) -> Definition:
        uses, demands = list[Use](), list[dict[str, Any]]()
        old = {one.use: one for one in draft.demands}
        for row in rows:
            use = _use(draft, row, {one.id for one in uses})
            uses.append(use)
            said = {key: scenario_form.number(row.get(key)) for key in ("mu", "min_mu", "max_mu")}
            stated = {key: value for key, value in said.items() if value is not None}
            target = row.get("target") or ""
            note = old[use.id].note if use.id in old and old[use.id].target == target else ""
            if stated:
                named = {"target": target, "clause": clauses.get(target, ""), "note": note}
                demands.append({"use": use.id, **stated, **named})
        return scenario_uses.replaced(draft, uses, demands)

    return make


def _use(draft: Definition, row: dict[str, Any], taken: set[str]) -> Use:
    code, name = row.get("code") or "", row.get("name") or ""
    if row["at"] is not None:
        return draft.uses[int(row["at"])].model_copy(update={"code": code, "name": name})
    held = taken | {one.id for one in draft.uses}
    id_ = next(f"u{i}" for i in range(1, 200) if f"u{i}" not in held)
    return Use.model_construct(id=id_, code=code, name=name)
