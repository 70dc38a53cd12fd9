"""导入导出. Excel as offices have it: line by line before it is kept; out in their own columns."""

import streamlit as st

from geo.zone import Zone
from pages import parts, supply_export, supply_import
from pages.supply_book import Snapshot
from pages.target_words import safe


def show(zone: Zone, now: Snapshot) -> None:
    """Draw both halves."""
    words = parts.section("supply")
    with st.container(key="sfiles", horizontal=True, gap="large"):
        with st.container(key="sfiles_in"):
            st.html(f'<h2 class="tgroup">{safe(words["import"])}</h2>')
            supply_import.draw(zone)
        with st.container(key="sfiles_out"):
            st.html(f'<h2 class="tgroup">{safe(words["export"])}</h2>')
            supply_export.draw(zone, now)
