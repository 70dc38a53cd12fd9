"""The sites that the panel asks about: drawn, picked or from a file."""

from dataclasses import replace

import streamlit as st

from geo import casework
from geo.site import Site
from geo.zone import Zone
from layers import site_frame
from pages import site_state, site_words


def count(way: str) -> int:
    """How many sites would be asked."""
    state = site_state.now()
    if way == "draw":
        return len(state.areas) if _apart() else int(bool(state.areas))
    if way == "pick":
        ids = st.session_state.get("site_parcels", [])
        return len(ids) if _apart() else int(bool(ids))
    return len(state.staged)


def _apart() -> bool:
    return bool(st.session_state.get("site_apart"))


def asked(zone: Zone, way: str) -> list[Site]:
    """The sites as they would be asked; raises `DataError` for a shape that cannot be."""
    use = str(st.session_state.get("site_use") or "")
    if way == "draw":
        return _drawn(use)
    if way == "pick":
        return _picked(zone, use)
    return [replace(one, use=one.use or use) for one in site_state.now().staged]


def _drawn(use: str) -> list[Site]:
    areas, words = site_state.now().areas, site_words.words()
    name = str(st.session_state.get("site_name") or "").strip() or words["site_unnamed"]
    groups = [[one] for one in areas] if _apart() else [areas]
    many = len(groups) > 1
    features = [
        {
            "type": "Feature",
            "properties": {"name": f"{name}{i}" if many else name},
            "geometry": site_frame.geojson(group),
        }
        for i, group in enumerate(groups, 1)
    ]
    return casework.of_geojson({"type": "FeatureCollection", "features": features}, use)


def _picked(zone: Zone, use: str) -> list[Site]:
    state, ids = site_state.now(), list(st.session_state.get("site_parcels", []))
    if _apart():
        return [casework.picked(zone, [id_], use) for id_ in ids]
    registered = casework.picked(zone, ids, use)
    if state.like != tuple(ids) or not state.areas:
        return [registered]
    (shape,) = casework.of_geojson(site_frame.geojson(state.areas))
    site = casework.drawn(shape.shape, registered.name, use, registered)
    drawn = st.session_state.get("site_variant", "drawn") == "drawn"
    return [site if drawn else site.switched()]
