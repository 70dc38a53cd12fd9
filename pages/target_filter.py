"""Filters of the targets: what the reader asks for, and which targets fit."""

import streamlit as st

from geo.plan import Plan
from pages import parts, target_address
from pages.target_match import NO_YEAR

KEYS = ("tq", "tyear", "tclause", "tflag", "tplace", "tmatter")


def chosen(plan: Plan) -> dict[str, str]:
    """Draw the filters in one row; answers what is asked, by key."""
    words = parts.section("target")
    columns = st.columns([1.5, 0.9, 1, 1, 1.2, 1.4], gap="small")
    target_address.restore("tq")
    with columns[0]:
        typed = st.text_input(
            words["search"],
            key="tq",
            type="search",
            placeholder=words["search_hint"],
        )
    asked = {"tq": typed or ""}
    lists = {
        "tyear": (words["year"], _years(plan)),
        "tclause": (words["clause"], _clauses(plan)),
        "tflag": (words["flag"], {f.code: words[f"flag_{f.code}"] for f in plan.flags}),
        "tplace": (words["place"], _places(plan)),
        "tmatter": (
            words["matter"],
            {m.id: parts.say(m.title, m.title_en) for m in plan.matters if m.targets},
        ),
    }
    for column, (key, (label, options)) in zip(columns[1:], lists.items(), strict=True):
        with column:
            asked[key] = _list(key, label, options) or ""
    for key, value in asked.items():
        target_address.keep(key, value)
    return asked


def _list(key: str, label: str, options: dict[str, str]) -> str | None:
    target_address.restore(key, options)
    return st.selectbox(
        label,
        list(options),
        index=None,
        key=key,
        format_func=lambda one: options.get(one, one),
        placeholder=parts.t("target", "all"),
    )


def _years(plan: Plan) -> dict[str, str]:
    years = sorted({str(t.by_year) for t in plan.targets if t.by_year is not None})
    return {**{year: year for year in years}, NO_YEAR: parts.t("target", "year_none")}


def _clauses(plan: Plan) -> dict[str, str]:
    used = {clause for target in plan.targets for clause in target.clauses}
    return {c.id: f"{c.id} {parts.say(c.title, c.title_en)}" for c in plan.clauses if c.id in used}


def _places(plan: Plan) -> dict[str, str]:
    used = {entity for target in plan.targets for entity in target.entities}
    return {e.id: f"{e.id} {parts.say(e.name, e.name_en)}" for e in plan.entities if e.id in used}


def clear() -> None:
    """Take all filters back."""
    for key in KEYS:
        st.session_state[key] = "" if key == "tq" else None


def only_matter(matter: str) -> None:
    """Open the list on the targets of one major matter."""
    clear()
    st.session_state["tmatter"] = matter
    st.session_state["tview"] = "targets"
