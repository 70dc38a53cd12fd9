"""找地. Land by size, use, distance and status, ranked; on the map and in a table."""

from datetime import datetime

import streamlit as st

from geo import casework
from geo.chronicle import CHINA
from geo.errors import GeoError
from geo.zone import Zone
from pages import parts, site_criteria, site_light, site_state, site_words

PARCEL = "parcel"


def draw(zone: Zone) -> None:
    """The criteria, and the button that searches."""
    words = site_words.words()
    if zone.boundaries(PARCEL) is None:
        st.info(words["no_parcels"])
        if st.button(words["to_import"], key="site_find_import"):
            parts.go("data", dview="import")
        return
    criteria = site_criteria.draw(zone)
    day = st.session_state.get("site_as_of") or datetime.now(CHINA).date()
    if st.button(words["find"], type="primary", key="site_find", width="stretch"):
        try:
            with st.spinner(words["finding"]):
                found = casework.found(zone, criteria, day)
        except GeoError as error:
            parts.refused(error)
            return
        site_state.now().found = (found, criteria.use, day)
        boxes = [box for one in found if (box := zone.bounds(PARCEL, one.id))]
        site_state.fly(site_light.around(boxes))
        st.rerun(scope="fragment")
