"""``/show/{meeting}/{story}``: the player of a meeting, and its data, which never change."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from geo import briefing
from geo.errors import DataError
from geo.model import SECRECY
from geo.people import Act
from layers import show
from layers.style import Palette
from pages import door, files, rights, show_pack, who
from pages.show_pack import Wanted

DEFAULT = "default"  # in the address of a story that nobody has kept
_HERE = ("127.0.0.1", "localhost", "[::1]")
PUBLIC = "public"
_EDITIONS = ("internal", PUBLIC)
_UNKEPT = {"Cache-Control": "private, no-store"}
_LONGEST = 60  # letters of 制图单位 and 审图号


async def page(request: Request) -> Response:
    """The player; it asks for its data by a digest of them."""
    wanted = await run_in_threadpool(_wanted, request)
    brief, digest = await run_in_threadpool(
        lambda: (show_pack.brief(wanted), show_pack.pack(wanted)[1])
    )
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
    return await run_in_threadpool(_packed, request)


def _packed(request: Request) -> Response:
    wanted = _wanted(request)
    body, digest = show_pack.pack(wanted)
    if request.path_params["digest"] != digest:
        return Response("not found", 404, media_type="text/plain")
    return Response(body, media_type="application/json", headers=_taken(wanted))


def _taken(wanted: Wanted) -> Mapping[str, str]:
    """Headers of what is taken; what is not for the public is logged, and kept by no browser."""
    if who.book() is None or wanted.edition == PUBLIC:
        return files.PACKED
    brief = show_pack.brief(wanted)
    marked = {name: known.source.secrecy for name, known in brief.sets.items()}
    secret = sorted(name for name, level in marked.items() if level not in ("", SECRECY[0]))
    rights.noted(
        "show:played",
        meeting=wanted.meeting,
        story=wanted.story,
        edition=wanted.edition,
        version=brief.occasion.version,
        secrecy=brief.secrecy,
        sets=secret,
    )
    return {**files.PACKED, **_UNKEPT} if brief.secrecy not in ("", SECRECY[0]) else files.PACKED


def _wanted(request: Request) -> Wanted:
    asked, story = request.query_params, str(request.path_params["story"])
    edition = asked.get("edition", "internal")
    if edition not in _EDITIONS:
        raise DataError(f"没有版本 {edition}，请用 internal 或 public", "EDITION")
    if edition != PUBLIC and who.book() is not None:
        rights.require(Act.EXPORT)  # it is all there, ready to be kept
    kept, zone = "" if story == DEFAULT else story, door.zone()
    number = briefing.story(zone, kept).number if kept else 0
    maker, approval = (asked.get(key, "").strip()[:_LONGEST] for key in ("maker", "approval"))
    base = "" if request.url.hostname in _HERE else str(request.base_url).rstrip("/")
    said = number, edition, maker, approval, base
    return Wanted(zone, int(request.path_params["meeting"]), kept, *said)
