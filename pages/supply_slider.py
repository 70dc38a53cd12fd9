"""A slider by month, so far or in a period, and the two days to be picked exactly."""

from datetime import date

import streamlit as st

from geo.zone import Zone
from pages import (
    day_play,
    day_slider,
    day_versus,
    parts,
    supply_book,
    supply_moment,
    supply_state,
)


def draw(zone: Zone) -> None:
    """Mode, slider and days in one row."""
    words = parts.section("supply")
    with st.container(key="smoment", horizontal=True, vertical_alignment="center", gap="small"):
        st.session_state["sm_mode"] = "period" if supply_state.get("since") else "so_far"
        st.segmented_control(
            words["mode"],
            ["so_far", "period"],
            required=True,
            format_func=lambda one: words[f"mode_{one}"],
            key="sm_mode",
            label_visibility="collapsed",
            on_change=_mode,
        )
        if since := supply_state.day("since"):
            _span(zone, since)
        else:
            day_slider.draw(zone, supply_state.HELD, "sm_month")
        with st.popover(supply_moment.label(), key="sm_days"):
            _days(zone)
        if not since:
            day_play.button(zone, supply_state.HELD)
            day_versus.button(zone, supply_state.HELD)


def _span(zone: Zone, since: date) -> None:
    months, on = day_slider.months(zone), supply_state.day("asof") or supply_book.today()
    end = min(max(f"{on:%Y-%m}", months[0]), months[-1])
    st.session_state["sm_span"] = (min(max(f"{since:%Y-%m}", months[0]), end), end)
    st.select_slider(
        parts.t("supply", "slider"),
        months,
        key="sm_span",
        label_visibility="collapsed",
        on_change=_slid,
    )


def _slid() -> None:
    start, end = st.session_state["sm_span"]
    supply_state.put("asof", day_slider.last(end))
    supply_state.put("since", f"{start}-01")


def _mode() -> None:
    on = supply_state.day("asof") or supply_book.today()
    period_asked = st.session_state["sm_mode"] == "period"
    supply_state.put("since", f"{on.year}-01-01" if period_asked else "")


def _days(zone: Zone) -> None:
    words = parts.section("supply")
    for key in ("asof", "known"):
        text = words[f"{key}_day"], words[f"{key}_help"]
        day_slider.exact(zone, supply_state.HELD, key, text)
