"""清单: the projects as a table; the chosen row opens the panel, and the panel marks its row."""

import hashlib
from collections.abc import Sequence

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from geo.projects import Project
from geo.units import half_up
from pages import parts, project_book, project_state, project_words
from pages.project_book import HELD, Seen

_WIDTHS = {  # px in Chinese and in English: no text is cut
    "colour": (58, 92),
    "id": (52, 52),
    "name": (270, 380),
    "lead": (150, 215),
    "now": (170, 210),
    "due": (96, 96),
    "late_days": (76, 76),
    "red_marks": (62, 62),
    "state": (200, 290),
    "kind": (132, 190),
    "phase": (60, 98),
    "invest": (116, 150),
    "tags": (160, 260),
}


def frame(seen: Seen, found: Sequence[Project]) -> pd.DataFrame:
    """One row per project, one column per key of the words."""
    return pd.DataFrame([_cells(seen, one) for one in found], columns=list(_WIDTHS))


def _cells(seen: Seen, one: Project) -> dict[str, object]:
    rules, light = seen.rules, project_words.light(one.colour)
    at = project_state.standing(one, rules, seen.day)
    money = one.fields.get("investment_wan")
    return {
        "colour": f"{light.letter} {light.name}",
        "id": one.id,
        "name": project_words.name(one),
        "lead": project_words.office(one.lead),
        "kind": project_words.named(rules.kinds, one.kind),
        "phase": project_words.named(rules.phases, one.phase),
        "now": project_state.told(at),
        "due": str(at.due) if at.due else None,
        "late_days": at.late or None,
        "red_marks": len(one.marks) or None,
        "state": project_words.why(one.why),
        "invest": None if money is None else float(half_up(money, 2)),
        "tags": project_words.tags(one) or None,
    }


def show(seen: Seen, found: Sequence[Project]) -> None:
    """Draw the table."""
    order = list(seen.rules.colours)
    found = sorted(found, key=lambda one: (order.index(one.colour), one.id))
    ids, asked = [one.id for one in found], HELD.get("project")
    rows = [ids.index(asked)] if asked in ids else []
    key = _key(ids, asked)
    st.dataframe(
        frame(seen, found),
        key=key,
        height="stretch",
        row_height=33,
        hide_index=True,
        placeholder="—",
        column_config={name: _column(name) for name in _WIDTHS},
        on_select=lambda: _keep(key, ids),
        selection_mode="single-row",
        selection_default={"selection": {"rows": rows}},
        alt=parts.t("project", "view_list"),
    )


def _key(ids: Sequence[str], asked: str) -> str:
    """A table keeps its own marks: it starts anew when something else was chosen elsewhere."""
    turn = st.session_state.setdefault("plist_turn", 0)
    if st.session_state.get("plist_said", asked) != asked:
        turn = st.session_state["plist_turn"] = turn + 1
    st.session_state["plist_said"] = asked
    digest = hashlib.sha256(" ".join((*ids, str(parts.english()))).encode()).hexdigest()[:8]
    return f"plist_{digest}_{turn}"


def _keep(key: str, ids: Sequence[str]) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    st.session_state["plist_said"] = said = ids[rows[0]] if rows else ""
    project_book.choose(said)


def _column(name: str) -> ColumnConfig:
    label, width = parts.t("project", f"col_{name}"), _WIDTHS[name][parts.english()]
    if name in ("late_days", "red_marks", "invest"):
        return st.column_config.NumberColumn(label, width=width, format="localized")
    return st.column_config.TextColumn(label, width=width, pinned=name in ("colour", "id"))
