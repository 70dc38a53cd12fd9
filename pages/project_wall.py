"""挂图作战: tiles by group beside the wall map, in one set of colours; a click chooses."""

from collections.abc import Sequence

import streamlit as st

from geo.projects import Project
from pages import parts, project_board, project_place, project_tiles, show_add
from pages.project_book import HELD, Seen
from pages.project_tiles import GROUPS
from pages.target_words import safe


def show(seen: Seen, found: Sequence[Project]) -> None:
    """Draw tiles and map."""
    words = parts.section("project")
    chosen = HELD.get("project")
    with st.container(key="pwall", horizontal=True, gap="small"):
        with st.container(key="ptiles"):
            with st.container(key="pwall_top", horizontal=True, vertical_alignment="center"):
                _group()
                _grey()
                show_add.wall(seen.zone, seen.day)
            project_board.show("pboard_tiles", project_tiles.html(seen, found), chosen)
        with st.container(key="pmap"):
            drawn, missing = project_place.split(seen.zone, found)
            note = words["map_note"].format(drawn=len(drawn), missing=len(missing))
            st.html(f'<p class="tnote">{safe(note)}</p>')
            picture = project_place.picture(seen, drawn, narrow=bool(seen.chosen))
            project_board.show("pboard_map", picture, chosen)
            st.html(project_place.undrawn(missing))


def _group() -> None:
    words = parts.section("project")
    asked = HELD.get("group")
    st.session_state["pw_group"] = asked if asked in GROUPS else GROUPS[0]
    st.segmented_control(
        words["group_by"],
        GROUPS,
        required=True,
        format_func=lambda one: words[f"group_{one}"],
        key="pw_group",
        label_visibility="collapsed",
        on_change=HELD.hear("group", "pw_group"),
    )


def _grey() -> None:
    st.session_state["pw_grey"] = bool(HELD.get("grey"))
    st.toggle(
        parts.t("project", "grey"),
        key="pw_grey",
        help=parts.t("project", "grey_help"),
        on_change=lambda: HELD.put({"grey": "1" if st.session_state["pw_grey"] else ""}),
    )
