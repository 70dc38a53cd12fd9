"""Rows of the layer tree: sets held, then themes nobody has brought yet."""

from typing import Any

import streamlit as st

from geo.zone import Zone
from layers import scene
from pages import door, parts


def sets(zone: Zone) -> list[dict[str, Any]]:
    """Every row of the layer tree: sets held, then themes nobody has brought yet."""
    return [dict(one) for one in _sets(zone.version, english=parts.english())]


@st.cache_data(max_entries=8, show_spinner=False)
def _sets(version: int, *, english: bool) -> list[dict[str, Any]]:
    zone = door.zone()
    rows = []
    for one in zone.summaries(version):
        known = zone.boundaries(one.name, version)
        rows += [scene.held(one, known, english=english)] if known else []
    held = zone.sets(version)
    cover = f"layers/zone/{held['zone']}.json"
    rows = scene.in_order(rows)
    for name, theme in zone.catalog.themes.items():
        if name not in held:
            rows.append(scene.absent(name, theme.title_en if english else theme.title, cover))
    return rows
