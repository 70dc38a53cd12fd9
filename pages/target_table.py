"""The table of targets; one row can be chosen, and the address remembers which."""

import hashlib

import pandas as pd
import streamlit as st

from geo.plan import Progress
from pages import parts
from pages.target_words import actual, gap, rate, wanted, was

ROW_HEIGHT = 33
_WIDTHS = {
    "id": (56, 52),
    "subject": (250, 330),
    "wanted": (120, 150),
    "by": (104, 130),
    "baseline": (132, 170),
    "actual": (124, 160),
    "gap": (104, 130),
    "rate": (132, 116),
    "flags": (210, 260),
    "clauses": (130, 110),
}
_RIGHT = {"wanted", "baseline", "gap", "rate"}
_PINNED = {"id", "subject"}


def frame(rows: list[Progress]) -> pd.DataFrame:
    """Targets as text cells, one column per key of the words."""
    words = parts.section("target")
    mark = "、" if not parts.english() else ", "
    return pd.DataFrame(
        {
            "id": [row.target.id for row in rows],
            "subject": [parts.say(row.target.subject, row.target.subject_en) for row in rows],
            "wanted": [wanted(row.target) for row in rows],
            "by": [parts.say(row.target.by, row.target.by_en) for row in rows],
            "baseline": [was(row) for row in rows],
            "actual": [actual(row) for row in rows],
            "gap": [gap(row) for row in rows],
            "rate": [rate(row) for row in rows],
            "flags": [mark.join(words[f"flag_{f.code}"] for f in row.flags) for row in rows],
            "clauses": [mark.join(row.target.clauses) for row in rows],
        }
    )


def show(rows: list[Progress], chosen: str) -> None:
    """Draw the table; choosing a row puts its target into the address."""
    ids = [row.target.id for row in rows]
    seen = ",".join(ids) + str(parts.english())
    key = f"ttable_{hashlib.sha256(seen.encode()).hexdigest()[:8]}"
    st.dataframe(
        frame(rows),
        key=key,
        height="stretch",
        row_height=ROW_HEIGHT,
        hide_index=True,
        column_config={name: _column(name) for name in _WIDTHS},
        on_select=lambda: _keep(key, ids),
        selection_mode="single-row",
        selection_default={"selection": {"rows": [ids.index(chosen)] if chosen in ids else []}},
        alt=parts.t("app", "target"),
    )


def _column(name: str) -> object:
    words = parts.section("target")
    return st.column_config.TextColumn(
        words[name],
        width=_WIDTHS[name][parts.english()],
        help=words.get(f"{name}_help"),
        pinned=name in _PINNED,
        alignment="right" if name in _RIGHT else "left",
    )


def _keep(key: str, ids: list[str]) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    if rows:
        st.query_params["target"] = ids[rows[0]]
    elif "target" in st.query_params:
        del st.query_params["target"]
