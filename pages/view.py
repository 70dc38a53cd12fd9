"""The map on the page: one Folium map in one component, and what it is told at each rerun."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from geo.zone import Zone
from layers import elements, scene
from layers.style import Palette
from pages import address, ask, door, parts, tree

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
    host.querySelector(".zm-loading").textContent = component.data.failed;
    console.error(error);
  });
  return () => import(main).then((map) => map.remove(host));
}
"""


@st.cache_resource
def _component() -> ComponentRenderer:
    loading = " / ".join(door.words()["map"]["loading"])
    html = _HTML.format(id=elements.ELEMENT_ID, loading=loading)
    return st.components.v2.component(ask.KEY, html=html, js=_JS, isolate_styles=False)


def show(zone: Zone, chosen: Sequence[tuple[str, str]], fly: dict[str, Any] | None) -> None:
    """Draw the map or bring it up to date; what the reader does arrives in the session."""
    english = parts.english()
    lang = "en" if english else "zh"
    digest = tree.packed(zone.version, english=english)[1]
    initial = address.initial(tree.rows(zone.version, english=english))  # takes up the palette too
    _component()(
        key=ask.KEY,
        height="stretch",
        data={
            "main": f"assets/map/main.js?v={door.build()}",
            "build": door.build(),
            "map_url": f"map/{door.map_script()[1]}.js",
            "scene": f"scene/{zone.version}/{lang}/{digest}.json",
            "failed": parts.t("map", "map_failed"),
            "lang": lang,
            "unit": scene.unit(parts.unit(), english=english),
            "palette": st.session_state.get("palette", Palette.STANDARD.value),
            "initial": initial,
            "selected": [{"set": name, "id": id_} for name, id_ in chosen],
            "fly": fly,
        },
        on_map_change=address.keep,
        on_click_change=partial(ask.heard, "click"),
        on_pick_change=partial(ask.heard, "pick"),
        on_region_change=partial(ask.heard, "region"),
        on_open_change=partial(ask.heard, "open"),
    )
