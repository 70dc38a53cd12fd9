"""Every set the zone holds; the chosen one with its source and its history."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from geo.model import SetSummary
from geo.units import AreaUnit, format_area, format_length
from geo.zone import Zone
from layers.style import GRADE_LABEL
from pages import columns, data_between, data_history, dialogs, parts


def draw(zone: Zone) -> None:
    """The list on the left, the chosen set on the right."""
    held = zone.summaries()
    left, right = st.columns([5, 4], gap="medium")
    with left:
        st.caption(parts.t("store", "sets_note"))
        name = _list(held)
        missing = [n for n in zone.catalog.themes if n not in zone.sets()]
        _missing(zone, missing)
    with right:
        one = next((one for one in held if one.name == name), held[0])
        st.html(dialogs.block(zone, one))
        data_between.draw(zone, one.name)
        data_history.draw(zone, one)


def _list(held: Sequence[SetSummary]) -> str:
    english = parts.english()
    rows = [
        {
            parts.t("data", "set"): parts.say(one.title, one.title_en),
            parts.t("store", "name"): one.name,
            parts.t("data", "grade"): GRADE_LABEL[one.grade][english],
            parts.t("data", "count"): one.count,
            parts.t("data", "measured"): _size(one, english=english),
            parts.t("data", "since"): f"v{one.since}",
        }
        for one in held
    ]
    frame = pd.DataFrame(rows)
    state = st.dataframe(
        frame,
        hide_index=True,
        height="content",
        key="data_sets",
        on_select="rerun",
        selection_mode="single-row",
        column_config=columns.numeric(frame),
    )
    chosen = state["selection"]["rows"]
    return held[chosen[0]].name if chosen else held[0].name


def _size(one: SetSummary, *, english: bool) -> str:
    if one.measured_m2:
        return format_area(one.measured_m2, AreaUnit.KM2, english=english)
    return format_length(one.length_m, english=english) if one.length_m else "—"


def _missing(zone: Zone, names: Sequence[str]) -> None:
    """Themes nobody has brought: the next step, offered as a button."""
    titles = [
        parts.say(zone.catalog.themes[n].title, zone.catalog.themes[n].title_en) for n in names
    ]
    if not titles:
        return
    st.markdown(f"**{parts.t('data', 'themes')}**")
    st.text(("、" if not parts.english() else ", ").join(titles))
    st.caption(parts.t("data", "themes_note"))
    st.button(parts.t("store", "go_import"), key="go_import", on_click=_to_import)


def _to_import() -> None:
    st.session_state["dview"] = "import"
