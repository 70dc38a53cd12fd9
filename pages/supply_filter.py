"""Filters of the ledger: a button each, what is set beside, all of it in the address."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from geo.ledger import supply_rules
from geo.zone import Zone
from pages import parts, supply_book, supply_match, supply_moment, supply_state, supply_words


def draw(zone: Zone, table: pd.DataFrame) -> None:
    """Search field and a button for each filter."""
    words = parts.section("supply")
    with st.container(key="sfilter", horizontal=True, vertical_alignment="center", gap="small"):
        st.session_state["sf_q"] = supply_state.get("q")
        st.text_input(
            words["search"],
            key="sf_q",
            type="search",
            placeholder=words["search_hint"],
            label_visibility="collapsed",
            width=270,
            on_change=supply_state.from_widget,
            args=("q", "sf_q"),
        )
        for key in supply_state.FILTERS:
            _button(zone, table, key)
        if any(supply_state.get(key) for key in (*supply_state.FILTERS, "q")):
            st.button(words["clear"], key="sf_clear", type="tertiary", on_click=supply_state.clear)


def chosen(zone: Zone, table: pd.DataFrame) -> pd.DataFrame:
    """Rows that fit what is asked; in a period only those that changed within it."""
    asked = {key: supply_state.several(key) for key in supply_state.FILTERS}
    span, known = supply_moment.period(), supply_moment.asked(zone).known
    ids = supply_book.changed(zone, zone.version, span, known) if span else None
    return supply_match.fitting(table, asked, supply_state.get("q"), ids)


def _button(zone: Zone, table: pd.DataFrame, key: str) -> None:
    words, set_ = parts.section("supply"), supply_state.several(key)
    counts = supply_match.options(table, key)
    named = _names(zone, key)
    order = [one for one in named if one in counts or one in set_]
    order += sorted(one for one in counts if one not in named)
    label = words[f"by_{key}"] + (f" · {len(set_)}" if set_ else "")
    with st.popover(label, key=f"sf_{key}_pop", disabled=not order):
        st.session_state[f"sf_{key}"] = [one for one in set_ if one in order]
        st.pills(
            words[f"by_{key}"],
            order,
            selection_mode="multi",
            format_func=lambda one: parts.plain(f"{named.get(one, one)}　{counts.get(one, 0):,}"),
            key=f"sf_{key}",
            on_change=supply_state.from_widget,
            args=(key, f"sf_{key}"),
        )


def _names(zone: Zone, key: str) -> Mapping[str, str]:
    rules = supply_rules()
    if key in ("town", "park"):
        known = supply_book.names(zone, zone.version, "unit" if key == "town" else "park")
        return {id_: parts.say(*both) for id_, both in known.items()}
    return {
        "status": lambda: {id_: supply_words.marked(id_) for id_ in rules.statuses},
        "use": lambda: {code: supply_words.use(code) for code in rules.uses if len(code) == 2},
        "realm": lambda: {id_: supply_words.realm(id_) for id_ in rules.realm_names},
        "method": lambda: {id_: supply_words.method(id_) for id_ in rules.methods},
        "alert": lambda: {one: supply_words.flag(one) for one in supply_words.flag_keys()},
    }[key]()
