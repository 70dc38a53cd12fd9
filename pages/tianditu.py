"""天地图 through the server: off without a key, quiet when it fails, the key never in a page."""

import urllib.error
import urllib.request
from functools import lru_cache

from pages import door

LAYERS = {"vec": "vec_w", "cva": "cva_w", "img": "img_w", "cia": "cia_w"}
_SERVER = "t0.tianditu.gov.cn"
_DEEPEST = 18


def on() -> bool:
    """Whether an office has set a key."""
    return bool(door.given().tianditu_key.get_secret_value())


@lru_cache(maxsize=2048)
def _fetch(layer: str, z: int, x: int, y: int) -> bytes:
    key = door.given().tianditu_key.get_secret_value()
    address = f"https://{_SERVER}/DataServer?T={LAYERS[layer]}&x={x}&y={y}&l={z}&tk={key}"
    asked = urllib.request.Request(address, headers={"User-Agent": "Mozilla/5.0"})
    with urllib.request.urlopen(asked, timeout=door.given().tianditu_timeout_s) as answer:
        body: bytes = answer.read()
    return body


def tile(layer: str, z: int, x: int, y: int) -> bytes | None:
    """One PNG tile, or None without a key, outside the tile grid, or when the service fails."""
    there = layer in LAYERS and 0 <= z <= _DEEPEST and 0 <= x < 2**z and 0 <= y < 2**z
    if not on() or not there:
        return None
    try:
        return _fetch(layer, z, x, y)
    except (urllib.error.URLError, TimeoutError):
        return None  # the map keeps its own ground; nothing is cached
