"""Rasters on the map: rows of the layer tree, and the pictures behind them."""

from functools import lru_cache
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from geo import rasters
from geo.errors import DataError
from geo.rasters import Held
from geo.zone import Zone
from layers import scene, shade
from layers.shade import Band
from pages import asked, door, files

_NEVER = "影像 {name} 没有版本 {since}，请刷新页面"


def rows(zone: Zone, version: int, *, english: bool) -> list[dict[str, Any]]:
    """A row for every raster held at a version, slope and aspect among them."""
    there = zone.sets(version)
    return [
        scene.image(_shown(one, english=english), english=english)
        for one in rasters.with_derived(zone, version)
        if one.name not in there  # a set of shapes of that name goes first
    ]


def _shown(one: Held, *, english: bool) -> shade.Shown:
    facts = one.facts
    columns, lines = facts["cells"]
    return shade.Shown(
        one.name,
        one.since,
        _label(one, english=english),
        one.source.grade,
        tuple(bands(one)),
        shade.frame(facts["left"], facts["top"], facts["step"], (columns, lines)),
    )


def _label(one: Held, *, english: bool) -> str:
    """The title; of a raster too big to be shown in full, that it is an overview."""
    title = one.title_en if english else one.title
    if not one.facts["overview"]:
        return title
    return f"{title} (overview)" if english else f"{title}（概览）"


def bands(one: Held) -> list[Band]:
    """The colours of a raster's legend."""
    facts = one.facts
    if one.derived:
        return shade.winds() if one.name == "aspect" else shade.slopes()
    if one.classes:
        return shade.kinds(facts["counts"], facts["labels"], facts["colors"])
    return shade.steps(facts["min"], facts["max"], one.unit)


def picture(name: str, since: int) -> bytes:
    """The picture of a raster as stored at a version; raises `DataError` if that never was."""
    if not rasters.shows(door.zone(), name, since):
        raise DataError(_NEVER.format(name=name, since=since), "RASTER_UNKNOWN")
    return _picture(door.whole(), name, since)


@lru_cache(maxsize=12)
def _picture(zone: Zone, name: str, since: int) -> bytes:
    there = rasters.with_derived(zone, since)
    one = next((one for one in there if (one.name, one.since) == (name, since)), None)
    if one is None:
        raise DataError(_NEVER.format(name=name, since=since), "RASTER_UNKNOWN")
    raster = rasters.grid(zone, name, since)
    return shade.picture(raster, bands(one), circle=one.derived and one.name == "aspect")


async def image(request: Request) -> Response:
    """The picture of a raster: numbers of legend colours, which the browser colours."""
    name, since = str(request.path_params["name"]), int(request.path_params["since"])
    body = await run_in_threadpool(picture, name, since)
    heads = await run_in_threadpool(asked.viewed, name, since, files.FOREVER)
    return Response(body, media_type="image/png", headers=heads)
