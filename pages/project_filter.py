"""Filters of the projects in one row; views that draw projects share them."""

from collections.abc import Mapping

import streamlit as st

from geo.projects import Project
from pages import parts, project_match, project_words
from pages.project_book import FILTERS, HELD, Seen


def chosen(seen: Seen) -> list[Project]:
    """Draw the filters; answers with the projects that fit them."""
    words = parts.section("project")
    with st.container(key="pfilter"):
        columns = st.columns([1.3, 1.2, 1.2, 1, 0.9, 1.1, 1], gap="small")
        with columns[0]:
            st.session_state["pf_q"] = HELD.get("q")
            st.text_input(
                words["search"],
                key="pf_q",
                type="search",
                placeholder=words["search_hint"],
                label_visibility="collapsed",
                on_change=HELD.hear("q", "pf_q"),
            )
        for column, (key, options) in zip(columns[1:], _lists(seen).items(), strict=True):
            with column:
                _list(key, options)
    return project_match.fitting(seen.projects.values(), {key: HELD.get(key) for key in FILTERS})


def clear() -> None:
    """Take all filters back."""
    HELD.put(dict.fromkeys(FILTERS, ""))


def _list(key: str, options: Mapping[str, str]) -> None:
    asked, widget = HELD.get(key), f"pf_{key}"
    st.session_state[widget] = asked if asked in options else None
    st.selectbox(
        parts.t("project", f"by_{key}"),
        list(options),
        index=None,
        key=widget,
        format_func=lambda one: options.get(one, one),
        placeholder=parts.t("project", f"by_{key}"),
        label_visibility="collapsed",
        on_change=HELD.hear(key, widget),
    )


def _lists(seen: Seen) -> dict[str, dict[str, str]]:
    words, rules = parts.section("project"), seen.rules
    leads = sorted({one.lead for one in seen.projects.values()} - {""})
    none = {project_match.NONE: words["no_lead"]}
    named = project_words.named
    return {
        "lead": {one: project_words.office(one) for one in leads} | none,
        "kind": {one: named(rules.kinds, one) for one in rules.kinds},
        "tag": {one: named(rules.tags, one) for one in rules.tags}
        | {project_match.NONE: words["no_tag"]},
        "phase": {one: named(rules.phases, one) for one in rules.phases},
        "colour": {
            one: f"{project_words.letter(one)} {named(rules.colours, one)}" for one in rules.colours
        },
        "stay": {one: words[f"stay_{one}"] for one in project_match.STAYS},
    }
