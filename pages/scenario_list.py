"""The list of scenarios, and what can be done with the one chosen."""

from typing import Any

import pandas as pd
import streamlit as st

from geo import scenario
from geo.scenario import Kept
from geo.zone import Zone
from pages import parts, scenario_acts, scenario_book, scenario_state, scenario_words
from pages.target_words import safe


def show(zone: Zone) -> None:
    """Draw the view."""
    words, rows = scenario_words.words(), scenario_book.listed(zone)
    if not rows:
        _empty(zone)
        return
    state = scenario_state.now()
    if state.id not in {one.id for one in rows}:
        state.id = rows[0].id
    with st.container(key="csplit", horizontal=True, gap="medium"):
        with st.container(key="clist"):
            with st.container(key="cbar", horizontal=True, vertical_alignment="center"):
                st.html(f'<p class="tnote">{safe(words["listed"].format(number=len(rows)))}</p>')
                _new(zone)
            _table(rows)
            st.html(f'<p class="tnote">{safe(words["list_note"])}</p>')
        with st.container(key="cpanel"):
            scenario_acts.show(zone, next(one for one in rows if one.id == state.id))


def _empty(zone: Zone) -> None:
    words = scenario_words.words()
    with st.container(key="sempty"):
        st.html(
            f'<h2 class="thead">{safe(words["empty_title"])}</h2>'
            f'<p class="sempty-lead">{safe(words["empty_lead"])}</p>'
        )
        _new(zone)


def _new(zone: Zone) -> None:
    st.button(
        scenario_words.words()["new"], type="primary", key="c_new", on_click=_begin, args=(zone,)
    )


def _begin(zone: Zone) -> None:
    scenario_state.begin(scenario.start(zone))


def _table(rows: tuple[Kept, ...]) -> None:
    state, words = scenario_state.now(), scenario_words.words()
    at = [one.id for one in rows].index(state.id)
    key = f"ctable_{len(rows)}_{state.id}_{parts.english()}"

    def chosen() -> None:
        said = st.session_state[key]["selection"]["rows"]
        if said:
            state.id = rows[said[0]].id

    st.dataframe(
        pd.DataFrame([_row(one) for one in rows]),
        key=key,
        hide_index=True,
        height=min(38 + 33 * len(rows), 640),
        row_height=33,
        on_select=chosen,
        selection_mode="single-row",
        selection_default={"selection": {"rows": [at]}},
        placeholder="—",
        column_config={
            words["col_id"]: st.column_config.TextColumn(width=112, pinned=True),
            words["col_name"]: st.column_config.TextColumn(width=190),
            words["col_locked"]: st.column_config.TextColumn(width=64),
        },
        alt=words["view_list"],
    )


def _row(one: Kept) -> dict[str, Any]:
    words = scenario_words.words()
    short = scenario_book.short_mu(one)
    return {
        words["col_id"]: one.id,
        words["col_name"]: one.name,
        words["col_state"]: scenario_words.state(one.state, str(one.result["method"])),
        words["col_gap"]: scenario_words.gap(one.gap_pct),
        words["col_short"]: scenario_words.of_mu(short) if short else None,
        words["col_parent"]: one.parent or None,
        words["col_by"]: one.by,
        words["col_on"]: one.on.isoformat(),
        words["col_version"]: str(one.version),
        words["col_locked"]: words["locked"] if one.locked else None,
    }
