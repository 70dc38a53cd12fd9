"""Where the data come from, and what is not on the map."""

import pandas as pd
import streamlit as st

from geo.model import SetSummary
from geo.units import AreaUnit, format_area, format_length
from geo.zone import Zone
from layers.style import GRADE_LABEL
from pages import parts


def _word(key: str) -> str:
    return parts.t("data", key)


def sources(zone: Zone) -> None:
    """One row per set, from the same catalogue the map reads; then what is still to import."""

    @st.dialog(_word("sources_title"), width="large")
    @parts.told
    def dialog() -> None:
        st.caption(_word("sources_note"))
        st.dataframe(
            pd.DataFrame([_row(zone, one) for one in zone.summaries()]),
            hide_index=True,
            height=420,
            row_height=64,
            column_config={
                _word("source"): st.column_config.TextColumn(width=300),
                _word("note"): st.column_config.TextColumn(width=460),
                _word("licence"): st.column_config.TextColumn(width=240),
            },
        )
        st.markdown(f"**{_word('themes')}**")
        st.caption(_word("themes_note"))
        held = zone.sets()
        rows = [
            {"": name, _word("theme"): parts.say(one.title, one.title_en), _word("law"): one.law}
            for name, one in zone.catalog.themes.items()
            if name not in held
        ]
        st.dataframe(pd.DataFrame(rows), hide_index=True)

    dialog()


def _row(zone: Zone, one: SetSummary) -> dict[str, object]:
    english = parts.english()
    entry = zone.catalog.shipped.get(one.name)
    shipped = entry is not None and entry.source.title == one.source.title
    return {
        _word("set"): parts.say(one.title, one.title_en),
        _word("grade"): GRADE_LABEL[one.grade][english],
        _word("count"): one.count,
        _word("measured"): _size(one, english=english),
        _word("declared"): ""
        if one.declared_m2 is None
        else format_area(one.declared_m2, AreaUnit.KM2, english=english),
        _word("error"): one.source.error_m,
        _word("issued"): one.source.issued,
        _word("source"): parts.say(one.source.title, entry.source_en if entry and shipped else ""),
        _word("licence"): one.source.licence,
        _word("note"): parts.say(one.source.note, entry.note_en if entry and shipped else ""),
        _word("since"): f"v{one.since}",
    }


def _size(one: SetSummary, *, english: bool) -> str:
    if one.measured_m2:
        return format_area(one.measured_m2, AreaUnit.KM2, english=english)
    return format_length(one.length_m, english=english) if one.length_m else ""


def unplaced(zone: Zone) -> None:
    """Entities of the plan without a published position, with the reason."""

    @st.dialog(_word("unplaced_title"), width="large")
    @parts.told
    def dialog() -> None:
        st.caption(_word("unplaced_note"))
        rows = [
            {
                parts.t("table", "id"): one.id,
                parts.t("card", "name"): parts.say(one.name, one.name_en),
                _word("reason"): parts.say(one.reason, one.reason_en),
            }
            for one in zone.catalog.unplaced
        ]
        st.dataframe(pd.DataFrame(rows), hide_index=True, height=520)

    dialog()
