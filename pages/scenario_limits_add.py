"""An exclusion of one's own: any set that is held, or areas drawn on the map; whole or in part."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from geo.scenario import Definition
from geo.scenario.default import excludes
from geo.zone import Zone
from pages import scenario_book, scenario_form, scenario_state, scenario_words
from pages import scenario_limits_where as where
from pages.target_words import safe

WAYS = ("set", "region")


def show(zone: Zone, draft: Definition) -> None:
    """Draw the form; the way chosen opens it."""
    words = scenario_words.words()
    st.html(f'<h3 class="tsub">{safe(words["limit_new"])}</h3>')
    way = st.segmented_control(
        words["limit_new"],
        WAYS,
        format_func=lambda one: words[f"limit_{one}"],
        key=scenario_form.key("l_way"),
        label_visibility="collapsed",
    )
    if way is None:
        return
    with st.container(key="c_own", gap="small"):
        source = where.of_set(zone) if way == "set" else where.of_region()
        said = _fields(draft)

        def act() -> None:
            scenario_state.change(lambda old: added(old, {**said, **source}))

        off = not said["title"].strip() or not source
        st.button(words["add"], key=scenario_form.key("l_go"), on_click=act, disabled=off)


def _fields(draft: Definition) -> dict[str, Any]:
    """What is said of a new exclusion beside where it lies."""
    words, key = scenario_words.words(), scenario_form.key
    names = {one.id: f"{one.code} {one.name}" for one in draft.uses}
    title = st.text_input(words["limit_title"], key=key("l_title"), max_chars=60)
    with st.container(key="c_ownhow", horizontal=True, gap="small", vertical_alignment="bottom"):
        hard = st.toggle(words["limit_whole"], value=True, key=key("l_hard"))
        pct = st.number_input(
            words["col_from" if hard else "col_usable"],
            0.0,
            100.0,
            1.0 if hard else 50.0,
            key=key(f"l_pct_{hard}"),
        )
        order = 0 if hard else st.number_input(words["col_priority"], 0, 99, key=key("l_order"))
    uses = st.multiselect(
        words["limit_uses"],
        list(names),
        format_func=lambda one: names[one],
        key=key("l_uses"),
        placeholder=words["limit_all_uses"],
    )
    basis = st.text_input(words["col_basis"], key=key("l_basis"), max_chars=200)
    how = {"from_pct": pct} if hard else {"usable_pct": pct, "priority": order}
    return {"title": title, "title_en": title, "uses": uses, "basis": basis, **how}


def added(draft: Definition, new: Mapping[str, Any]) -> Definition:
    """The draft with one more exclusion, or one more land of which only a part may be used."""
    held = {one.id for one in (*excludes(draft), *draft.partials)}
    id_ = next(f"own{i}" for i in range(1, 200) if f"own{i}" not in held)
    part = "usable_pct" in new
    old = draft.partials if part else excludes(draft)
    rows = [one.model_dump(mode="json", exclude_defaults=True) for one in old]
    field = "partials" if part else "excludes"
    return scenario_book.changed(draft, **{field: [*rows, {"id": id_, **new}]})
