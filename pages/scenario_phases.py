"""Step 6: periods, what each asks for, and which land opens after which road or tunnel."""

import re
from typing import Any

import streamlit as st

from geo.errors import DataError
from geo.scenario import Definition, Prepared
from geo.zone import Zone
from pages import (
    scenario_book,
    scenario_form,
    scenario_phases_add,
    scenario_phases_demands,
    scenario_phases_map,
    scenario_words,
)
from pages.target_words import safe


def show(zone: Zone, draft: Definition, prepared: Prepared | None) -> None:
    """Draw the step."""
    words = scenario_words.words()
    st.text_input(
        words["years"],
        "、".join(map(str, draft.periods)),
        key=scenario_form.key("years"),
        help=words["years_help"],
        placeholder="2026、2028、2030",
        on_change=scenario_form.changed("years", years),
    )
    if draft.spans > 1:
        scenario_phases_demands.show(draft)
    st.html(f'<h3 class="tsub">{safe(words["phase_rules"])}</h3>')
    if draft.phases:
        scenario_form.table("phases", _rows(zone, draft), _columns(), ruled, may="delete")
    scenario_phases_add.show(zone, draft)
    st.html(f'<p class="tnote">{safe(words["phase_note"])}</p>')
    if prepared is not None:
        scenario_phases_map.openings(prepared)


def years(draft: Definition, said: str) -> Definition:
    """The draft with other periods, written as years."""
    found = re.findall(r"[^\s,，、;；]+", said)
    wrong = [one for one in found if not re.fullmatch(r"\d{4}", one)]
    if wrong:
        told = f"{'、'.join(wrong)} 不是年份，请写四位年份，用顿号或逗号隔开"
        raise DataError(told, "PERIODS")
    return scenario_book.changed(draft, periods=sorted({int(one) for one in found}))


def _rows(zone: Zone, draft: Definition) -> list[dict[str, Any]]:
    return [
        {
            "where": scenario_phases_add.named(zone, one.where),
            "reach_m": one.reach_m,
            "opens": one.opens,
            "period": scenario_phases_map.period(draft, draft.opening(one)),
        }
        for one in draft.phases
    ]


def _columns() -> dict[str, Any]:
    words, config = scenario_words.words(), st.column_config
    return {
        "where": config.TextColumn(words["phase_where"], disabled=True, width=250),
        "reach_m": config.NumberColumn(words["phase_reach"], min_value=0, width=90),
        "opens": config.DateColumn(words["phase_day"], width=110),
        "period": config.TextColumn(words["phase_period"], disabled=True, width=90),
    }


def ruled(draft: Definition, rows: list[dict[str, Any]]) -> Definition:
    """The draft with its rules as the rows of the editor say."""
    out = []
    for row in rows:
        one = draft.phases[row["at"]].model_dump(mode="json", exclude_defaults=True)
        one |= {"reach_m": row["reach_m"] or 0.0, "opens": str(row["opens"])[:10]}
        out.append(one if row["opens"] else {k: v for k, v in one.items() if k != "opens"})
    return scenario_book.changed(draft, phases=out)
