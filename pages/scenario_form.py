"""Widgets that change the draft at once; each is fresh after every change."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import pandas as pd
import streamlit as st

from geo.scenario import Definition
from pages import scenario_book, scenario_state

Change = Callable[[Definition, Any], Definition]


def key(name: str) -> str:
    """Key of a widget, new after each change of the draft."""
    return f"ci_{scenario_state.now().turn}_{name}"


def changed(name: str, make: Change) -> Callable[[], None]:
    """What a widget does when it is changed: the draft becomes what `make` says."""
    at = key(name)

    def act() -> None:
        value = st.session_state[at]
        scenario_state.change(lambda draft: make(draft, value))

    return act


def text(name: str, label: str) -> None:
    """A text of the draft."""
    draft = scenario_state.now().draft
    st.text_input(
        label,
        str(getattr(draft, name)),
        key=key(name),
        max_chars=120,
        on_change=changed(name, lambda old, said: scenario_book.changed(old, **{name: said})),
    )


def rows(given: Sequence[Mapping[str, Any]], edits: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rows of an editor after what its state says was edited, deleted and added.

    A row that was there keeps its place under ``at``; a new one has None.
    """
    edited, gone = edits.get("edited_rows", {}), set(edits.get("deleted_rows", ()))
    out = [
        {**row, **edited.get(i, edited.get(str(i), {})), "at": i}
        for i, row in enumerate(given)
        if i not in gone
    ]
    return [*out, *({**row, "at": None} for row in edits.get("added_rows", ()))]


def table(
    name: str,
    given: Sequence[Mapping[str, Any]],
    columns: Mapping[str, Any],
    make: Callable[[Definition, list[dict[str, Any]]], Definition],
    *,
    may: Literal["fixed", "dynamic", "delete"] = "fixed",
) -> None:
    """A table to edit, whose rows `may` be added or deleted; a change is taken into the draft."""
    st.data_editor(
        pd.DataFrame(list(given), columns=list(columns)),
        key=key(name),
        hide_index=True,
        num_rows=may,
        column_config=dict(columns),
        placeholder="—",
        row_height=33,
        on_change=changed(name, lambda draft, said: make(draft, rows(given, said))),
    )


def number(value: Any) -> float | None:
    """A number of an editor's cell; None where it is blank."""
    return None if value is None or pd.isna(value) else float(value)
