"""A slider by month, so far or in a period, and the two days to be picked exactly."""

from calendar import monthrange
from datetime import date

import streamlit as st

from geo.zone import Zone
from pages import parts, supply_book, supply_moment, supply_state


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
        _slider(zone)
        with st.popover(supply_moment.label(), key="sm_days"):
            _days(zone)


def _months(zone: Zone) -> list[str]:
    start, end = supply_book.first_day(zone, zone.version), supply_book.today()
    count = (end.year - start.year) * 12 + end.month - start.month
    firsts = [divmod(start.year * 12 + start.month - 1 + i, 12) for i in range(max(count, 1) + 1)]
    return [f"{year}-{month + 1:02d}" for year, month in firsts]


def _slider(zone: Zone) -> None:
    months, on = _months(zone), supply_state.day("asof") or supply_book.today()
    end = min(max(f"{on:%Y-%m}", months[0]), months[-1])
    since = supply_state.day("since")
    start = min(max(f"{since:%Y-%m}", months[0]), end) if since else ""
    key = "sm_span" if since else "sm_month"
    st.session_state[key] = (start, end) if since else end
    st.select_slider(
        parts.t("supply", "slider"),
        months,
        key=key,
        label_visibility="collapsed",
        on_change=_slid,
        args=(key,),
    )


def _slid(key: str) -> None:
    said = st.session_state[key]
    start, end = said if isinstance(said, tuple) else ("", said)
    year, month = (int(part) for part in end.split("-"))
    last = date(year, month, monthrange(year, month)[1])
    supply_state.put("asof", "" if last >= supply_book.today() else last.isoformat())
    supply_state.put("since", f"{start}-01" if start else "")


def _mode() -> None:
    on = supply_state.day("asof") or supply_book.today()
    period_asked = st.session_state["sm_mode"] == "period"
    supply_state.put("since", f"{on.year}-01-01" if period_asked else "")


def _days(zone: Zone) -> None:
    words, today = parts.section("supply"), supply_book.today()
    first = min(supply_book.first_day(zone, zone.version), today)
    for key in ("asof", "known"):
        widget = f"sm_{key}"
        found = supply_state.day(key)
        st.session_state[widget] = min(max(found, first), today) if found else None
        st.date_input(
            words[f"{key}_day"],
            min_value=first,
            max_value=today,
            format="YYYY-MM-DD",
            key=widget,
            help=words[f"{key}_help"],
            on_change=_picked,
            args=(key,),
        )


def _picked(key: str) -> None:
    said = st.session_state[f"sm_{key}"]
    usual = said is None or said >= supply_book.today()
    supply_state.put(key, "" if usual else said.isoformat())
