"""Units of a scenario on a map: their places by address once, then a byte for each of them."""

import hashlib
import zlib
from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from threading import Lock

import numpy as np
from starlette.requests import Request
from starlette.responses import Response

from geo.scenario import Land
from layers import cells, tint
from layers.cells import Net, Units
from layers.tint import Legend, Tint
from pages import door, files, tints

_KEPT = 6
_SHELF: OrderedDict[str, bytes] = OrderedDict()
_LOCK = Lock()


def coloured(land: Land, codes: np.ndarray, legend: Legend, texts: Sequence[str] = ()) -> Tint:
    """Colour units: `codes` (n,) are numbers of classes of the legend, -1 for not drawn.

    `texts` stand beside the counts, one for each class.
    """
    told = units(land)
    counts = np.bincount(codes[codes >= 0], minlength=len(legend.classes))
    bytes_at = tints.keep(tint.packed_array(codes))
    return Tint(
        cells.NAME, told.since, bytes_at, legend, tuple(counts.tolist()), tuple(texts), told
    )


def units(land: Land) -> Units:
    """Where units lie, by address."""
    told, packed = _told(land)
    with _LOCK:
        _SHELF[told.address] = packed
        _SHELF.move_to_end(told.address)
        while len(_SHELF) > 4 * _KEPT:
            _SHELF.popitem(last=False)
    return told


@lru_cache(maxsize=_KEPT)
def _told(land: Land) -> tuple[Units, bytes]:
    packed = _body(land)
    address = f"cells/{hashlib.sha256(packed).hexdigest()[:24]}.json"
    words = door.words()["scenario"]["cell_unit" if land.cells else "area_unit"]
    since = zlib.crc32(packed)
    return Units(address, since, len(land), land.source.grade, words[0], words[1]), packed


def _body(land: Land) -> bytes:
    if land.cells is None or land.outline is None:
        return cells.areas(land.planes, land.ids)
    lines = land.cells.grid
    net = Net(lines.left, lines.top, lines.step, lines.rows, lines.columns)
    return cells.grid(net, land.cells.index, land.outline)


def body(address: str) -> bytes | None:
    """Places of units by address, gzipped JSON; None when nobody has asked for them lately."""
    with _LOCK:
        return _SHELF.get(address)


def answer(request: Request) -> Response:
    """Places of units, gzipped JSON."""
    found = body(f"cells/{request.path_params['digest']}.json")
    if found is None:
        return Response("not found", 404, media_type="text/plain")
    return Response(found, media_type="application/json", headers=files.PACKED)
