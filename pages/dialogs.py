"""Where the data come from, and what is not on the map."""

import pandas as pd
import streamlit as st

from geo.model import SetSummary
from geo.units import AreaUnit, format_area, format_length
from geo.zone import Zone
from layers import card
from pages import data_cover, parts


def _word(key: str) -> str:
    return parts.t("data", key)


def sources(zone: Zone) -> None:
    """Every set, from the same catalogue the map reads; then what is still to import."""

    @st.dialog(_word("sources_title"), width="large")
    @parts.told
    def dialog() -> None:
        st.caption(_word("sources_note"))
        blocks = "".join(block(zone, one) for one in zone.summaries())
        st.html(f'<div class="zc-sheet">{blocks}</div>')
        st.markdown(f"**{_word('themes')}**")
        st.caption(_word("themes_note"))
        held = zone.sets()
        rows = [
            (parts.say(one.title, one.title_en), "", f"{_word('law')} {one.law}" if one.law else "")
            for name, one in zone.catalog.themes.items()
            if name not in held
        ]
        st.html(f'<div class="zc-sheet">{card.notes(rows)}</div>')

    dialog()


def block(zone: Zone, one: SetSummary) -> str:
    """One set as a block: what it is, how far to believe it, whose it is."""
    english = parts.english()
    source = one.source
    entry = zone.catalog.shipped.get(one.name)
    note, licence = source.note, source.licence
    if english and entry is not None and entry.source == source:
        note, licence = entry.note_en, entry.licence_en
    stated = source.declared_m2
    rows = [
        (_word("count"), str(one.count)),
        (_word("measured"), _size(one, english=english)),
        (_word("declared"), format_area(stated, AreaUnit.KM2, english=english) if stated else ""),
        (
            _word("error"),
            f"± {format_length(source.error_m, english=english)}" if source.error_m else "",
        ),
        (_word("issued"), source.issued.isoformat() if source.issued else ""),
        (_word("source"), zone.source_title(one.name, english=english)),
        (_word("licence"), licence),
        (parts.t("store", "covers"), data_cover.told(zone, source)),
        (_word("note"), note),
        (_word("since"), f"v{one.since}"),
    ]
    head = card.heading(parts.say(one.title, one.title_en), one.grade, "", english=english)
    body = "".join(card.line(label, value) for label, value in rows if value)
    return f'<section class="zc-block">{head}{body}</section>'


def _size(one: SetSummary, *, english: bool) -> str:
    if one.measured_m2:
        return format_area(one.measured_m2, AreaUnit.KM2, english=english)
    return format_length(one.length_m, english=english) if one.length_m else ""


def opened(zone: Zone) -> None:
    """Draw the dialog a map's panel just asked for, if any."""
    for name, draw in (("sources", sources), ("unplaced", unplaced)):
        if st.session_state.pop(f"opened_{name}", None):
            draw(zone)


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
