"""Every address beside the screens.

Addresses that carry a version or digest are immutable for the browser. Nothing here talks
to another host except the 天地图 proxy, and that only when a key is set.
"""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from geo.errors import DataError, GeoError
from geo.office import RightsError
from geo.people import Act
from pages import (
    api_door,
    asked,
    cells,
    door,
    entrance,
    files,
    questions,
    rasters,
    set_door,
    show_door,
    site_door,
    tally,
    tints,
    tree,
    view_door,
)


def told(_request: Request, error: Exception) -> Response:
    """How an address tells a `GeoError`: its code and its sentence."""
    code = error.code if isinstance(error, GeoError) else "ERROR"
    status = 403 if isinstance(error, RightsError) else 400
    return JSONResponse({"code": code, "message": str(error)}, status_code=status)


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


SEEN: dict[str, asked.Plain | asked.Answer] = {
    "/scene/{version:int}/{lang}/{digest}.json": scene,
    "/layers/{name}/{since:int}.json": set_door.shapes,
    "/layers/{name}/{since:int}.classes": set_door.class_numbers,
    "/layers/{name}/{since:int}.anchors": set_door.anchors,
    "/tint/{digest}.bytes": tints.answer,
    "/cells/{digest}.json": cells.answer,
    "/feature/{name}/{since:int}/{id}": set_door.feature,
    "/tiles/{name}/{since:int}/{z:int}/{x:int}/{y:int}": set_door.tile,
    "/images/{name}/{since:int}.png": rasters.image,
    "/basemap/{layer}/{z:int}/{x:int}/{y:int}": questions.basemap,
    "/show/{meeting:int}/{story}": tally.playing(show_door.page),
    "/show/{meeting:int}/{story}/{digest}.json": show_door.pack,
    "/v/{id}": view_door.view,
    "/api/search": questions.search,
    "/api/layers": api_door.layers,
    "/api/identify": api_door.identify,
    "/api/parcel/{id}": api_door.parcel,
    "/api/health": questions.health,
}
ROUTES = [
    Route("/assets/{path:path}", files.asset),
    Route("/map/{digest}.js", files.map_script),
    *(Route(path, asked.first(Act.SEE, answer)) for path, answer in SEEN.items()),
    Route("/api/measure", asked.first(Act.SEE, questions.measure), methods=["POST"]),
    Route("/api/check", asked.first(Act.CHECK, site_door.check), methods=["POST"]),
    Route("/favicon.ico", files.icon),
    *entrance.ROUTES,
]
