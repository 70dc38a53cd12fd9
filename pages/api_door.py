"""Addresses for other programs that only read: layers, what lies at a point, one parcel."""

from dataclasses import asdict
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from geo import ledger
from geo.errors import DataError
from geo.supply import Parcel
from geo.zone import Zone
from pages import api_given, asked, door

_HEADS = {"Cache-Control": "no-store"}
_FAR_M = 1_000.0


def layers(_request: Request) -> Response:
    """Every set the visitor may see: what it holds, since which version, from which source."""
    zone = door.zone()
    rows = [
        {
            "name": one.name,
            "title": one.title,
            "title_en": one.title_en,
            "count": one.count,
            "grade": one.grade.value,
            "area_m2": one.measured_m2,
            "length_m": one.length_m,
            "since": one.since,
            "secrecy": one.source.secrecy,
            "source": one.source.title,
            "licence": one.source.licence,
            "issued": one.source.issued and one.source.issued.isoformat(),
            "shapes": f"layers/{one.name}/{one.since}.json",
        }
        for one in zone.summaries()
    ]
    return _answer(zone, {"layers": rows})


def identify(request: Request) -> Response:
    """All features at a point, within a tolerance in metres, nearest and smallest first."""
    zone, given = door.zone(), request.query_params
    lon, lat = (
        api_given.number(given.get("lon", ""), 180),
        api_given.number(given.get("lat", ""), 90),
    )
    tolerance = api_given.number(given.get("tolerance_m", "1"), _FAR_M)
    if tolerance < 0:
        raise DataError(f"容差 {tolerance:g} 应为 0–{_FAR_M:g} 米，请改正", "NUMBER")
    hits = zone.identify(lon, lat, tolerance)
    held = zone.sets()
    for name in dict.fromkeys(hit.set for hit in hits):
        asked.viewed(name, held[name], _HEADS)
    return _answer(zone, {"hits": [asdict(hit) for hit in hits]})


def parcel(request: Request) -> Response:
    """One parcel of the ledger as of a day: status, fields, what it came from and became."""
    zone, id_ = door.zone(), str(request.path_params["id"])
    day = api_given.day(request.query_params.get("as_of", ""))
    found = ledger.book(zone).supply.at(day).get(id_)
    if found is None:
        told = {
            "code": "PARCEL_UNKNOWN",
            "message": f"{day} 的台账里没有宗地 {id_}，请核对编号和日期",
        }
        return JSONResponse(told, 404, _HEADS)
    held = zone.sets()
    if ledger.PARCEL in held:
        asked.viewed(ledger.PARCEL, held[ledger.PARCEL], _HEADS)
    return _answer(zone, {"as_of": day.isoformat(), **_row(found)})


def _row(one: Parcel) -> dict[str, Any]:
    return {
        "id": one.id,
        "status": one.status,
        "since": one.since.isoformat(),
        "live": one.live,
        "fields": {key: _plain(value) for key, value in one.fields.items()},
        "parents": list(one.parents),
        "children": list(one.children),
        "ended": one.ended and one.ended.isoformat(),
        "example": one.example,
    }


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _answer(zone: Zone, told: dict[str, Any]) -> Response:
    return JSONResponse({"version": zone.version, **told}, headers=_HEADS)
