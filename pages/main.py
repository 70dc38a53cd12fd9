"""The script every visit runs: page frame, switches, navigation."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from geo.zone import Zone
from pages import (
    admin_page,
    data_page,
    door,
    frame,
    gate,
    map_page,
    news_bar,
    paper_head,
    parts,
    project_page,
    scenario_page,
    show_page,
    site_page,
    supply_page,
    tally,
    target_page,
    who,
)

PAGES: dict[str, Callable[[Zone], None]] = {
    "map": map_page.page,
    "site": site_page.page,
    "supply": supply_page.page,
    "project": project_page.page,
    "target": target_page.page,
    "scenario": scenario_page.page,
    "show": show_page.page,
    "data": data_page.page,
}


def _offered() -> dict[str, Callable[[Zone], None]]:
    """The pages of this visitor, in the order of the navigation."""
    return {**PAGES, "admin": admin_page.page} if admin_page.offered() else PAGES


def main() -> None:
    """Dress the page and open the one the address names."""
    frame.begin()
    st.set_page_config(
        page_title=parts.t("app", "title"),
        page_icon=str(door.ASSETS / "icon.png") if who.visit() else None,
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    frame.dress()
    if not gate.passed():
        return
    st.logo(str(door.ASSETS / "logo.svg"), size="large")
    pages = {
        name: st.Page(
            partial(draw, door.zone()),
            title=parts.t("app", name),
            url_path=name,
            default=name == "map",
        )
        for name, draw in _offered().items()
    }
    st.session_state["pages"] = pages
    paper_head.draw(door.zone())
    news_bar.draw()
    page = st.navigation(list(pages.values()), position="top")
    tally.opened(page.url_path or "map")
    page.run()


if __name__ == "__main__":
    main()
