"""Is the store sound, and what is the app made of."""

import platform
import sqlite3
from importlib.metadata import version

import pandas as pd
import pyogrio
import pyproj
import streamlit as st

from geo.zone import Zone
from pages import parts

_PACKAGES = ("streamlit", "folium", "geopandas", "shapely", "pyogrio", "pyproj", "rasterio")


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
        rows = {name: version(name) for name in _PACKAGES}
        rows |= {"Python": platform.python_version(), "SQLite": sqlite3.sqlite_version}
        rows |= {"GDAL": pyogrio.__gdal_version_string__, "PROJ": pyproj.proj_version_str}
        frame = pd.DataFrame({words["program"]: list(rows), words["edition"]: list(rows.values())})
        st.dataframe(frame, hide_index=True)
