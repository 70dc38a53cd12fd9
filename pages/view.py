"""The map on a page: one Folium map in one component, and what it is told at each rerun."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from geo.zone import Zone
from layers.tint import Tint
from pages import address, album, dialogs, door, map_print, said, screens, share, show_add
from pages.screens import HOME, Screen
from pages.show_look import Shown

_HTML = (
    '<div class="zm"><div class="zm-map" tabindex="0"></div>'
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
    html = _HTML.format(loading=" / ".join(door.words()["map"]["loading"]))
    return st.components.v2.component("zone_map", html=html, js=_JS, isolate_styles=False)


def show(  # noqa: PLR0913 - each is one thing that a map can be told
    zone: Zone,
    chosen: Sequence[tuple[str, str]],
    fly: dict[str, Any] | None = None,
    *,
    screen: Screen = HOME,
    tint: Tint | None = None,
    drawn: Mapping[str, Any] | None = None,
) -> None:
    """Draw a map or bring it up to date; what the reader does arrives in the session.

    It fills its container, which needs a height. Features in `chosen` (set, id) are outlined;
    `fly` is a place to go to, once; `tint` colours one set; `drawn` are shapes of the page's
    own, and whether the reader may draw (see ``drawing.js``).
    """
    with st.container(key=f"mapbox_{screen.key}", height="stretch", gap=None):
        _component()(
            key=said.component_key(screen.key),
            height="stretch",
            data=screens.told(zone, screen, tint)
            | {"selected": [{"set": name, "id": id_} for name, id_ in chosen]}
            | {"fly": fly, "drawn": drawn, "offers": screen.offers, "sketch": album.sketch()},
            on_map_change=partial(address.keep, screen.key),
            on_click_change=partial(said.heard, "click", screen.key),
            on_pick_change=partial(said.heard, "pick", screen.key),
            on_region_change=partial(said.heard, "region", screen.key),
            on_drawn_change=partial(said.heard, "drawn", screen.key),
            on_open_change=partial(said.heard, "open", screen.key),
        )
    said.answered(screen.key)
    dialogs.opened(zone)
    shown = Shown(screen.key, tuple(chosen), tint, drawn or {})
    show_add.opened(zone, shown)
    share.opened(shown)
    map_print.opened(zone, shown)
