"""The exceptions of a scenario to the office's conversion rules, with their reasons."""

from typing import Any

import streamlit as st

from geo.scenario import Definition
from geo.scenario.land import counted
from pages import parts, scenario_book, scenario_form, scenario_words


def show(draft: Definition) -> None:
    """Draw them as a table in which reasons are written and rows deleted."""
    scenario_form.table("exceptions", _exceptions(draft), _columns(), reasoned, may="delete")


def _exceptions(draft: Definition) -> list[dict[str, Any]]:
    words = scenario_words.words()
    classes = {one.id: parts.say(one.name, one.name_en) for one in counted().classes}
    uses = {one.id: f"{one.code} {one.name}" for one in draft.uses}
    return [
        {
            "step": f"{classes.get(one.start, one.start)} → {uses[one.use]}",
            "allowed": words["may" if one.allowed else "may_not"],
            "reason": one.reason,
        }
        for one in draft.changes
    ]


def _columns() -> dict[str, Any]:
    words, config = scenario_words.words(), st.column_config
    return {
        "step": config.TextColumn(words["exception"], disabled=True, width=220),
        "allowed": config.TextColumn(words["h_met"], disabled=True, width=80),
        "reason": config.TextColumn(words["reason"], required=True, max_chars=120, width=260),
    }


def reasoned(draft: Definition, rows: list[dict[str, Any]]) -> Definition:
    """The draft with the reasons of its exceptions as the rows say, and those deleted gone."""
    out = []
    for row in rows:
        one = draft.changes[row["at"]].model_dump(mode="json")
        out.append(one | {"reason": str(row["reason"] or one["reason"]).strip()})
    return scenario_book.changed(draft, changes=out)
