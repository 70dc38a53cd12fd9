"""目标. The plan's targets: what was, what is wanted, what is known, what cannot be known."""

import streamlit as st

from geo.plan import Progress, progress
from geo.zone import Zone
from pages import (
    parts,
    target_address,
    target_clauses,
    target_detail,
    target_filter,
    target_head,
    target_match,
    target_matters,
    target_points,
    target_table,
)
from pages.target_words import safe

VIEWS = ("targets", "matters", "checks", "points", "clauses")


@parts.told
def page(zone: Zone) -> None:
    """Draw the page; a clause or a target in the address opens where it is shown."""
    rows = progress(zone.plan)
    target_head.show(zone, rows)
    _open()
    view = st.segmented_control(
        parts.t("target", "views"),
        VIEWS,
        required=True,
        format_func=lambda one: parts.t("target", f"view_{one}"),
        key="tview",
        label_visibility="collapsed",
        on_change=target_address.forget,
    )
    target_address.keep("tview", view, VIEWS[0])
    if view == "targets":
        _targets(zone, rows)
    else:
        shown = {
            "matters": target_matters.show,
            "checks": target_points.checks,
            "points": target_points.points,
            "clauses": target_clauses.show,
        }
        shown[view or VIEWS[1]](zone)


def _open() -> None:
    """Choose the view that shows what the address asks for."""
    for param, view in (("clause", "clauses"), ("target", "targets")):
        if param in st.query_params:
            st.session_state["tview"] = view
            return
    target_address.restore("tview", VIEWS)
    st.session_state.setdefault("tview", VIEWS[0])


def _targets(zone: Zone, rows: tuple[Progress, ...]) -> None:
    words, total = parts.section("target"), len(rows)
    found = target_match.fitting(zone.plan, rows, target_filter.chosen(zone.plan))
    asked = st.query_params.get("target", "")
    chosen = next((row for row in rows if row.target.id == asked), None)
    if asked and chosen is None:
        st.info(words["target_unknown"])
    if not found:
        st.info(parts.plain(words["empty"].format(total=total)))
        st.button(words["clear"], key="tclear", on_click=target_filter.clear)
    with st.container(key="tsplit", horizontal=True, gap="medium"):
        if found:
            with st.container(key="ttable"):
                note = words["shown"].format(number=len(found), total=total)
                st.html(f'<p class="tnote">{safe(note)}</p>')
                target_table.show(found)
        if chosen is not None:
            with st.container(key="tdetail"):
                target_detail.show(zone, chosen)
