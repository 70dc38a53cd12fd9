"""Addresses of what never changes while the app runs: scripts, styles, fonts, the map itself."""

import gzip
import mimetypes

from starlette.requests import Request
from starlette.responses import Response

from pages import door

FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
PACKED = {**FOREVER, "Content-Encoding": "gzip"}
_FOLDERS = ("map", "show", "fonts", "vendor")


def asset(request: Request) -> Response:
    """A script, style, font or picture of ours."""
    path = (door.ASSETS / request.path_params["path"]).resolve()
    inside = any(path.is_relative_to(door.ASSETS / folder) for folder in _FOLDERS)
    if not inside or not path.is_file():
        return Response("not found", 404, media_type="text/plain")
    body = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if path.suffix == ".woff2":
        return Response(body, media_type="font/woff2", headers=FOREVER)
    lasting = FOREVER if "v" in request.query_params else {"Cache-Control": "no-cache"}
    if kind.startswith("image/"):
        return Response(body, media_type=kind, headers=lasting)
    packed = gzip.compress(body, 6, mtime=0)
    return Response(packed, media_type=kind, headers={**lasting, "Content-Encoding": "gzip"})


def map_script(request: Request) -> Response:
    """The Folium map as a script."""
    text, digest = door.map_script()
    if request.path_params["digest"] != digest:
        return Response("not found", 404, media_type="text/plain")
    packed = gzip.compress(text.encode(), 6, mtime=0)
    return Response(packed, media_type="text/javascript", headers=PACKED)


def icon(_request: Request) -> Response:
    """The page icon."""
    path = door.ASSETS / "icon.png"
    return Response(path.read_bytes(), media_type="image/png", headers=FOREVER)
