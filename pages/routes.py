"""Every address beside the screens.

Addresses that carry a version or digest are immutable for the browser. Nothing here talks
to another host except the 天地图 proxy, and that only when a key is set.
"""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from geo.errors import DataError, GeoError
from pages import (
    cells,
    door,
    entrance,
    files,
    questions,
    rasters,
    set_door,
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


ROUTES = [
    Route("/assets/{path:path}", files.asset),
    Route("/map/{digest}.js", files.map_script),
    Route("/scene/{version:int}/{lang}/{digest}.json", scene),
    Route("/layers/{name}/{since:int}.json", set_door.shapes),
    Route("/layers/{name}/{since:int}.classes", set_door.class_numbers),
    Route("/layers/{name}/{since:int}.anchors", set_door.anchors),
    Route("/tint/{digest}.bytes", tints.answer),
    Route("/cells/{digest}.json", cells.answer),
    Route("/feature/{name}/{since:int}/{id}", set_door.feature),
    Route("/tiles/{name}/{since:int}/{z:int}/{x:int}/{y:int}", set_door.tile),
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
