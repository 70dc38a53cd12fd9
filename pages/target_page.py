"""目标. The plan's targets: what was, what is wanted, what is known, what cannot be known."""

import streamlit as st

from geo.zone import Zone
from pages import parts


@parts.told
def page(zone: Zone) -> None:
    """Draw the page."""
    st.title(parts.t("app", "target"))
    st.caption(f"{len(zone.plan.targets)}")
