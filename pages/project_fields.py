"""A widget for each kind of field."""

from typing import Any

import streamlit as st

from geo.ledger import project_rules
from geo.projects.rules import Field
from pages import parts, project_words
from pages.project_given import Given


def draw(field: Field, now: Any, key: str) -> Given:
    """The widget of a field, with what it holds now."""
    label = parts.plain(project_words.named(project_rules().fields, field.id))
    label += " \\*" if field.needed else ""
    if field.kind in ("kind", "tags"):
        return _choice(field, now, label, key)
    if field.kind in ("number", "by_year"):
        with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
            text = st.text_input(label, value=_text(field, now), key=key, help=_help(field))
            unit = st.selectbox(
                parts.t("project", "unit"),
                list(field.units),
                key=f"{key}_unit",
                format_func=project_words.unit,
                width=110,
            )
        return Given(text.strip(), unit)
    return Given(st.text_input(label, value=_text(field, now), key=key, help=_help(field)).strip())


def _choice(field: Field, now: Any, label: str, key: str) -> Given:
    rules = project_rules()
    if field.kind == "tags":
        held = list(now or ())
        names = rules.tags
        return Given(
            st.multiselect(
                label,
                list(names),
                default=held,
                key=key,
                placeholder="",
                format_func=lambda id_: project_words.named(names, id_),
            )
        )
    kinds = list(rules.kinds)
    at = kinds.index(now) if now in kinds else None
    return Given(
        st.selectbox(
            label,
            kinds,
            index=at,
            key=key,
            placeholder="",
            format_func=lambda id_: project_words.named(rules.kinds, id_),
        )
    )


def _text(field: Field, now: Any) -> str:
    if now is None:
        return ""
    if field.kind == "by_year":
        return "；".join(f"{year}={wan:g}" for year, wan in sorted(now.items()))
    return (
        "、".join(now)
        if field.kind == "list"
        else f"{now:g}"
        if field.kind == "number"
        else str(now)
    )


def _help(field: Field) -> str | None:
    return {
        "list": parts.t("project", "list_help"),
        "by_year": parts.t("project", "year_help"),
        "day": parts.t("project", "due_help"),
    }.get(field.kind)
