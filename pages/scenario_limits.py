"""Step 3: what is closed, what may be used in part, and which present use may become which."""

from typing import Any

import streamlit as st

from geo.scenario import Definition, Limit, Prepared, limits, parts
from geo.scenario.default import excludes
from geo.zone import Zone
from pages import (
    scenario_book,
    scenario_conversion,
    scenario_form,
    scenario_limits_add,
    scenario_limits_rows,
    scenario_words,
)
from pages.target_words import safe


def show(zone: Zone, draft: Definition, _prepared: Prepared | None) -> None:
    """Draw the step."""
    words = scenario_words.words()
    st.html(f'<h3 class="tsub">{safe(words["limits_hard"])}</h3>')
    hard = offered(excludes(draft), limits())
    on = {one.id for one in excludes(draft)}
    scenario_form.table(
        "hard", scenario_limits_rows.given(zone, hard, on), _columns(part=False), _hard
    )
    st.html(f'<h3 class="tsub">{safe(words["limits_part"])}</h3>')
    soft, on = offered(draft.partials, parts()), {one.id for one in draft.partials}
    scenario_form.table(
        "soft", scenario_limits_rows.given(zone, soft, on), _columns(part=True), _soft
    )
    st.html(f'<p class="tnote">{safe(words["limits_note"])}</p>')
    scenario_limits_add.show(zone, draft)
    scenario_conversion.show(draft)


def offered(own: tuple[Any, ...], office: tuple[Any, ...]) -> list[Any]:
    """A scenario's limits, then those of the office it leaves out."""
    ids = {one.id for one in own}
    return [*own, *(one for one in office if one.id not in ids)]


def _columns(*, part: bool) -> dict[str, Any]:
    words, config = scenario_words.words(), st.column_config

    def percent(key: str) -> Any:
        return config.NumberColumn(words[key], min_value=0, max_value=100, format="%g%%", width=92)

    found = {
        "on": config.CheckboxColumn(words["col_on_off"], width=48),
        "title": config.TextColumn(words["col_limit"], disabled=True, width=232),
        "data": config.TextColumn(words["col_data"], disabled=True, width=66),
    }
    if part:
        found["usable_pct"] = percent("col_usable")
        found["priority"] = config.NumberColumn(
            words["col_priority"], min_value=0, max_value=99, step=1, width=64
        )
        return found
    basis = config.TextColumn(words["col_basis"], disabled=True, width=96)
    return found | {"from_pct": percent("col_from"), "basis": basis}


def _hard(draft: Definition, rows: list[dict[str, Any]]) -> Definition:
    known = offered(excludes(draft), limits())
    return scenario_book.changed(draft, excludes=_said(draft, known, rows, ("from_pct",)))


def _soft(draft: Definition, rows: list[dict[str, Any]]) -> Definition:
    known, fields = offered(draft.partials, parts()), ("usable_pct", "priority")
    return scenario_book.changed(draft, partials=_said(draft, known, rows, fields))


def _said(
    draft: Definition, known: list[Limit], rows: list[dict[str, Any]], fields: tuple[str, ...]
) -> list[dict[str, Any]]:
    """Limits that are on, with the numbers of their rows; blank keeps the number there was."""
    uses, out = {one.id for one in draft.uses}, []
    for row in rows:
        if row["on"]:
            one = known[row["at"]].model_dump(mode="json", exclude_defaults=True)
            one |= {key: row[key] for key in fields if row[key] is not None}
            out.append(one | {"uses": [use for use in one.get("uses", ()) if use in uses]})
    return out
