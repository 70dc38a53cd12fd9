"""Every address beside the screens, and those of the sets: shapes, tiles, single features.

Addresses that carry a version or digest are immutable for the browser. Nothing here talks
to another host except the 天地图 proxy, and that only when a key is set.
"""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from geo.errors import DataError, GeoError
from layers import feed
from pages import (
    cells,
    door,
    entrance,
    files,
    questions,
    rasters,
    ready,
    show_door,
    site_door,
    tints,
    tree,
)


def told(_request: Request, error: Exception) -> Response:
    """How an address tells a `GeoError`: its code and its sentence."""
    code = error.code if isinstance(error, GeoError) else "ERROR"
    return JSONResponse({"code": code, "message": str(error)}, status_code=400)


async def scene(request: Request) -> Response:
    """What the map can show at a version, in a language."""
    version = int(request.path_params["version"])
    if not 0 < version <= door.zone().version:
        raise DataError(f"没有版本 {version}，请刷新页面", "VERSION")
    english = request.path_params["lang"] == "en"
    body, digest = await run_in_threadpool(tree.packed, version, english=english)
    if request.path_params["digest"] != digest:
        return Response("not found", 404, media_type="text/plain")
    return Response(body, media_type="application/json", headers=files.PACKED)


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


ROUTES = [
    Route("/assets/{path:path}", files.asset),
    Route("/map/{digest}.js", files.map_script),
    Route("/scene/{version:int}/{lang}/{digest}.json", scene),
    Route("/layers/{name}/{since:int}.json", shapes),
    Route("/layers/{name}/{since:int}.classes", class_numbers),
    Route("/layers/{name}/{since:int}.anchors", anchors),
    Route("/tint/{digest}.bytes", tints.answer),
    Route("/cells/{digest}.json", cells.answer),
    Route("/feature/{name}/{since:int}/{id}", feature),
    Route("/tiles/{name}/{since:int}/{z:int}/{x:int}/{y:int}", tile),
    Route("/images/{name}/{since:int}.png", rasters.image),
    Route("/basemap/{layer}/{z:int}/{x:int}/{y:int}", questions.basemap),
    Route("/show/{meeting:int}/{story}", show_door.page),
    Route("/show/{meeting:int}/{story}/{digest}.json", show_door.pack),
    Route("/api/search", questions.search),
    Route("/api/measure", questions.measure, methods=["POST"]),
    Route("/api/check", site_door.check, methods=["POST"]),
    Route("/api/health", questions.health),
    Route("/favicon.ico", files.icon),
    *entrance.ROUTES,
]
