"""Addresses of the sets: shapes, classes, anchors, tiles, single features; all immutable."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from layers import feed
from pages import files, ready


async def shapes(request: Request) -> Response:
    """A whole set as GeoJSON."""
    body = await run_in_threadpool(ready.shapes, *_set(request))
    return Response(body, media_type="application/geo+json", headers=files.PACKED)


async def class_numbers(request: Request) -> Response:
    """One byte per feature of a set: its class."""
    body = await run_in_threadpool(ready.class_numbers, *_set(request))
    return Response(body, media_type="application/octet-stream", headers=files.PACKED)


async def anchors(request: Request) -> Response:
    """Where a letter goes on each feature of a big set, and how much room it has."""
    body = await run_in_threadpool(ready.anchors, *_set(request))
    return Response(body, media_type="application/octet-stream", headers=files.PACKED)


async def feature(request: Request) -> Response:
    """One feature as GeoJSON."""
    name, since = _set(request)
    known = await run_in_threadpool(ready.boundaries, name, since)
    body = await run_in_threadpool(feed.feature, known, request.path_params["id"])
    if body is None:
        return Response("not found", 404, media_type="text/plain")
    return Response(body, media_type="application/geo+json", headers=files.PACKED)


async def tile(request: Request) -> Response:
    """One tile of a big set."""
    at = request.path_params["z"], request.path_params["x"], request.path_params["y"]
    body = await run_in_threadpool(ready.tile, *_set(request), at)
    if body is None:
        return Response(status_code=204, headers=files.FOREVER)
    return Response(body, media_type="application/octet-stream", headers=files.PACKED)


def _set(request: Request) -> tuple[str, int]:
    return str(request.path_params["name"]), int(request.path_params["since"])
