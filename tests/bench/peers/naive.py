"""Plain st_folium with folium.GeoJson, as their documentation shows it."""

import os

import folium
import geopandas as gpd
import streamlit as st
from streamlit_folium import st_folium

COLORS = ("#F5F8DC", "#BFE9AA", "#68B167", "#FFFF2D", "#FF3F7F", "#FF0000", "#BB9674", "#8761D3")
for name, path in (("leaflet", "leaflet.js"), ("leaflet_css", "leaflet.css")):
    kind = "default_css" if name.endswith("css") else "default_js"
    setattr(folium.Map, kind, [(name, f"/app/static/{path}")])  # no other host


@st.cache_data
def table(name: str) -> gpd.GeoDataFrame:
    """One of the two layers."""
    return gpd.read_file(os.environ[name])


def style(feature: dict) -> dict:
    """Fill by land-use class."""
    code = feature["properties"].get("code")
    fill = COLORS[int(code) % len(COLORS)] if code else "none"
    return {"fillColor": fill, "fillOpacity": 0.8, "weight": 1, "color": "#5A5A5A"}


st.set_page_config(layout="wide")
second = st.checkbox("second layer")
drawn = folium.Map(location=(37.36, 122.26), zoom_start=11, tiles=None)
folium.GeoJson(table("BENCH_PARCELS"), style_function=style).add_to(drawn)
if second:
    folium.GeoJson(table("BENCH_UNITS"), style_function=style).add_to(drawn)
st_folium(drawn, width=1380, height=720)
