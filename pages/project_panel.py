"""One project in full: facts with sources, steps, reports, parcels, history; what to record."""

import streamlit as st

from geo.ledger import supply_rules
from geo.projects import Project
from layers import project_look
from pages import (
    parts,
    project_book,
    project_facts,
    project_past,
    project_place,
    project_record,
    project_steps,
    project_words,
    register,
)
from pages.project_book import Seen
from pages.target_detail import pairs
from pages.target_places import address
from pages.target_words import safe


def show(seen: Seen, one: Project) -> None:
    """Draw the panel."""
    _head(seen, one)
    st.html(project_facts.told(seen, one))
    _places(seen, one)
    project_record.draw(seen, one)
    _sub("steps")
    st.html(project_steps.steps(seen, one))
    _sub("reports")
    st.html(project_steps.reports(one))
    _sub("parcels")
    st.html(_parcels(seen, one))
    _sub("history")
    st.html(project_past.history(seen, one.id))


def _sub(key: str) -> None:
    st.html(f'<h3 class="tsub">{safe(parts.t("project", key))}</h3>')


def _head(seen: Seen, one: Project) -> None:
    words, light = parts.section("project"), project_words.light(one.colour)
    sign = f'<span class="chip warn">{safe(words["example"])}</span>' if one.example else ""
    left = (
        f'<span class="chip">{safe(words["left_on"].format(day=one.left))}</span>'
        if one.left
        else ""
    )
    with st.container(key="ppanel_head", horizontal=True, vertical_alignment="top"):
        st.html(
            f'<h2 class="thead"><span>{safe(one.id)}</span> {safe(project_words.name(one))} {sign}'
            f'{left}</h2><p class="plight">{project_look.icon(light)} '
            f"{safe(project_words.why(one.why))}</p>"
        )
        st.button(words["close"], key="ppanel_close", on_click=project_book.choose, args=("",))
    if one.quiet:
        known = any(step.done for step in one.steps) or one.reports
        st.html(f'<p class="pquiet">{safe(words["quiet" if known else "no_data"])}</p>')


def _places(seen: Seen, one: Project) -> None:
    found, words = project_place.where(seen.zone, one), parts.section("project")
    if one.fields.get("clauses"):
        register.clauses(one.fields["clauses"], key=f"p_{one.id}")
    if found:
        if st.button(words["on_map"], key="ppanel_map"):
            parts.go("map", sel=address(found))
    else:
        st.html(f'<p class="tnote">{safe(words["not_drawn"])}</p>')


def _parcels(seen: Seen, one: Project) -> str:
    words, rules = parts.section("project"), supply_rules()
    if not one.links:
        return f'<p class="tnote">{safe(words["no_parcels"])}</p>'
    held = seen.book.supply.at(seen.day, seen.moment.known)
    rows = []
    for id_ in one.links:
        state = rules.statuses.get(held[id_].status) if id_ in held else None
        said = parts.say(state.name, state.name_en) if state else words["not_in_ledger"]
        rows.append((id_, said))
    return pairs(rows)
