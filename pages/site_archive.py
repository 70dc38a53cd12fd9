"""The archive: every check by parcel, person and day; open, ask again, put side by side."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from geo import casework
from geo.casework import Case
from geo.site import Verdict
from geo.zone import Zone
from pages import parts, site_changes, site_filed, site_list, site_state, site_words

_LISTED = 500
_AGAIN = 20  # asked again at one click


def aside(zone: Zone) -> None:
    """The filters, in the narrow panel."""
    words = site_words.words()
    st.text_input(words["by_parcel"], key="site_a_parcel", persist_state="session")
    people = sorted({one.by for one in casework.archive(zone)})
    st.multiselect(
        words["by_person"],
        people,
        key="site_a_by",
        placeholder=words["any_one"],
        persist_state="session",
    )
    st.date_input(words["by_day"], [], key="site_a_days")
    kinds = [one.name for one in Verdict]
    named = {one.name: site_words.named(one) for one in Verdict}
    st.multiselect(
        words["verdict"],
        kinds,
        format_func=named.__getitem__,
        key="site_a_verdict",
        placeholder=words["any_one"],
    )


def draw(zone: Zone) -> None:
    """The list, and what can be done to what is marked in it."""
    words = site_words.words()
    found = [one for one in casework.archive(zone) if site_filed.fits(one)]
    if not found:
        st.info(words["archive_none"])
        return
    st.caption(words["archive_count"].format(count=len(found), shown=min(len(found), _LISTED)))
    shown = found[:_LISTED]
    told = st.dataframe(
        pd.DataFrame([site_filed.row(one) for one in shown]),
        hide_index=True,
        height=min(38 + 35 * len(shown), 460),
        key=f"site_archive_{shown[0].number}_{len(shown)}",
        on_select="rerun",
        selection_mode="multi-row",
    )
    marked = [shown[row] for row in told["selection"]["rows"] if row < len(shown)]
    numbers = tuple(one.number for one in marked)
    with st.container(key="zs_acts", horizontal=True):
        st.button(words["open_case"], disabled=not marked, on_click=_open, args=(numbers,))
        fits = 2 <= len(marked) <= 6
        st.button(words["compare"], disabled=not fits, on_click=site_list.compare, args=(numbers,))
        again = st.button(words["again"], disabled=not marked, key="site_a_again")
    if again:
        _again(zone, marked)


def _open(numbers: tuple[str, ...]) -> None:
    site_state.show(numbers[0], numbers)
    site_state.now().staged = ()
    st.session_state["site_view"] = "ask"


def _again(zone: Zone, marked: Sequence[Case]) -> None:
    """The same sites asked today: the same answer, or what differs and why."""
    bar = st.progress(0.0)
    for i, one in enumerate(marked[:_AGAIN], 1):
        report, changes = casework.again(zone, one)
        st.markdown(f"**{one.number}** {parts.plain(one.row['site']['name'])}")
        verdict = site_words.named(report.verdict)
        site_changes.differences(changes, verdict, report.as_of.isoformat())
        bar.progress(i / len(marked[:_AGAIN]))
    bar.empty()
