"""Remarks as they leave: columns of a table, and GeoJSON of those that have a place."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from geo.chronicle import CHINA
from geo.remarks.values import Remark

HEADS = (
    *("编号", "类别", "状态", "密级", "内容", "作者", "时间（北京）"),
    *("经度", "纬度", "对象", "页面", "答复"),
)


def columns(
    found: Sequence[Remark], kinds: Mapping[str, str], states: Mapping[str, str]
) -> dict[str, list[Any]]:
    """Columns by head; `kinds` and `states` are names by value. Texts stay texts."""
    rows = [
        (
            one.number,
            kinds[one.kind],
            states[one.state],
            one.secrecy,
            one.text,
            one.by.name,
            moment(one.at),
            one.place.lon if one.place else None,
            one.place.lat if one.place else None,
            _object(one),
            one.address,
            "\n".join(f"{moment(r.at)} {r.by.name}：{r.text}" for r in one.replies),
        )
        for one in found
    ]
    return {head: [row[at] for row in rows] for at, head in enumerate(HEADS)}


def geojson(found: Iterable[Remark]) -> bytes:
    """A FeatureCollection (RFC 7946) of the remarks that have a place, EPSG:4490."""
    features = [
        {
            "type": "Feature",
            "id": one.number,
            "geometry": {"type": "Point", "coordinates": [one.place.lon, one.place.lat]},
            "properties": {
                "number": one.number,
                "state": one.state.value,
                "secrecy": one.secrecy,
                "text": one.text,
                "by": one.by.name,
                "at": one.at.isoformat(),
                "set": one.place.set,
                "object": one.place.id,
                "name": one.place.name,
                "replies": [
                    {"by": r.by.name, "at": r.at.isoformat(), "text": r.text} for r in one.replies
                ],
            },
        }
        for one in found
        if one.place
    ]
    told = {"type": "FeatureCollection", "features": features}
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def moment(at: datetime) -> str:
    """A moment at the office, to the minute."""
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}"


def _object(one: Remark) -> str:
    place = one.place
    return f"{place.name}（{place.set}:{place.id}）" if place and place.set else ""
