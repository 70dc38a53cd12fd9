"""Addresses that answer a question: what a text means, how long a line is, is the app well."""

import json
from dataclasses import asdict

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from geo.errors import DataError, StoreError
from geo.zone import measured
from pages import admin_facts, asked, door, tianditu

_MOST_POINTS = 2_000
_MOST_BODY = 200_000  # bytes of a measuring request


async def search(request: Request) -> Response:
    """What a typed text can mean."""
    text = request.query_params.get("q", "")[:100]
    found = await run_in_threadpool(lambda: door.zone().search(text))
    return JSONResponse([asdict(match) for match in found])


async def measure(request: Request) -> Response:
    """Lengths, areas and bearing of a sketch."""
    body = await asked.body(request, _MOST_BODY)
    if body is None:
        raise DataError("量算的点过多，请分段量算", "TOO_MANY_POINTS")
    points, shape = _sketch(body)
    return JSONResponse(await run_in_threadpool(measured, points, shape))


def _sketch(body: bytes) -> tuple[list[tuple[float, float]], str]:
    try:
        sketch = json.loads(body)
        points = [(float(lon), float(lat)) for lon, lat in sketch["points"]]
        shape = str(sketch["shape"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise DataError("量算请求格式有误，请刷新页面后重试", "SKETCH") from error
    if len(points) > _MOST_POINTS or not all(abs(x) <= 180 and abs(y) <= 90 for x, y in points):
        raise DataError("量算的点过多或超出经纬度范围，请重新点选", "SKETCH")
    return points, shape


def health(request: Request) -> Response:
    """Whether the app is up, and at which version its data stand; 503 without its store.

    With ``?all=1``, to an administrator: editions, days of the data, disk, backups.
    """
    try:
        zone = door.zone()
        if "all" not in request.query_params:
            return JSONResponse(admin_facts.open_to_all(zone))
        admin_facts.ask()
        return JSONResponse(admin_facts.facts(zone))
    except StoreError as error:
        return JSONResponse({"status": "lost", "code": error.code}, 503)


async def basemap(request: Request) -> Response:
    """A 天地图 tile fetched by the server, so that the key stays here; 404 without a key."""
    p = request.path_params
    body = await run_in_threadpool(tianditu.tile, p["layer"], p["z"], p["x"], p["y"])
    if body is None:
        return Response(status_code=404)
    return Response(body, media_type="image/png", headers={"Cache-Control": "max-age=86400"})
