"""The list: one row a parcel, several can be marked; marks follow the map and lead it."""

import hashlib
from collections.abc import Sequence

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from geo.units import DECIMALS
from geo.zone import Zone
from pages import parts, supply_book, supply_chosen, supply_words

LISTED = 2_000  # rows sent to the browser; the rest is counted, and found by the filters
_WIDTHS = {  # px in Chinese and in English: no text is cut
    "id": (104, 104),
    "status": (96, 192),
    "project": (170, 170),
    "area": (88, 92),
    "use": (148, 176),
    "method": (84, 124),
    "unit": (84, 168),
    "park": (176, 200),
    "agreed_start": (100, 112),
    "flags": (150, 190),
}


def show(zone: Zone, rows: pd.DataFrame, chosen: Sequence[str]) -> None:
    """Draw the table with what is chosen marked."""
    ordered, ids, marks = _laid(rows, chosen)
    key = _key(ids)
    if key not in st.session_state or sorted(_marked(key)) != sorted(marks):
        st.session_state["sturn"] = st.session_state.get("sturn", 0) + 1
        st.session_state["sfirst"] = list(chosen)  # chosen elsewhere: seen without scrolling
        ordered, ids, marks = _laid(rows, chosen)
        key = _key(ids)
    st.dataframe(
        frame(zone, ordered),
        key=key,
        height="stretch",
        row_height=33,
        hide_index=True,
        column_config={name: _column(name) for name in _WIDTHS},
        placeholder="—",
        on_select=lambda: supply_chosen.choose(ids[row] for row in _marked(key)),
        selection_mode="multi-row",
        selection_default={"selection": {"rows": marks}},
        alt=parts.t("app", "supply"),
    )


def _laid(rows: pd.DataFrame, chosen: Sequence[str]) -> tuple[pd.DataFrame, list[str], list[int]]:
    """The first rows, those chosen on the map before all others; their ids, and the marks."""
    shown = pd.concat([rows.head(LISTED), rows[rows["id"].isin(chosen)]])
    shown = shown[~shown["id"].duplicated()]
    on_top = shown["id"].isin(st.session_state.get("sfirst", ()))
    shown = pd.concat([shown[on_top], shown[~on_top]])
    ids = list(shown["id"])
    return shown, ids, [ids.index(id_) for id_ in chosen if id_ in ids]


def frame(zone: Zone, rows: pd.DataFrame) -> pd.DataFrame:
    """Parcels as cells, one column per key of the widths."""
    units, parks = (dict(supply_book.names(zone, zone.version, name)) for name in ("unit", "park"))
    mark = ", " if parts.english() else "、"
    named = [own or where for own, where in zip(rows["project"], rows["location"], strict=True)]
    return pd.DataFrame(
        {
            "id": list(rows["id"]),
            "status": [supply_words.marked(one) for one in rows["status"]],
            "project": named,
            "area": [supply_words.bare(m2) for m2 in rows["area_m2"]],
            "use": [supply_words.use(code) if code else None for code in rows["use"]],
            "method": [supply_words.method(one) if one else None for one in rows["method"]],
            "unit": [supply_words.place(units, one) or None for one in rows["unit"]],
            "park": [supply_words.place(parks, one) or None for one in rows["park"]],
            "agreed_start": [on.isoformat() if on else None for on in rows["agreed_start"]],
            "flags": [mark.join(map(supply_words.flag, one)) or None for one in rows["flags"]],
        }
    )


def _column(name: str) -> ColumnConfig:
    words, width = parts.section("supply"), _WIDTHS[name][parts.english()]
    if name == "area":
        label = f"{words['col_area']}/{supply_words.sign()}"
        last = 10.0 ** -DECIMALS[parts.unit()]
        return st.column_config.NumberColumn(label, width=width, format="localized", step=last)
    return st.column_config.TextColumn(words[f"col_{name}"], width=width, pinned=name == "id")


def _key(ids: Sequence[str]) -> str:
    seen = f"{' '.join(ids)} {parts.english()} {parts.unit()}"
    digest = hashlib.sha256(seen.encode()).hexdigest()[:8]
    return f"stable_{digest}_{st.session_state.get('sturn', 0)}"


def _marked(key: str) -> list[int]:
    return list(st.session_state[key]["selection"]["rows"])
