"""Is the store sound, and what is the app made of."""

import pandas as pd
import streamlit as st

from geo.info import programs
from geo.zone import Zone
from pages import parts


def draw(zone: Zone) -> None:
    """Version, chain, programs."""
    words = parts.section("store")
    one, two = st.columns(2, gap="medium")
    with one:
        st.metric(words["version"], f"v{zone.version}", border=True)
        if st.button(words["verify"], key="verify"):
            faults = zone.verify()
            if faults:
                st.error(words["unsound"].format(n=len(faults)))
                st.dataframe(pd.DataFrame([(f.code, f.message) for f in faults]), hide_index=True)
            else:
                st.success(words["sound"])
        st.caption(words["verify_note"])
    with two:
        rows = programs()
        frame = pd.DataFrame({words["program"]: list(rows), words["edition"]: list(rows.values())})
        st.dataframe(frame, hide_index=True)
