"""Two scenarios beside one another: from→to, change map, indicators, demands by clause, prices."""

from dataclasses import replace

import streamlit as st

from geo.zone import Zone
from pages import (
    scenario_beside,
    scenario_book,
    scenario_flow,
    scenario_map,
    scenario_state,
    scenario_words,
    tabs,
)
from pages.scenario_book import Found

TABS = ("flow", "figures", "demands", "prices")
MAPS = ("change", "swipe", "sync")


def show(zone: Zone) -> None:
    """Draw the view."""
    words, state = scenario_words.words(), scenario_state.now()
    rows = scenario_book.listed(zone)
    ids = [one.id for one in rows]
    if len(ids) < 2:
        st.info(words["compare_two"])
        return
    state.id = state.id if state.id in ids else ids[0]
    if state.other not in ids or state.other == state.id:
        parent = next(one.parent for one in rows if one.id == state.id)
        state.other = parent if parent in ids else next(one for one in ids if one != state.id)
    names = {one.id: scenario_words.named(one) for one in rows}
    with st.container(key="csides", horizontal=True, gap="small", vertical_alignment="center"):
        _side("other", words["from"], names)
        _side("id", words["to"], names)
        map_ = tabs.one_of(words["maps"], {one: words[f"map_{one}"] for one in MAPS}, "c_maps")
    a, b = (scenario_book.opened(zone, one) for one in (state.other, state.id))
    with st.container(key="csplit", horizontal=True, gap="medium"):
        with st.container(key="cform"):
            _tables(a, b)
        _maps(zone, (a, b), map_)


def _side(field: str, label: str, names: dict[str, str]) -> None:
    state, key = scenario_state.now(), f"c_side_{field}"
    st.session_state[key] = getattr(state, field)

    def chosen() -> None:
        setattr(state, field, str(st.session_state[key]))

    st.selectbox(label, list(names), format_func=lambda one: names[one], key=key, on_change=chosen)


def _tables(a: Found, b: Found) -> None:
    words = scenario_words.words()
    tab = tabs.one_of(words["tabs"], {one: words[f"cmp_{one}"] for one in TABS}, "c_cmp")
    found = scenario_book.compared(a.outcome, b.outcome)
    if tab == "flow":
        names = {label.id: scenario_words.use(label) for label in found.labels}
        title = words["flow_between"].format(a=a.kept.id, b=b.kept.id)
        st.html(scenario_flow.table(found.flow, names, title) + scenario_flow.changes(found))
        return
    text = {
        "figures": scenario_beside.indicators,
        "demands": scenario_beside.demands,
        "prices": scenario_beside.prices,
    }
    st.html(text[tab](found, (a.kept.id, b.kept.id)))


def _maps(zone: Zone, pair: tuple[Found, Found], which: str) -> None:
    """What changes, or both on maps that move together: side by side, or under a divider."""
    if which == "change":
        found = scenario_book.compared(pair[0].outcome, pair[1].outcome)
        scenario_map.show(zone, scenario_map.of_change(pair[1].outcome, found))
        return
    frame = st.container(key=f"pair_{which}", horizontal=True, height="stretch", gap="small")
    with frame:
        for one, key in zip(pair, ("scenario_a", "scenario_b"), strict=True):
            tint = scenario_map.of_outcome(one.outcome)
            name = one.kept.id
            legend = replace(tint.legend, title=name, title_en=name)
            scenario_map.show(zone, replace(tint, legend=legend), key)
