"""Beside a view: the panel of the chosen project, or the form of a new one."""

import streamlit as st

from pages import parts, project_book, project_entry, project_panel
from pages.project_book import HELD, Seen


def draw(seen: Seen) -> None:
    """Draw it, if something is chosen."""
    one, words = seen.chosen, parts.section("project")
    if one is None and HELD.get("act") != project_entry.NEW:
        if HELD.get("project"):
            st.info(words["unknown"].format(id=parts.plain(HELD.get("project"))))
        return
    with st.container(key="ppanel"):
        if one:
            project_panel.show(seen, one)
            return
        with st.container(key="ppanel_head", horizontal=True, vertical_alignment="top"):
            st.html(f'<h2 class="thead">{words["new"]}</h2>')
            st.button(words["close"], key="ppanel_close", on_click=project_book.choose, args=("",))
        project_entry.form(seen, "added", None)
