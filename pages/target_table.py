"""The targets as a table."""

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from geo.plan import Progress
from pages import parts
from pages.target_chooser import Chooser
from pages.target_words import actual, gap, rate, wanted, was

# px in Chinese and in English: no text is cut
_WIDTHS = {
    "id": (52, 48),
    "subject": (236, 408),
    "wanted": (122, 158),
    "by": (102, 122),
    "baseline": (160, 152),
    "actual": (118, 160),
    "gap": (108, 112),
    "rate": (126, 112),
    "flags": (212, 180),
    "clauses": (118, 110),
}
_RIGHT = {"wanted", "baseline", "gap", "rate"}


def show(rows: list[Progress]) -> None:
    """Draw the table."""
    chooser = Chooser("target", [row.target.id for row in rows], parts.t("app", "target"))
    chooser.show(frame(rows), {name: _column(name) for name in _WIDTHS})


def frame(rows: list[Progress]) -> pd.DataFrame:
    """Targets as text cells, one column per key of the words."""
    return pd.DataFrame([cells(row) for row in rows], columns=list(_WIDTHS))


def cells(row: Progress) -> dict[str, str]:
    """One target as text."""
    words, target = parts.section("target"), row.target
    mark = ", " if parts.english() else "、"
    return {
        "id": target.id,
        "subject": parts.say(target.subject, target.subject_en),
        "wanted": wanted(target),
        "by": parts.say(target.by, target.by_en),
        "baseline": was(row),
        "actual": actual(row),
        "gap": gap(row),
        "rate": rate(row),
        "flags": mark.join(words[f"flag_{flag.code}"] for flag in row.flags),
        "clauses": mark.join(target.clauses),
    }


def _column(name: str) -> ColumnConfig:
    words = parts.section("target")
    return st.column_config.TextColumn(
        words[name],
        width=_WIDTHS[name][parts.english()],
        help=words.get(f"{name}_help"),
        pinned=name == "id",
        alignment="right" if name in _RIGHT else "left",
    )
