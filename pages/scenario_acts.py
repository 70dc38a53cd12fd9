"""What can be done with one scenario: open, change into a new one, copy, name, note, lock."""

import streamlit as st

from geo import scenario
from geo.people import Act
from geo.scenario import About, Kept
from geo.zone import Zone
from pages import parts, rights, scenario_book, scenario_state, scenario_words
from pages.target_words import safe


def show(zone: Zone, one: Kept) -> None:
    """Draw the panel."""
    words = scenario_words.words()
    st.html(
        f'<h2 class="thead">{safe(one.name)}</h2>'
        f'<p class="sp-state"><b>{safe(_state(one))}</b>'
        f"<small>{safe(one.id)}</small>{scenario_words.chips(one)}</p>{_facts(one)}"
    )
    with st.container(key="c_open", horizontal=True, gap="small"):
        open_, anew = words["open"], words["anew"]
        choose, begin = scenario_state.choose, scenario_state.begin
        st.button(open_, key="c_show", type="primary", on_click=choose, args=(one.id, "result"))
        st.button(anew, key="c_anew", on_click=begin, args=(one.definition, one.id))
    _clone(zone, one)
    if one.locked:
        st.html(f'<p class="tnote">{safe(words["locked_note"])}</p>')
    else:
        _name(zone, one)
        _lock(zone, one)


def _state(one: Kept) -> str:
    return scenario_words.state(one.state, str(one.result["method"]))


def _facts(one: Kept) -> str:
    words = scenario_words.words()
    short = scenario_book.short_mu(one)
    rows = [
        (words["col_gap"], scenario_words.gap(one.gap_pct)),
        (words["col_short"], scenario_words.of_mu(short) if short else words["nothing"]),
        (words["col_parent"], one.parent or words["nothing"]),
        (words["col_by"], f"{one.by} · {one.on}"),
        (words["col_version"], str(one.version)),
        (words["inputs_hash"], one.inputs[:16]),
        (words["note"], one.note or words["nothing"]),
        (words["lacking"], _lacking(one) or words["nothing"]),
    ]
    inner = "".join(f"<dt>{safe(name)}</dt><dd>{safe(value)}</dd>" for name, value in rows)
    return f'<dl class="sfacts">{inner}</dl>'


def _lacking(one: Kept) -> str:
    return ", ".join(one.no_data_en) if parts.english() else "、".join(one.no_data)


def _clone(zone: Zone, one: Kept) -> None:
    words, key = scenario_words.words(), f"c_copy_{one.id}"
    with st.popover(words["clone"], key=f"{key}_pop"):
        st.text_input(words["name"], words["copy_of"].format(name=one.name), key=key)

        def act() -> str:
            about = About(parts.user())
            made = scenario.clone(zone, one.id, str(st.session_state[key]), about)
            scenario_state.choose(made)
            return words["cloned"].format(id=made)

        how, go = rights.shut(Act.SCENARIO), scenario_state.attempt
        st.button(words["clone"], key=f"{key}_go", on_click=go, args=(act,), **how)


def _name(zone: Zone, one: Kept) -> None:
    words, name, note = scenario_words.words(), f"c_name_{one.id}", f"c_note_{one.id}"
    st.text_input(words["name"], one.name, key=name, max_chars=120)
    st.text_area(words["note"], one.note, key=note, height=80)

    def act() -> str:
        if st.session_state[name] != one.name:
            scenario.rename(zone, one.id, str(st.session_state[name]), by=parts.user())
        if st.session_state[note].strip() != one.note:
            scenario.note(zone, one.id, str(st.session_state[note]), by=parts.user())
        return words["saved"]

    how, go = rights.shut(Act.SCENARIO), scenario_state.attempt
    st.button(words["save"], key=f"{name}_go", on_click=go, args=(act,), **how)


def _lock(zone: Zone, one: Kept) -> None:
    words = scenario_words.words()

    def act() -> str:
        scenario.lock(zone, one.id, by=parts.user())
        return words["locked_now"].format(id=one.id)

    with st.popover(words["lock"], key=f"c_lock_{one.id}_pop"):
        st.text(words["lock_ask"])
        how, go = rights.shut(Act.SCENARIO), scenario_state.attempt
        st.button(words["lock"], key=f"c_lock_{one.id}", on_click=go, args=(act,), **how)
