"""An office's own parameters to CGCS2000, for legacy systems; used once, never kept or shown."""

import streamlit as st

from geo.errors import GeoError
from geo.formats import datum_shift
from pages import parts

_LEGACY = (0, 4610, 2365, 2386, 4214, 2417, 2438)


def draw() -> datum_shift.Seven | datum_shift.Four | None:
    """The parameters typed, if any are."""
    words = parts.section("store")
    with st.expander(words["params"]):
        st.caption(words["params_note"])
        one, two = st.columns([1, 2])
        source = one.selectbox(words["params_source"], _LEGACY, format_func=_system)
        text = two.text_input(words["params_numbers"], type="password", autocomplete="off")
    try:
        return datum_shift.read(text, source)
    except GeoError as error:
        parts.refused(error)
        return None


def _system(epsg: int) -> str:
    return f"EPSG:{epsg}" if epsg else parts.t("store", "params_none")
