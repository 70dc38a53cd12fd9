"""待确认: public facts that cannot be attributed to a project for certain, with their sources."""

import streamlit as st

from geo import projects
from geo.projects import Fact
from geo.zone import DATA
from pages import parts, project_source
from pages.target_words import safe


def show() -> None:
    """Draw the list."""
    words = parts.section("project")
    found = projects.unattached(DATA / "projects")
    st.html(f'<p class="tnote">{safe(words["unclear_note"].format(number=len(found)))}</p>')
    rows = "".join(_fact(one) for one in found)
    st.html(f'<ul class="tfacts punclear">{rows}</ul>')


def _fact(one: Fact) -> str:
    words = parts.section("project")
    said = [parts.say(one.text, one.text_en), parts.say(one.step_name, one.step_name_en)]
    what = " · ".join(text for text in said if text) or words["fact_only"]
    maybe = words["maybe"].format(id=one.attribution) if one.attribution else ""
    chip = f'<span class="chip warn">{safe(maybe or words["unclear"])}</span>'
    note = parts.say(one.note, one.note_en)
    more = f"<small>{safe(note)}</small>" if note else ""
    return (
        f"<li><b>{safe(one.on)}</b> {safe(what)} {chip}{more}"
        f"<small>{project_source.told(one.cited)}</small></li>"
    )
