"""Painting by hand: what each use has now, what was refused, undo, locks in conflict, keeping."""

from functools import partial

import streamlit as st

from geo import scenario
from geo.people import Act
from geo.scenario import About, Definition, Prepared, paint
from geo.scenario.paint import Beneath
from geo.zone import Zone
from pages import (
    parts,
    rights,
    scenario_book,
    scenario_paint_state,
    scenario_paint_sums,
    scenario_state,
    scenario_words,
)
from pages.target_words import safe


def show(zone: Zone, draft: Definition, prepared: Prepared | None) -> None:
    """Draw the step; nothing where the inputs do not do yet."""
    if prepared is None:
        return
    under = scenario_paint_state.beneath(zone, prepared)
    words, parent = scenario_words.words(), scenario_state.now().parent
    told = words["paint_on"].format(id=parent) if under is not None else words["paint_bare"]
    st.html(f'<p class="tnote">{safe(words["paint_lead"])} {safe(told)}</p>')
    _buttons(draft)
    _said(prepared)
    _conflicts(draft, prepared)
    lost = scenario_paint_sums.adrift(paint.adrift(prepared, draft.locks, under))
    rows = paint.sums(prepared, draft.locks, under)
    st.html(lost + scenario_paint_sums.table(prepared, rows))
    st.html(f'<p class="tnote">{safe(words["paint_locked"].format(number=len(draft.locks)))}</p>')
    _keep(zone, draft, under)


def _buttons(draft: Definition) -> None:
    words, held = scenario_words.words(), scenario_paint_state.now()
    step, put = scenario_paint_state.step, scenario_paint_state.put
    with st.container(key="cpaint", horizontal=True, gap="small"):
        for back, key, short in ((True, "undo", "Ctrl+Z"), (False, "redo", "Ctrl+Y")):
            off = not (held.past if back else held.future)
            act = partial(step, back)
            st.button(words[key], key=f"c_{key}", disabled=off, on_click=act, shortcut=short)
        off = not draft.locks
        st.button(words["free_all"], key="c_free", disabled=off, on_click=put, args=({},))


def _said(prepared: Prepared) -> None:
    """What the last stroke did, and what it was refused."""
    words, held = scenario_words.words(), scenario_paint_state.now()
    if held.refused:
        each = (f"{_why(prepared, code)} {number}" for code, number in held.refused.items())
        reasons = "、".join(each)
        told = words["paint_refused"].format(number=sum(held.refused.values()), reasons=reasons)
        st.html(f'<p class="cbad" role="status">{safe(told)}</p>')
    elif held.changed:
        told = words["paint_done"].format(number=held.changed)
        st.html(f'<p class="cgood" role="status">{safe(told)}</p>')


def _why(prepared: Prepared, code: str) -> str:
    label = paint.reason(prepared, code)
    return parts.say(label.title, label.title_en)


def _conflicts(draft: Definition, prepared: Prepared) -> None:
    words, names = scenario_words.words(), {one.id: one for one in prepared.labels}
    for number, one in enumerate(paint.conflicts(prepared, draft.locks)):
        use, why = scenario_words.use(names[one.use]), _why(prepared, one.reason)
        told = words["lock_conflict"].format(number=len(one.units), use=use, reason=why)
        st.html(f'<p class="cbad" role="alert">{safe(told)}</p>')
        act = partial(scenario_paint_state.put, paint.without(draft.locks, one.units))
        st.button(words["lock_free"], key=f"c_lockfree_{number}", on_click=act)
    lost = paint.strays(prepared, draft.locks)
    if lost:
        told = words["lock_strays"].format(number=len(lost))
        st.html(f'<p class="cbad" role="alert">{safe(told)}</p>')
        act = partial(scenario_paint_state.put, paint.without(draft.locks, lost))
        st.button(words["lock_free"], key="c_lockfree_lost", on_click=act)


def _keep(zone: Zone, draft: Definition, under: Beneath | None) -> None:
    words, state = scenario_words.words(), scenario_state.now()

    def act() -> str:
        named = draft.model_copy(update={"name": words["hand_name"].format(name=draft.name)[:120]})
        found = paint.by_hand(zone, scenario_book.prepared(zone, named), under)
        made = scenario.keep(zone, found, About(parts.user(), state.parent, state.note))
        scenario_state.choose(made, "result")
        return words["hand_kept"].format(id=made)

    how, go = rights.shut(Act.SCENARIO), scenario_state.attempt
    st.button(words["hand_keep"], key="c_hand", on_click=go, args=(act,), **how)
    st.html(f'<p class="tnote">{safe(words["hand_note"])}</p>')
