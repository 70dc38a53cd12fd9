"""The map on the page: one Folium map in one component, and what it is told at each rerun."""

from collections.abc import Sequence
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from geo.zone import Zone
from layers import elements, feed, scene
from layers.style import SELECTION, Palette
from pages import address, door, parts

KEY = "zone_map"
_HTML = (
    '<div class="zm"><div class="zm-map" id="{id}" tabindex="0"></div>'
    '<div class="zm-loading">{loading}</div></div>'
)
_JS = """
export default function (component) {
  const main = new URL(component.data.main, new URL("./", location.href)).href;
  const host = component.parentElement.querySelector(".zm");
  host.dataset.lang = component.data.lang;
  import(main).then((map) => map.update(component), (error) => {
    host.querySelector(".zm-loading").textContent = component.data.words.map_failed;
    console.error(error);
  });
  return () => import(main).then((map) => map.remove(host));
}
"""


@st.cache_resource
def _component() -> ComponentRenderer:
    loading = " / ".join(door.words()["map"]["loading"])
    html = _HTML.format(id=elements.ELEMENT_ID, loading=loading)
    return st.components.v2.component(KEY, html=html, js=_JS, isolate_styles=False)


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


def show(zone: Zone, chosen: Sequence[dict[str, str]], fly: dict[str, Any] | None) -> None:
    """Draw the map or bring it up to date; what the reader does arrives in the session."""
    rows = sets(zone)
    labels = parts.section("map")
    english = parts.english()
    _component()(
        key=KEY,
        height="stretch",
        data={
            "main": f"assets/map/main.js?v={door.build()}",
            "build": door.build(),
            "map_url": f"map/{door.map_script()[1]}.js",
            "lang": "en" if english else "zh",
            "unit": scene.unit(parts.unit(), english=english),
            "units": scene.units(english=english),
            "palette": st.session_state.get("palette", Palette.STANDARD.value),
            "palettes": scene.palettes(labels),
            "selection": SELECTION,
            "words": labels,
            "credit": labels["credit"],
            "groups": scene.groups(english=english),
            "sets": rows,
            "presets": scene.presets(labels),
            "home": zone.extent(),
            "initial": address.initial(rows),
            "selected": list(chosen),
            "fly": fly,
        },
        on_map_change=address.keep,
        on_click_change=lambda: None,
        on_pick_change=lambda: None,
        on_region_change=lambda: None,
        on_open_change=lambda: None,
    )


def said(name: str) -> Any:
    """What the map just said: `click`, `pick`, `region`, `open`; None if it did not."""
    return (st.session_state.get(KEY) or {}).get(name)


def big(zone: Zone, name: str) -> bool:
    """Whether a set goes to the browser as tiles."""
    known = zone.boundaries(name)
    return known is not None and feed.is_big(known)
