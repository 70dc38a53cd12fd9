"""leafmap's Folium map with to_streamlit, as its documentation shows it."""

import os

import folium
import geopandas as gpd
import streamlit as st

for name, path in (("leaflet", "leaflet.js"), ("leaflet_css", "leaflet.css")):
    kind = "default_css" if name.endswith("css") else "default_js"
    setattr(folium.Map, kind, [(name, f"/app/static/{path}")])  # no other host

import leafmap.foliumap as leafmap  # noqa: E402  it takes over what was just set

COLORS = ("#F5F8DC", "#BFE9AA", "#68B167", "#FFFF2D", "#FF3F7F", "#FF0000", "#BB9674", "#8761D3")
PLAIN = ("draw", "measure", "fullscreen", "attribution", "search", "latlon", "locate", "layers")


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
without = {f"{part}_control": False for part in PLAIN}  # their scripts are on other hosts
drawn = leafmap.Map(center=(37.36, 122.26), zoom=11, tiles=None, **without)
drawn.add_gdf(table("BENCH_PARCELS"), "parcels", style_function=style, zoom_to_layer=False)
if second:
    drawn.add_gdf(table("BENCH_UNITS"), "units", style_function=style, zoom_to_layer=False)
drawn.to_streamlit(width=1380, height=720)
