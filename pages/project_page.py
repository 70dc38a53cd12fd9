"""重大项目. The register of major projects: wall, list, Gantt, money, reports, account, score."""

import streamlit as st

from geo.people import Act
from geo.zone import Zone
from pages import (
    moment,
    parts,
    project_account,
    project_book,
    project_entry,
    project_filter,
    project_gantt,
    project_list,
    project_missing,
    project_money,
    project_score,
    project_side,
    project_strip,
    project_unclear,
    project_wall,
    rights,
)
from pages.project_book import HELD, Seen

VIEWS = ("wall", "list", "gantt", "money", "missing", "account", "score", "unclear")
_FILTERED = {
    "wall": project_wall.show,
    "list": project_list.show,
    "gantt": project_gantt.show,
    "money": project_money.show,
}
_OTHERS = {
    "missing": project_missing.show,
    "account": project_account.show,
    "score": project_score.show,
}


@parts.told
def page(zone: Zone) -> None:
    """Draw the page."""
    HELD.take_up()
    HELD.write()
    view = _head()
    moment.banner(HELD)
    seen = project_book.seen(zone)
    if view in _FILTERED:
        _filtered(seen, view)
    elif view == "unclear":
        project_unclear.show()
    else:
        with st.container(key="psplit", horizontal=True, gap="medium"):
            with st.container(key="pmain"):
                _OTHERS[view](seen)
            if view == "missing":
                project_side.draw(seen)


def _head() -> str:
    """Views, the moment and the button for a new project in one row."""
    words = parts.section("project")
    st.html(f'<h1 class="sr">{parts.t("app", "project")}</h1>')
    asked = HELD.get("view")
    view = asked if asked in VIEWS else VIEWS[0]
    with st.container(key="phead", horizontal=True, vertical_alignment="center", gap="small"):
        st.session_state["pview"] = view
        st.segmented_control(
            words["views"],
            VIEWS,
            required=True,
            format_func=lambda one: words[f"view_{one}"],
            key="pview",
            label_visibility="collapsed",
            on_change=HELD.hear("view", "pview"),
        )
        moment.draw(HELD)
        new = {"view": "list", "project": "", "act": project_entry.NEW}
        how = rights.shut(Act.PROJECT, disabled=moment.past(HELD))
        st.button(words["new"], key="pnew", on_click=HELD.put, args=(new,), **how)
    return view


def _filtered(seen: Seen, view: str) -> None:
    words, found = parts.section("project"), project_filter.chosen(seen)
    project_strip.show(seen, found)
    with st.container(key="psplit", horizontal=True, gap="medium"):
        with st.container(key="pmain" if view in ("gantt", "money") else "pfull"):
            if found:
                _FILTERED[view](seen, found)
            elif not seen.projects:
                st.info(words["empty_then"])
            else:
                st.info(words["empty"].format(total=len(seen.projects)))
                st.button(words["clear"], key="pclear", on_click=project_filter.clear)
        project_side.draw(seen)
