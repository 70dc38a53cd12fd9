"""``POST /api/check``: the same check for programs. GeoJSON or coordinate TXT in, JSON out."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from geo import casework, site
from geo.casework import Asker
from geo.errors import DataError
from geo.intake import Terms, Upload
from geo.site import Site
from pages import asked, door, site_book, who

_MOST = 5_000_000  # bytes
_MANY = 200  # sites of one request
_JSON = ("application/geo+json", "application/json")
_TEXT = "text/plain"
_BY = "接口"


async def check(request: Request) -> Response:
    """Check the sites of a body and file the answers; one object, or ``sites`` of several."""
    origin = urlsplit(request.headers.get("origin", "")).netloc
    foreign = bool(origin) and origin != request.headers.get("host", "")
    near = request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
    if foreign or not near:
        return _fault(403, "FOREIGN", "只接受本站页面或本机程序的请求，请从本系统提交")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in (*_JSON, _TEXT):
        told = "、".join((*_JSON, _TEXT))
        return _fault(415, "CONTENT_TYPE", f"内容类型 {kind or '（空）'} 不能核查，请用 {told}")
    body = await asked.body(request, _MOST)
    if body is None:
        return _fault(413, "TOO_LARGE", f"请求超过 {_MOST // 1_000_000} MB，请分批提交")
    rows = await run_in_threadpool(_answered, body, kind, dict(request.query_params))
    return JSONResponse(rows[0] if len(rows) == 1 else {"sites": rows})


def _fault(status: int, code: str, message: str) -> Response:
    return JSONResponse({"code": code, "message": message}, status_code=status)


def _answered(body: bytes, kind: str, said: dict[str, str]) -> list[dict[str, Any]]:
    zone = door.zone()
    sites = _sites(body, kind, said)
    if len(sites) > _MANY:
        raise DataError(f"一次最多核查 {_MANY} 个选址，现有 {len(sites)} 个，请分批", "SITES_MANY")
    by = who.name(_BY)
    asker = Asker(by, said.get("purpose", "")[:200], "api")
    numbers = site_book.asked(zone, sites, asker, _day(said.get("as_of", "")))
    out = []
    for number in numbers:
        known = site_book.opened(zone, number)
        about = {"number": number, "version": known.case.version, "example": known.case.example}
        out.append(about | site.to_row(known.report))
    return out


def _sites(body: bytes, kind: str, said: dict[str, str]) -> Sequence[Site]:
    use = said.get("use", "")
    if kind == _TEXT:
        terms = Terms(crs=said.get("crs", ""))
        return casework.of_staged(casework.staged(door.zone(), Upload(body, ""), terms), use)
    try:
        given = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise DataError("内容不是 JSON，请核对后重新提交", "SITE_JSON") from error
    return casework.of_geojson(given, use)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise DataError(f"核查日期 {text} 有误，请写作 2026-01-31", "AS_OF") from error
