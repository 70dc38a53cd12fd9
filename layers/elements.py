"""The Folium side of the map: what it is made of, as elements; no data and no user text.

Folium compiles rendered text as a template, so a name with braces would run on the server.
Therefore these elements carry only our own style table; names and shapes go to the browser
as JSON by address. `safe_json` is the second wall: it refuses template syntax.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template

from geo.errors import SettingError
from layers.style import STYLES, THEME_INK, Style, spec

MAP_ID = "zone"
ELEMENT_ID = f"map_{MAP_ID}"  # Folium's rule for the id of the map's own element
_TEMPLATE_MARKS = ("{{", "{%", "{#")


def safe_json(value: Mapping[str, Any]) -> str:
    """JSON for a Folium element; refuses text that Folium would run as a template."""
    if any(mark in text for text in _texts(value) for mark in _TEMPLATE_MARKS):
        raise SettingError("图层样式中含模板符号，已拒绝；请检查样式表", "TEMPLATE_TEXT")
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _texts(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return [t for k, v in value.items() for t in [str(k), *_texts(v)]]
    if isinstance(value, list | tuple):
        return [t for item in value for t in _texts(item)]
    return [value] if isinstance(value, str) else []


class SetLayer(MacroElement):
    """Announces one set and its style to the map; its shapes arrive by address."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "zone.set({{ this._parent.get_name() }}, {{ this.body }});"
        "{% endmacro %}"
    )

    def __init__(self, name: str, style: Style) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "SetLayer"
        self._id = name
        self.body = safe_json({"name": name, **spec(style)})


class ZoneMap(folium.Map):
    """The zone's map: no tiles, no outside script, own layers in their fixed draw order."""

    def __init__(self, location: tuple[float, float] = (37.38, 122.26), zoom: int = 11) -> None:
        super().__init__(
            location=location,
            zoom_start=zoom,
            tiles=None,
            zoom_control=False,
            attribution_control=False,
            zoom_snap=0.25,
            zoom_delta=0.5,
            wheel_px_per_zoom_level=90,
        )
        self._id = MAP_ID
        self.default_js, self.default_css = [], []  # nothing from other hosts
        # Folium hands these two to its tile layer, of which we have none.
        self.options.update(min_zoom=9, max_zoom=19)
        for name, style in [*STYLES.items(), ("other", _other())]:
            self.add_child(SetLayer(name, style))


def _other() -> Style:
    return Style("其他", "Other", "other", THEME_INK, 42, fill=0.15)


def script(drawn: folium.Map) -> str:
    """The map as a JavaScript module: ``export default (L, zone) => map``."""
    figure = drawn.get_root()
    figure.render()
    body = figure.script.render()  # type: ignore[attr-defined]  # a Figure, typed as Element
    return f"export default function (L, zone) {{\n{body}\nreturn {ELEMENT_ID};\n}}\n"


def digest(text: str) -> str:
    """A short name of some content, for addresses that never change their answer."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
