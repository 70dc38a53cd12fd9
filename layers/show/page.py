"""The player as a page: one file that needs nothing else, or a frame for the app's addresses."""

import base64
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from layers import elements, feed
from layers.brief.values import Brief
from layers.show import fonts, script
from layers.show.feed import Inks, carried, told
from layers.show.words import WORDS
from layers.style import Palette

_ENTRY = "show/main.js"
# made, not read: the map as Folium describes it, and what starts the player
_FOLIUM, _ONCE = "map/folium.js", "once.js"
_STYLES = ("vendor/leaflet/leaflet.css", "map/map.css", "show/show.css")
_LEAFLET = "vendor/leaflet/leaflet.js"
_FONTS = (("fonts/NotoSansSC-Regular.ttf", 400), ("fonts/NotoSansSC-Bold.ttf", 700))
ASSETS = (*_STYLES, _LEAFLET, *(path for path, _ in _FONTS), "map/*.js", "show/*.js")
"""Patterns of the files below ``assets/`` that `page_html` must be given."""

_PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
{policy}<title>{title}</title>
<link rel="icon" href="data:,">
{head}
</head>
<body>
<div id="show" data-theme="light" data-lang="{speech}" data-palette="{palette}"
data-failed="{failed}">{loading}</div>
{body}
</body>
</html>
"""
_CLOSED = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; "
    "font-src data:; base-uri 'none'; form-action 'none'\">\n"
)


@dataclass(frozen=True, slots=True)
class Opening:
    """What the player opens in; the reader may change the language."""

    english: bool = False
    palette: Palette = Palette.STANDARD


def pack(brief: Brief, inks: Inks | None = None) -> dict[str, Any]:
    """What the player is told, with the answers its maps ask for (base64 of gzip, by address)."""
    answers = {path: base64.b64encode(body).decode() for path, body in carried(brief).items()}
    return {"told": told(brief, inks), "carried": answers}


def page_html(
    brief: Brief,
    assets: Mapping[str, bytes],
    *,
    english: bool = False,
    palette: Palette = Palette.STANDARD,
    inks: Inks | None = None,
) -> bytes:
    """One HTML file that opens by a double click, with no network and no request.

    Parameters
    ----------
    assets
        Path below ``assets/`` → content, for every file of `ASSETS`.
    english
        Language it opens in; both are inside.
    palette
        Colours of its maps.
    inks
        Set → kind → colours, where kinds have colours of their own.

    Raises `DataError` SCRIPT_MODULE when a script is missing.
    """
    packed = pack(brief, inks)
    styles = [_quiet(assets[path].decode()) for path in _STYLES]
    head = [f"<style>{one}</style>" for one in (*_faces(packed["told"], brief, assets), *styles)]
    body = [
        f'<script type="application/json" id="pack">{_inert(packed)}</script>',
        f"<script>{assets[_LEAFLET].decode()}</script>",
        f"<script>\n{_code(assets)}</script>",
    ]
    parts = {"policy": _CLOSED, "head": "\n".join(head), "body": "\n".join(body)}
    return _page(brief, Opening(english, palette), parts)


def _code(assets: Mapping[str, bytes]) -> str:
    """All scripts as one that starts the player with the pack of its page."""
    modules = {path: body.decode() for path, body in assets.items() if path.endswith(".js")}
    once = {
        _FOLIUM: elements.script(elements.ZoneMap()),
        _ONCE: f'import {{ start }} from "./{_ENTRY}";\n'
        f'import {{ default as map }} from "./{_FOLIUM}";\n'
        'start(map, JSON.parse(document.getElementById("pack").textContent));\n',
    }
    return script.joined(_ONCE, {**modules, **once})


def served_html(brief: Brief, root: str, addresses: Mapping[str, str], opening: Opening) -> bytes:
    """The page of the app: scripts, styles and the pack by address.

    Parameters
    ----------
    root
        Way from the page to the app's root, such as ``../../``.
    addresses
        Of the ``map`` script and the ``pack``, below the root, and the ``build`` of our scripts.
    """
    version = f"?v={addresses['build']}"
    styles = (*_STYLES, "show/fonts.css")
    head = [f'<link rel="stylesheet" href="{root}assets/{path}{version}">' for path in styles]
    code = (
        f'import {{ open }} from "{root}assets/{_ENTRY}{version}";\n'
        f'import map from "{root}{addresses["map"]}";\n'
        f'open(map, "{root}{addresses["pack"]}");\n'
    )
    body = [
        f'<script src="{root}assets/{_LEAFLET}{version}"></script>',
        f'<script type="module">\n{code}</script>',
    ]
    return _page(brief, opening, {"head": "\n".join(head), "body": "\n".join(body)})


def _page(brief: Brief, opening: Opening, parts: Mapping[str, str]) -> bytes:
    english = opening.english
    return _PAGE.format(
        **{"policy": "", **parts},
        lang="en" if english else "zh-CN",
        speech="en" if english else "zh",
        palette=opening.palette.value,
        title=escape(brief.occasion.title.say(english)),
        failed=escape(WORDS["failed"][english], quote=True),
        loading=escape(WORDS["loading"][english]),
    ).encode()


def _inert(value: Mapping[str, Any]) -> str:
    """JSON that cannot end the element it stands in, whatever a name holds."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _quiet(style: str) -> str:
    """A style sheet that loads nothing: pictures of controls that we do not show."""
    return re.sub(r"url\((?![\"']?(?:data:|#))[^)]*\)", "none", style)


def _faces(told_: Any, brief: Brief, assets: Mapping[str, bytes]) -> Iterator[str]:
    """Both fonts, cut to what is said anywhere and to the names on the maps."""
    text = {fonts.ALWAYS, *_texts(told_)}
    for known in brief.sets.values():
        for column in ("name", "name_en", "kind", "kind_en"):
            text.update(feed.column(known.table, column))
    for path, weight in _FONTS:
        yield fonts.face(fonts.cut(assets[path], text), weight)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
