"""What a second answer says otherwise than the first, and why."""

from collections.abc import Sequence

import streamlit as st

from geo.site import Change
from layers import site_html
from pages import site_words

_CAUSES = ("data", "rule", "day", "setting", "code", "unexplained")


def differences(changes: Sequence[Change], verdict: str, day: str) -> None:
    """Same answer, or what differs and why."""
    words = site_words.words()
    if not changes:
        st.success(words["same"].format(verdict=verdict, day=day))
        return
    st.warning(words["differs"].format(verdict=verdict, day=day, count=len(changes)))
    table(changes)


def table(changes: Sequence[Change]) -> None:
    """What differs, one row each, with the cause."""
    words = site_words.words()
    heads = [words[f"change_{one}"] for one in ("rule", "field", "old", "new", "cause")]
    st.html(site_html.table(heads, [_row(one) for one in changes]))


def _row(one: Change) -> tuple[str, ...]:
    words = site_words.words()
    causes = "、".join(words[f"cause_{cause}"] for cause in one.causes if cause in _CAUSES)
    field = words[f"field_{one.field}"]
    return one.rule or words["verdict"], field, _value(one.old), _value(one.new), causes


def _value(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.2f}"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "—"
    return "—" if value is None else str(value)
