"""Filters of the targets: what the reader asks for, and which targets fit."""

import streamlit as st

from geo.plan import Plan, Progress
from geo.plan.values import Target
from pages import parts

KEYS = ("tq", "tyear", "tclause", "tflag", "tplace", "tmatter")
_NO_YEAR = "none"


def chosen(plan: Plan) -> dict[str, str]:
    """Draw the filters in one row; answers what is asked, by key."""
    words = parts.section("target")
    columns = st.columns([1.5, 0.9, 1, 1, 1.2, 1.4], gap="small")
    with columns[0]:
        typed = st.text_input(
            words["search"],
            key="tq",
            bind="query-params",
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
    return asked


def _list(key: str, label: str, options: dict[str, str]) -> str | None:
    return st.selectbox(
        label,
        list(options),
        index=None,
        key=key,
        bind="query-params",
        format_func=lambda one: options.get(one, one),
        placeholder=parts.t("target", "all"),
    )


def _years(plan: Plan) -> dict[str, str]:
    years = sorted({str(t.by_year) for t in plan.targets if t.by_year is not None})
    return {**{year: year for year in years}, _NO_YEAR: parts.t("target", "year_none")}


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


def fitting(plan: Plan, rows: tuple[Progress, ...], asked: dict[str, str]) -> list[Progress]:
    """Targets that fit all that is asked."""
    mine = next((m.targets for m in plan.matters if m.id == asked["tmatter"]), ())
    return [
        row
        for row in rows
        if (not asked["tyear"] or asked["tyear"] == str(row.target.by_year or _NO_YEAR))
        and (not asked["tclause"] or asked["tclause"] in row.target.clauses)
        and (not asked["tflag"] or asked["tflag"] in row.target.flags)
        and (not asked["tplace"] or asked["tplace"] in row.target.entities)
        and (not asked["tmatter"] or row.target.id in mine)
        and _mentions(plan, row.target, asked["tq"])
    ]


def _mentions(plan: Plan, target: Target, typed: str) -> bool:
    named = [one for id_ in target.entities if (one := plan.entity(id_))]
    texts = [target.id, target.subject, target.subject_en, target.note, target.note_en]
    texts += [text for one in named for text in (one.id, one.name, one.name_en, *one.aliases)]
    whole = " ".join(texts).casefold()
    return all(word in whole for word in typed.casefold().split())
