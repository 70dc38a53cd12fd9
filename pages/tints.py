"""Colourings of sets by address: a page makes one, the browser fetches its bytes once.

The bytes are named by their digest, so they are the same for every visitor and never stale.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock

from starlette.requests import Request
from starlette.responses import Response

from geo.model import Boundaries
from layers import tint
from layers.tint import Legend, Tint
from pages import files

_KEPT = 512  # of 20,000 features: about 5 MB in all
_SHELF: OrderedDict[str, bytes] = OrderedDict()
_LOCK = Lock()


def of(
    known: Boundaries,
    keys: Mapping[str, str],
    legend: Legend,
    texts: Mapping[str, str] | None = None,
) -> Tint:
    """Colour a set: `keys` says the class of each feature by id; ids it lacks are not shown.

    `texts` are words beside the counts, by class. Raises `DataError` on a class unknown.
    """
    codes = legend.codes(known.table["id"], keys)
    said = texts or {}
    return Tint(
        known.name,
        known.since,
        keep(tint.packed(codes)),
        legend,
        tint.counted(codes, legend),
        tuple(said.get(one.key, "") for one in legend.classes),
    )


def keep(body: bytes) -> str:
    """Put packed codes on the shelf; answers with their address."""
    digest = hashlib.sha256(body).hexdigest()[:24]
    with _LOCK:
        _SHELF[digest] = body
        _SHELF.move_to_end(digest)
        while len(_SHELF) > _KEPT:
            _SHELF.popitem(last=False)
    return f"tint/{digest}.bytes"


def body(digest: str) -> bytes | None:
    """Packed codes by digest, or None when nobody has asked for them lately."""
    with _LOCK:
        return _SHELF.get(digest)


def answer(request: Request) -> Response:
    """The codes of a tint: one byte per feature."""
    found = body(str(request.path_params["digest"]))
    if found is None:
        return Response("not found", 404, media_type="text/plain")
    return Response(found, media_type="application/octet-stream", headers=files.PACKED)
