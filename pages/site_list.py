"""Several sites asked at once: a row for each; a row chosen is shown below."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from geo.site import Answer, Severity
from geo.units import SIGN, half_up, to_unit
from geo.zone import Zone
from pages import columns, parts, site_book, site_state, site_words


def draw(zone: Zone, numbers: Sequence[str]) -> None:
    """The table, and the button that puts two to six side by side."""
    words, state = site_words.words(), site_state.now()
    frame = _frame(zone, numbers)
    told = st.dataframe(
        frame,
        hide_index=True,
        height=min(38 + 35 * len(frame), 215),
        key=f"site_rows_{numbers[0]}_{len(numbers)}",
        on_select="rerun",
        selection_mode="multi-row",
        column_config=columns.numeric(frame),
    )
    rows = told["selection"]["rows"]
    marked = [numbers[row] for row in rows if row < len(numbers)]
    with st.container(key="zs_rows", horizontal=True):
        st.caption(words["rows_note"].format(count=len(numbers)))
        side = marked or list(numbers)
        fits = 2 <= len(side) <= 6
        st.button(
            words["compare"],
            key="site_compare",
            disabled=not fits,
            on_click=compare,
            args=(tuple(side),),
        )
    if len(marked) == 1 and marked[0] != state.case:
        site_state.show(marked[0], tuple(numbers))
        site_state.fly(site_book.opened(zone, marked[0]).report.site.shape.bounds)
        st.rerun(scope="fragment")


def compare(numbers: Sequence[str]) -> None:
    """Put cases side by side, in the wide view."""
    site_state.now().compared = tuple(numbers)
    st.session_state["site_view"] = "archive"


def _frame(zone: Zone, numbers: Sequence[str]) -> pd.DataFrame:
    words, unit = site_words.words(), parts.unit()
    rows = []
    for number in numbers:
        report = site_book.opened(zone, number).report
        hits = [one for one in report.findings if one.answer is Answer.HIT and one.binding]
        rows.append(
            {
                words["number"]: number,
                words["site"]: report.site.name,
                words["verdict"]: site_words.named(report.verdict),
                f"{words['area']}/{SIGN[unit][parts.english()]}": float(
                    half_up(to_unit(report.area_m2, unit), 2)
                ),
                words["severity_ban"]: sum(one.severity is Severity.BAN for one in hits),
                words["severity_limit"]: sum(one.severity is Severity.LIMIT for one in hits),
            }
        )
    return pd.DataFrame(rows)
