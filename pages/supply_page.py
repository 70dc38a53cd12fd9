"""供应台账. Every parcel on any day: list and map, totals, clocks, plan, in and out."""

import streamlit as st

from geo.zone import Zone
from pages import (
    day_play,
    draft_offer,
    parts,
    supply_alerts,
    supply_batches,
    supply_book,
    supply_chosen,
    supply_draft,
    supply_empty,
    supply_files,
    supply_filter,
    supply_list,
    supply_moment,
    supply_plan,
    supply_slider,
    supply_state,
    supply_stats,
)
from pages.target_words import safe

VIEWS = ("list", "stats", "alerts", "batches", "plan", "files")
_FILTERED = ("list", "stats", "alerts")


@parts.told
def page(zone: Zone) -> None:
    """Draw the page; what the address asks is taken up here, once for each visit to it."""
    supply_state.take_up()
    st.html(f'<h1 class="sr">{safe(parts.t("app", "supply"))}</h1>')
    body(zone)


@st.fragment
@parts.told
def body(zone: Zone) -> None:
    """All of it; a click reruns only this."""
    day_play.go_on(zone, supply_state.HELD)
    if said := st.session_state.pop("supply_said", ""):
        st.toast(said)
    draft_offer.show(supply_draft.offer(zone))
    if supply_book.empty(zone) and supply_state.get("view") not in ("plan", "files"):
        supply_empty.draw(zone)
        supply_state.write()
        return
    with st.container(key="shead", horizontal=True, vertical_alignment="center", gap="medium"):
        view = _view()
        if view in (*_FILTERED, "batches"):
            supply_slider.draw(zone)
    if view not in ("plan", "files"):
        supply_moment.banner()
    now = supply_book.snapshot(zone, supply_moment.asked(zone))
    chosen = supply_chosen.ids(zone)
    if view in _FILTERED:
        supply_filter.draw(zone, now.table)
        rows = supply_filter.chosen(zone, now.table)
        shown = {"list": supply_list, "stats": supply_stats, "alerts": supply_alerts}
        shown[view].show(zone, now, rows)
    else:
        others = {"batches": supply_batches, "plan": supply_plan, "files": supply_files}
        others[view].show(zone, now)
    supply_chosen.settle(chosen if view != "list" else supply_chosen.ids(zone))
    supply_state.write()


def _view() -> str:
    asked = supply_state.get("view", VIEWS[0])
    st.session_state["s_view"] = asked if asked in VIEWS else VIEWS[0]
    words = parts.section("supply")
    found = st.segmented_control(
        words["views"],
        VIEWS,
        required=True,
        format_func=lambda one: words[f"view_{one}"],
        key="s_view",
        label_visibility="collapsed",
        on_change=_chose_view,
    )
    return str(found or VIEWS[0])


def _chose_view() -> None:
    said = st.session_state["s_view"]
    supply_state.put("view", "" if said == VIEWS[0] else said)
