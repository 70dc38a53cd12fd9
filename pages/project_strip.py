"""One line over every view: projects in the register by colour; the parts add up to the whole."""

from collections.abc import Sequence

import streamlit as st

from geo.projects import Project
from layers import project_look
from pages import parts, project_state, project_words
from pages.project_book import Seen
from pages.target_words import safe


def show(seen: Seen, found: Sequence[Project]) -> None:
    """Draw the line for the projects that fit the filters."""
    words = parts.section("project")
    live = sum(one.live for one in found)
    sums = project_state.counts(found)
    plus = '<i aria-hidden="true">+</i>'.join(_part(key, count) for key, count in sums.items())
    out = len(found) - live
    more = words["out_count"].format(number=out) if out else ""
    shown = words["shown"].format(number=len(found), total=len(seen.projects))
    st.html(
        f'<p class="pstrip"><span class="pwhole">{safe(words["in_register"])} '
        f'<b data-sum="all">{live}</b></span><i aria-hidden="true">=</i>{plus}'
        f"<small>{safe(more)} {safe(shown)}</small></p>"
    )


def _part(key: str, count: int) -> str:
    light = project_words.light(key)
    number = f'<b data-sum="{key}">{count}</b>'
    return f"<span>{project_look.icon(light)} {safe(light.name)} {number}</span>"
