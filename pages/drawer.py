"""The table under the map: any set, filtered, chosen on the map and back, exported as shown."""

from collections.abc import Sequence

import streamlit as st

from geo.model import Boundaries
from geo.zone import Zone
from layers import grid
from pages import columns, moment, parts, sift
from pages.takeaway import Takeaway

_PX = 250


def open_set() -> str | None:
    """The set whose table is open."""
    said = st.session_state.get("opened_table")
    return said["set"] if said else None


def follow(chosen: Sequence[tuple[str, str]]) -> None:
    """Start the rows anew when what is chosen on the map changed: a table keeps its own marks."""
    name = open_set()
    seen = (name, [id_ for set_, id_ in chosen if set_ == name])
    if st.session_state.get("rows_seen") != seen:
        st.session_state["rows_seen"] = seen
        st.session_state["rows_turn"] = st.session_state.get("rows_turn", 0) + 1


def _key(name: str | None) -> str:
    return f"rows_{name}_{st.session_state.get('rows_turn', 0)}"


def marked() -> list[tuple[str, str]]:
    """Rows marked in the table."""
    name = open_set()
    state = st.session_state.get(_key(name))
    ids = st.session_state.get("table_ids", [])
    rows = state["selection"]["rows"] if state else []
    return [(name, ids[row]) for row in rows if name and row < len(ids)]


def draw(zone: Zone, chosen: Sequence[tuple[str, str]]) -> None:
    """Draw the table of the open set, with what is chosen on the map marked."""
    name = open_set()
    known = zone.boundaries(name) if name else None
    if known is None:
        return
    with st.container(key="drawer"):
        with st.container(key="drawer_top", horizontal=True, vertical_alignment="center"):
            shown = sift.asked(zone, known)
            _buttons(zone, shown)
        _table(shown, chosen)


def _buttons(zone: Zone, shown: Boundaries) -> None:
    count = len(shown.table)
    listed = f"{sift.LISTED:,} / " if count > sift.LISTED else ""
    st.html(f'<span class="zc-count">{listed}{count:,} {parts.t("table", "count")}</span>')
    stem = f"{shown.name}_v{shown.since}_{moment.today():%Y%m%d}"
    title = zone.catalog.title(shown.name)
    Takeaway(lambda: shown, title, stem, "export", empty=shown.table.empty).draw()
    st.button(parts.t("table", "close"), key="table_close", type="tertiary", on_click=_close)


def _close() -> None:
    st.session_state.pop("opened_table", None)


def _table(shown: Boundaries, chosen: Sequence[tuple[str, str]]) -> None:
    if shown.table.empty:
        st.info(parts.t("table", "empty"))
        return
    shown = sift.listed(shown, [id_ for name, id_ in chosen if name == shown.name])
    ids = list(shown.table["id"])
    st.session_state["table_ids"] = ids
    rows = [ids.index(id_) for name, id_ in chosen if name == shown.name and id_ in ids]
    frame = grid.frame(shown, parts.unit(), english=parts.english())
    st.dataframe(
        frame,
        column_config=columns.numeric(frame),
        placeholder="—",
        height=_PX,
        hide_index=True,
        key=_key(shown.name),
        on_select="rerun",
        selection_mode="multi-row",
        selection_default={"selection": {"rows": rows}},
    )
