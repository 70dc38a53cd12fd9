"""What each line of a sheet would do: counts, then line by line with the change or the reason."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from geo.ledger import DryRun, Line
from geo.supply import Value
from pages import explain, parts, supply_values, supply_words
from pages.target_words import safe

_SHOWN = 1_000
_HEADS = ["row", "id", "outcome", "what"]


def draw(run: DryRun) -> None:
    """Draw the counts and the lines."""
    words = parts.section("supply")
    cells = "".join(
        f'<li class="o-{safe(key)}"><b>{count:,}</b> {safe(words[f"line_{key}"])}</li>'
        for key, count in run.counts.items()
    )
    st.html(f'<ul class="scounts">{cells}</ul>')
    shown = st.pills(
        words["line_filter"],
        [key for key, count in run.counts.items() if count],
        selection_mode="multi",
        format_func=lambda key: words[f"line_{key}"],
        key="si_shown",
        label_visibility="collapsed",
    )
    lines = [one for one in run.lines if not shown or one.outcome.value in shown]
    st.dataframe(
        pd.DataFrame([cell(one) for one in lines[:_SHOWN]], columns=_HEADS).rename(
            columns={key: words[f"line_{key}"] for key in _HEADS}
        ),
        hide_index=True,
        height=min(40 + 35 * len(lines), 360),
        alt=words["import"],
    )
    if run.absent:
        text = words["absent"].format(number=f"{len(run.absent):,}")
        st.html(f'<p class="tnote">{safe(text)}</p>')


def cell(one: Line) -> Mapping[str, str]:
    """One line: what it changes, or why it is refused."""
    words = parts.section("supply")
    mark = "; " if parts.english() else "；"
    issues = mark.join(
        explain.beside(each.code, each.message, english=parts.english()) for each in one.issues
    )
    changes = mark.join(
        f"{_name(each.key)} {_value(each.key, each.old)} → {_value(each.key, each.new)}"
        for each in one.differences
    )
    return {
        "row": str(one.row),
        "id": one.id,
        "outcome": words[f"line_{one.outcome.value}"],
        "what": issues or changes,
    }


def _name(key: str) -> str:
    return parts.t("supply", "col_status") if key == "status" else supply_words.field(key)


def _value(key: str, value: Value) -> str:
    if key == "status":
        return supply_words.status(str(value)) if value else "—"
    return "—" if value is None else supply_values.value(key, value)
