"""Which present class may become which use, why, and the scenario's own exceptions."""

from typing import Any

import streamlit as st

from geo.scenario import Definition, Use
from geo.scenario.closed import rules
from geo.scenario.land import counted
from pages import parts, scenario_book, scenario_exceptions, scenario_form, scenario_words
from pages.target_words import safe


def show(draft: Definition) -> None:
    """Draw the matrix to tick, the scenario's own exceptions with their reasons, and the rules."""
    words, config = scenario_words.words(), st.column_config
    st.html(f'<h3 class="tsub">{safe(words["conversion"])}</h3>')
    columns: dict[str, Any] = {
        "class": config.TextColumn(words["present_class"], disabled=True, width=170)
    }
    for use in draft.uses:
        columns[use.id] = config.CheckboxColumn(f"{use.code} {use.name}", width=120)
    scenario_form.table("matrix", matrix(draft), columns, ticked)
    if draft.changes:
        st.html(f'<h3 class="tsub">{safe(words["exceptions"])}</h3>')
        scenario_exceptions.show(draft)
    with st.expander(words["reasons"]):
        told = dict.fromkeys(
            _reason(kind.name, use) for kind in counted().classes for use in draft.uses
        )
        st.html("".join(f'<p class="tnote">{safe(one)}</p>' for one in told))


def _reason(start: str, use: Use) -> str:
    step = rules().step(start, use.code)
    told = f"{start} → {use.code}: {step.reason}"
    return told + (f"（{step.basis}）" if step.basis else "")


def matrix(draft: Definition) -> list[dict[str, Any]]:
    """A row a present class: whether it may become each use, by rule or exception."""
    own = {(one.start, one.use): one.allowed for one in draft.changes}
    return [
        {"class": parts.say(kind.name, kind.name_en)}
        | {
            use.id: own.get((kind.id, use.id), rules().step(kind.name, use.code).allowed)
            for use in draft.uses
        }
        for kind in counted().classes
    ]


def ticked(draft: Definition, rows: list[dict[str, Any]]) -> Definition:
    """The draft with an exception wherever a row differs from the rule; known reasons stay."""
    held = {(one.start, one.use): one for one in draft.changes}
    unsaid, out = scenario_words.words()["reason_unsaid"], []
    for kind, row in zip(counted().classes, rows, strict=True):
        for use in draft.uses:
            allowed = bool(row[use.id])
            if allowed != rules().step(kind.name, use.code).allowed:
                one = held.get((kind.id, use.id))
                why = one.reason if one and one.allowed == allowed else unsaid
                out.append({"start": kind.id, "use": use.id, "allowed": allowed, "reason": why})
    return scenario_book.changed(draft, changes=out)


def added(draft: Definition, new: dict[str, Any]) -> Definition:
    """The draft with one more exception, in place of another for the same pair."""
    pair = (new["start"], new["use"])
    held = [one for one in draft.changes if (one.start, one.use) != pair]
    return scenario_book.changed(
        draft, changes=[*(one.model_dump(mode="json") for one in held), new]
    )
