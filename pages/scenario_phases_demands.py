"""What each period asks for: a row a use and period."""

from typing import Any

import streamlit as st

from geo.scenario import Definition
from pages import scenario_book, scenario_form, scenario_words

_AMOUNTS = ("mu", "min_mu", "max_mu")


def show(draft: Definition) -> None:
    """Draw the table."""
    words, config = scenario_words.words(), st.column_config

    def amount(key: str) -> Any:
        return config.NumberColumn(words[key], min_value=0, format="localized", width=110)

    columns = {
        "year": config.TextColumn(words["phase_period"], disabled=True, width=70),
        "use": config.TextColumn(words["col_use"], disabled=True, width=200),
        "mu": amount("col_mu"),
        "min_mu": amount("col_min"),
        "max_mu": amount("col_max"),
    }
    scenario_form.table("spans", given(draft), columns, made)


def given(draft: Definition) -> list[dict[str, Any]]:
    """A row a period and use, with what is asked."""
    asked = {(one.period, one.use): one for one in draft.demands}
    out = []
    for period, year in enumerate(draft.periods):
        for use in draft.uses:
            one = asked.get((period, use.id))
            row = {"year": str(year), "use": f"{use.code} {use.name}"}
            out.append(row | {key: getattr(one, key) if one else None for key in _AMOUNTS})
    return out


def made(draft: Definition, rows: list[dict[str, Any]]) -> Definition:
    """The draft with the demands of the rows; what a demand serves is kept."""
    asked = {(one.period, one.use): one for one in draft.demands}
    out = []
    for row in rows:
        period, place = divmod(row["at"], len(draft.uses))
        use = draft.uses[place].id
        said = {key: scenario_form.number(row[key]) for key in _AMOUNTS}
        stated = {key: value for key, value in said.items() if value is not None}
        if stated:
            old = asked.get((period, use))
            kept = old.model_dump(mode="json", include={"target", "clause", "note"}) if old else {}
            out.append(kept | stated | {"use": use, "period": period})
    return scenario_book.changed(draft, demands=out)
