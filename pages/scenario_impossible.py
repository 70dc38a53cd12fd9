"""Demands that cannot be met: why, in plain words, and the least changes, each with a button."""

import streamlit as st

from geo.scenario import Ease, Told
from geo.zone import Zone
from pages import parts, scenario_book, scenario_ease, scenario_state, scenario_words
from pages.scenario_book import Found
from pages.target_words import safe


def show(zone: Zone, found: Found) -> None:
    """Draw every reason with what would ease it."""
    words = scenario_words.words()
    with st.container(key="cwhy", gap="small"):
        for number, told in enumerate(found.told):
            lines = "".join(f"<li>{safe(parts.say(*one))}</li>" for one in told.details)
            st.html(
                f'<div class="srefused" role="alert"><b>{safe(parts.say(told.text, told.text_en))}'
                f"</b><ul>{lines}</ul></div>"
            )
            with st.container(key=f"c_ease_{number}", horizontal=True, gap="small"):
                _buttons(found, told, number)
    st.html(f'<p class="tnote">{safe(words["ease_note"])}</p>')


def _buttons(found: Found, told: Told, number: int) -> None:
    words = scenario_words.words()
    for row in told.rows:
        if row.by_mu is not None and scenario_ease.possible(told, row):
            st.button(
                parts.plain(_label(told, row)),
                key=f"c_ease_{number}_{row.kind}_{row.what}",
                on_click=_accept,
                args=(found, told, row),
            )
    if told.code == "LAND" and len(told.uses) > 1:
        st.button(
            words["ease_all"],
            key=f"c_ease_{number}_all",
            on_click=_accept,
            args=(found, told, None),
        )


def _label(told: Told, row: Ease) -> str:
    words = scenario_words.words()
    name = parts.say(row.title.split("（")[0], row.title_en)
    area = scenario_words.of_mu(row.by_mu or 0.0)
    kind = "ease_open" if row.kind == "exclusion" else f"ease_{_direction(told)}"
    return words[kind].format(name=name, area=area)


def _direction(told: Told) -> str:
    return "more" if told.code == "ROOM" else "less"


def _accept(found: Found, told: Told, row: Ease | None) -> None:
    """Begin a draft that is the scenario with the change made."""
    definition = found.kept.definition
    unit_mu = scenario_book.largest_mu(found.outcome.prepared)
    scenario_state.begin(definition, found.kept.id)
    if scenario_state.change(lambda old: scenario_ease.eased(old, told, row, unit_mu)):
        state, words = scenario_state.now(), scenario_words.words()
        by_use = row is None or row.kind == "use"
        state.step, state.said = "demands" if by_use else "limits", words["eased"]
        state.note = told.text[:200]
