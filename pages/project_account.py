"""增减: opening + added − left = closing between two days, by group, with ids behind each."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from geo import projects
from geo.ledger import project_rules
from geo.projects import AccountRow
from pages import moment, parts, project_table, project_words
from pages.project_book import HELD, Seen
from pages.project_table import Cell
from pages.target_words import safe

BYS = ("all", "lead", "kind", "tags")
_COLUMNS = ("opening", "added", "left", "came", "went", "closing", "adjusted")


def show(seen: Seen) -> None:
    """Draw the account."""
    words = parts.section("project")
    with st.container(key="paccount", horizontal=True, vertical_alignment="bottom", gap="small"):
        start = _day("from", date(seen.day.year, 1, 1))
        end = _day("to", seen.day)
        asked = HELD.get("by")
        st.session_state["pc_by"] = by = asked if asked in BYS else BYS[1]
        st.segmented_control(
            words["group_by"],
            BYS,
            required=True,
            key="pc_by",
            format_func=lambda one: words[f"by_{one}" if one != "tags" else "by_tag"],
            on_change=HELD.hear("by", "pc_by"),
        )
    if start > end:
        st.error(words["days_swapped"].format(start=start, end=end))
        return
    key, known = "" if by == "all" else by, seen.moment.known
    rows = projects.account(seen.register, start, end, key, known)
    whole = projects.account(seen.register, start, end, "", known)
    st.html(f'<p class="pequation">{safe(_equation(whole[0]))}</p>')
    table = [cells(one, by) for one in rows]
    if by in ("lead", "kind"):
        table.append([Cell(words["total"]), *_cells(whole[0])])
    st.html(project_table.html(("group", *(f"acc_{one}" for one in _COLUMNS)), table, "paccounts"))
    note = words["acc_note_tags" if by == "tags" else "acc_note"]
    st.html(f'<p class="tnote">{safe(note)}</p>')


def _day(key: str, usual: date) -> date:
    widget = f"pc_{key}"
    st.session_state[widget] = HELD.day(key) or usual
    found: date | None = st.date_input(
        parts.t("project", f"day_{key}"),
        format="YYYY-MM-DD",
        key=widget,
        width=160,
        min_value=date(2010, 1, 1),
        max_value=max(moment.today(), usual),
        on_change=HELD.hear(key, widget),
    )
    return found or usual


def _equation(one: AccountRow) -> str:
    return parts.t("project", "equation").format(
        opening=len(one.opening),
        added=len(one.added),
        left=len(one.left),
        closing=len(one.closing),
    )


def cells(one: AccountRow, by: str) -> Sequence[Cell]:
    """A row of the table."""
    return [Cell(_name(one.key, by)), *_cells(one)]


def _cells(one: AccountRow) -> list[Cell]:
    return [Cell.of(getattr(one, column)) for column in _COLUMNS]


def _name(key: str, by: str) -> str:
    rules, words = project_rules(), parts.section("project")
    if by == "lead":
        return project_words.office(key)
    if by == "all":
        return words["by_all"]
    return project_words.named({**rules.kinds, **rules.tags}, key) if key else words["no_tag"]
