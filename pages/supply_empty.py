"""An empty ledger: what it is for and the two ways to begin."""

import streamlit as st

from geo.zone import Zone
from pages import parts, supply_enter, supply_state
from pages.target_words import safe

COMMANDS = "python -m geo demo\npython -m geo serve --store sqlite:///demo.db"


def draw(zone: Zone) -> None:
    """Draw it."""
    words = parts.section("supply")
    with st.container(key="sempty"):
        st.html(
            f'<h2 class="thead">{safe(words["empty_title"])}</h2>'
            f'<p class="sempty-lead">{safe(words["empty_lead"])}</p>'
        )
        with st.container(horizontal=True, gap="small"):
            st.button(
                words["empty_import"],
                type="primary",
                key="se_import",
                on_click=supply_state.put,
                args=("view", "files"),
            )
            supply_enter.button(zone)
            with st.popover(words["empty_demo"], key="se_demo"):
                st.text(words["empty_demo_how"])
                st.code(COMMANDS, language="bash")
                st.caption(words["empty_demo_note"])
