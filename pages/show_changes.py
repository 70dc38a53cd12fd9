"""What changed since another meeting: by kind, row by row with the way there, as Excel."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from geo import briefing
from geo.meeting import Change, Snapshot
from geo.zone import Zone
from pages import download, show_book, show_change, show_files, show_state, show_table, show_words
from pages.show_state import HELD
from pages.target_words import safe

_MOST = 300  # rows on the screen; the file holds all


def show(zone: Zone, one: Snapshot) -> None:
    """Draw chooser, kinds, table and download."""
    words, other = show_words.words(), show_state.against(zone, one)
    st.html(f'<h3 class="tsub">{safe(words["changes"])}</h3>')
    if other is None:
        st.html(f'<p class="tnote">{safe(words["first_note"])}</p>')
        return
    found = show_book.changes(zone, one.number, other.number)
    with st.container(key="mchange", horizontal=True, vertical_alignment="center", gap="small"):
        _against(zone, one, other)
        kind = _kind(found.rows)
        rows = [each for each in found.rows if not kind or each.kind.value == kind]
        download.button(
            words["take_changes"],
            partial(show_table.workbook, zone, one, other, found.rows),
            show_files.name(one, "xlsx", kind="changes"),
            key=f"show_changes_{one.number}_{other.number}",
            disabled=not found.rows,
            told={"meeting": one.number, "against": other.number, "version": one.version},
        )
    if not found.rows:
        st.html(f'<p class="tnote">{safe(words["unchanged_note"])}</p>')
        return
    st.html(show_table.html(zone, rows[:_MOST]))
    if len(rows) > _MOST:
        told = words["rows_more"].format(shown=_MOST, total=f"{len(rows):,}")
        st.html(f'<p class="tnote">{safe(told)}</p>')


def _against(zone: Zone, one: Snapshot, other: Snapshot) -> None:
    words = show_words.words()
    lines = {str(each.number): show_words.meeting_line(each) for each in briefing.snapshots(zone)}
    st.session_state["show_against"] = str(other.number)
    st.selectbox(
        words["against"],
        [key for key in reversed(lines) if int(key) < one.number],
        format_func=lambda key: words["compared"].format(meeting=lines[key]),
        key="show_against",
        label_visibility="collapsed",
        on_change=HELD.hear("against", "show_against"),
    )


def _kind(rows: Sequence[Change]) -> str:
    """The kind to list; empty for all."""
    words = show_words.words()
    there = [kind for kind in show_change.MARKS if any(one.kind.value == kind for one in rows)]
    lines = {"": words["kind_all"].format(number=f"{len(rows):,}")}
    for kind in there:
        number = sum(one.kind.value == kind for one in rows)
        lines[kind] = f"{show_change.MARKS[kind]} {show_change.name(kind)} {number:,}"
    key = "show_kind"
    if st.session_state.get(key) not in lines:
        st.session_state[key] = ""
    found = st.selectbox(
        words["kind"], list(lines), format_func=lines.__getitem__, key=key,
        label_visibility="collapsed",
    )  # fmt: skip
    return str(found or "")
