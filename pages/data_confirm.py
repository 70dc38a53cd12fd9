"""What replacing would change, the papers behind it, and the one button that writes."""

import streamlit as st

from geo import intake
from geo.boundaries import ChangeKind
from geo.model import Boundaries, Grade, Source
from geo.zone import Zone
from pages import data_changes, data_papers, parts


def draw(zone: Zone, staged: intake.Staged) -> None:
    """Changes, papers, confirm."""
    st.markdown(f"**{parts.t('store', 'changes')}**")
    before = zone.boundaries(staged.name)
    source = Source(staged.filename, Grade.SCHEMATIC, "—")
    after = Boundaries(staged.name, staged.table, source)
    changes = [one for one in staged.changes if one.kind is not ChangeKind.SAME]
    if before is None:
        st.text(parts.t("store", "new_set").format(n=len(staged.table)))
    else:
        data_changes.draw(zone, changes, before, after)
    papers = data_papers.draw(staged.filename, zone)
    if papers:
        version = intake.commit(zone, staged, papers, by=parts.user())
        st.session_state["imported"] = {"name": staged.name, "version": version}
        for key in ("seen", "staged"):
            st.session_state.pop(key, None)
        st.rerun()
