"""A rule of phasing is added: which road or tunnel, how far it reaches, from which day."""

from typing import Any

import streamlit as st

from geo.scenario import Definition, Where
from geo.zone import Zone
from pages import parts, scenario_book, scenario_form, scenario_state, scenario_words

_INFRASTRUCTURE = ("road", "corridor", "station", "pipeline", "powerline", "project", "facility")


def named(zone: Zone, where: Where) -> str:
    """A set, and which of its features are meant."""
    title = zone.catalog.title(where.set, english=parts.english())
    if not where.ids:
        return title
    names = _names(zone, where.set)
    return f"{title}：" + "、".join(names.get(id_, id_) for id_ in where.ids)


def _names(zone: Zone, set_: str) -> dict[str, str]:
    known = zone.boundaries(set_)
    if known is None:
        return {}
    english = parts.english() and "name_en" in known.table
    column = known.table["name_en"].fillna("") if english else known.table["name"]
    return {id_: f"{name or id_}" for id_, name in zip(known.table["id"], column, strict=True)}


def show(zone: Zone, draft: Definition) -> None:
    """Draw the form behind its button."""
    words, key = scenario_words.words(), scenario_form.key
    there = [one for one in _INFRASTRUCTURE if one in zone.sets(zone.version)]
    with st.popover(words["phase_add"], key="c_phase"):
        set_ = st.selectbox(
            words["phase_set"],
            there,
            format_func=lambda one: zone.catalog.title(one, english=parts.english()),
            key=key("p_set"),
        )
        names = _names(zone, str(set_))
        st.multiselect(
            words["phase_ids"],
            list(names),
            format_func=lambda one: names[one],
            key=key(f"p_ids_{set_}"),
            placeholder=words["phase_all"],
        )
        st.number_input(words["phase_reach"], 0.0, value=500.0, step=100.0, key=key("p_reach"))
        st.date_input(words["phase_day"], None, key=key("p_day"), disabled=not draft.periods)
        if not draft.periods:
            st.caption(words["phase_years_first"])

        def act() -> None:
            said = st.session_state
            new: dict[str, Any] = {"where": {"set": set_, "ids": said[key(f"p_ids_{set_}")]}}
            new |= {"reach_m": said[key("p_reach")], "opens": str(said[key("p_day")])}
            scenario_state.change(lambda old: added(old, new))

        ready = bool(draft.periods) and st.session_state.get(key("p_day")) is not None
        st.button(words["add"], key=key("p_go"), on_click=act, disabled=not ready)


def added(draft: Definition, new: dict[str, Any]) -> Definition:
    """The draft with one more rule."""
    held = [one.model_dump(mode="json", exclude_defaults=True) for one in draft.phases]
    return scenario_book.changed(draft, phases=[*held, new])
