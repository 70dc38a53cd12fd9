"""Addresses of the sets: shapes, classes, anchors, tiles, single features; all immutable."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from layers import feed
from pages import asked, files, ready

T = TypeVar("T")
_BYTES, _SHAPES = "application/octet-stream", "application/geo+json"


async def shapes(request: Request) -> Response:
    """A whole set as GeoJSON."""
    body, heads = await _of(request, ready.shapes)
    return Response(body, media_type=_SHAPES, headers=heads)


async def class_numbers(request: Request) -> Response:
    """One byte per feature of a set: its class."""
    body, heads = await _of(request, ready.class_numbers)
    return Response(body, media_type=_BYTES, headers=heads)


async def anchors(request: Request) -> Response:
    """Where a letter goes on each feature of a big set, and how much room it has."""
    body, heads = await _of(request, ready.anchors)
    return Response(body, media_type=_BYTES, headers=heads)


async def feature(request: Request) -> Response:
    """One feature as GeoJSON."""
    known, heads = await _of(request, ready.boundaries)
    body = await run_in_threadpool(feed.feature, known, request.path_params["id"])
    if body is None:
        return Response("not found", 404, media_type="text/plain")
    return Response(body, media_type=_SHAPES, headers=heads)


async def tile(request: Request) -> Response:
    """One tile of a big set."""
    at = request.path_params["z"], request.path_params["x"], request.path_params["y"]
    body, heads = await _of(request, partial(ready.tile, at=at))
    if body is None:
        return Response(status_code=204, headers={"Cache-Control": heads["Cache-Control"]})
    return Response(body, media_type=_BYTES, headers=heads)


async def _of(request: Request, made: Callable[[str, int], T]) -> tuple[T, Mapping[str, str]]:
    """What is made of the set asked for, and the headers it goes with."""
    name, since = str(request.path_params["name"]), int(request.path_params["since"])

    def told() -> tuple[T, Mapping[str, str]]:
        return made(name, since), asked.viewed(name, since, files.PACKED)

    return await run_in_threadpool(told)
