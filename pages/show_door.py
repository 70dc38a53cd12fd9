"""``/show/{meeting}/{story}``: the player of a meeting, and its data, which never change."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from geo import briefing, landuse
from geo.errors import DataError
from geo.zone import Zone
from layers import feed, palette, show
from layers.brief.read import brief_of
from layers.brief.values import Brief
from layers.style import Palette
from pages import door, files

DEFAULT = "default"  # in the address of a story that nobody has kept
_HERE = ("127.0.0.1", "localhost", "[::1]")
_EDITIONS = ("internal", "public")
_LONGEST = 60  # letters of 制图单位 and 审图号


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which meeting, told by which story as saved under `number`, for whom."""

    zone: Zone
    meeting: int
    story: str
    number: int
    edition: str
    maker: str
    approval: str
    base_url: str


async def page(request: Request) -> Response:
    """The player; it asks for its data by a digest of them."""
    wanted = await run_in_threadpool(_wanted, request)
    brief, digest = await run_in_threadpool(lambda: (_brief(wanted), _pack(wanted)[1]))
    said = (("edition", wanted.edition), ("maker", wanted.maker), ("approval", wanted.approval))
    asked = urlencode([(key, value) for key, value in said if value])
    story = quote(str(request.path_params["story"]), safe="")
    addresses = {
        "build": door.build(),
        "map": f"map/{door.map_script()[1]}.js",
        "pack": f"show/{wanted.meeting}/{story}/{digest}.json?{asked}",
    }
    colours = request.query_params.get("palette", "")
    opening = show.Opening(
        request.query_params.get("lang") == "en",
        Palette(colours) if colours in list(Palette) else Palette.STANDARD,
    )
    body = show.served_html(brief, "../../", addresses, opening)
    return HTMLResponse(body, headers={"Cache-Control": "no-cache"})


async def pack(request: Request) -> Response:
    """All that the player is told and its maps ask for."""
    body, digest = await run_in_threadpool(lambda: _pack(_wanted(request)))
    if request.path_params["digest"] != digest:
        return Response("not found", 404, media_type="text/plain")
    return Response(body, media_type="application/json", headers=files.PACKED)


def _wanted(request: Request) -> Wanted:
    asked, story = request.query_params, str(request.path_params["story"])
    edition = asked.get("edition", "internal")
    if edition not in _EDITIONS:
        raise DataError(f"没有版本 {edition}，请用 internal 或 public", "EDITION")
    kept, zone = "" if story == DEFAULT else story, door.zone()
    number = briefing.story(zone, kept).number if kept else 0
    maker, approval = (asked.get(key, "").strip()[:_LONGEST] for key in ("maker", "approval"))
    base = "" if request.url.hostname in _HERE else str(request.base_url).rstrip("/")
    said = number, edition, maker, approval, base
    return Wanted(zone, int(request.path_params["meeting"]), kept, *said)


@lru_cache(maxsize=4)
def _brief(wanted: Wanted) -> Brief:
    found = briefing.record(
        *(wanted.zone, wanted.meeting, wanted.story),
        edition=wanted.edition,
        maker=wanted.maker,
        approval=wanted.approval,
        base_url=wanted.base_url,
    )
    return brief_of(found.record, found.sets)


@lru_cache(maxsize=4)
def _pack(wanted: Wanted) -> tuple[bytes, str]:
    brief, uses = _brief(wanted), door.uses()
    inks = {name: palette.tints(one, uses, landuse.find) for name, one in brief.sets.items()}
    body = feed.packed(show.pack(brief, inks))
    return body, hashlib.sha256(body).hexdigest()[:24]
