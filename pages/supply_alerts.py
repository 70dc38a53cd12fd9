"""预警. What falls due, what is 疑似, with tests, numbers and articles; a calendar to take away."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from geo.ledger import reckon
from geo.supply import calendar
from geo.supply.clock import Clock, falling_due
from geo.zone import Zone
from pages import download, parts, supply_clock, supply_opener, supply_suspects
from pages.supply_book import Snapshot
from pages.target_words import safe


def show(zone: Zone, now: Snapshot, rows: pd.DataFrame) -> None:
    """Draw the view; it follows the filter."""
    clocks = [now.clocks[id_] for id_ in rows["id"] if id_ in now.clocks]
    with st.container(key="salerts", horizontal=True, gap="large"):
        with st.container(key="salerts_due"):
            _due(zone, now, clocks)
        with st.container(key="salerts_found"):
            supply_suspects.show(now, clocks)
    supply_suspects.articles()


def _due(zone: Zone, now: Snapshot, clocks: Sequence[Clock]) -> None:
    words, days = parts.section("supply"), reckon.norms().notice.days
    st.html(f'<h2 class="tgroup">{safe(words["due"])}</h2>')
    within = st.segmented_control(
        words["due"],
        days,
        default=days[-1],
        required=True,
        format_func=lambda one: words["within"].format(days=one),
        key="sa_days",
        label_visibility="collapsed",
    )
    found = falling_due(clocks, int(within or days[-1]))
    if not found:
        st.info(words["due_none"])
    frame = pd.DataFrame(
        {
            words["col_id"]: [one.parcel for one, _ in found],
            words["col_due"]: [supply_clock.due_name(last) for _, last in found],
            words["col_day"]: [last.on.isoformat() for _, last in found],
            words["col_left"]: [last.left for _, last in found],
        }
    )
    if found:
        supply_opener.show(frame, [one.parcel for one, _ in found], "due")
    mark = parts.t("app", "example") + " " if zone.example else ""
    told = calendar.reminders(clocks, reckon.norms(), mark)
    download.button(
        words["ics"].format(number=len(told)),
        calendar.ics(words["ics_name"], told, datetime.now(UTC)),
        f"supply_{now.day:%Y%m%d}.ics",
        mime="text/calendar",
        key="sa_ics",
        disabled=not told,
        told={"sets": ["parcel"], "rows": len(told)},
    )
