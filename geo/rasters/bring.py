"""A GeoTIFF becomes a raster of the zone: read and shown first, then kept in one transaction."""

import math
import re
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import sha256

from geo import settings, terrain
from geo.errors import DataError
from geo.formats.limits import FILE_BYTES, NAME_LENGTH
from geo.intake import papers as paperwork
from geo.intake.values import Papers
from geo.model import Event, Source
from geo.rasters.cut import Bounds, Cut, Piece, cut
from geo.rasters.values import DERIVED, SUBJECT, UNITS, Coming, Wanted
from geo.zone import Zone

MARGIN_M = 1_000.0  # kept around the zone, so that slopes reach its edge
MOST_PX = 6_000_000
_CLASSES = frozenset({"landcover"})
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_DEGREE_M = 111_000.0  # of latitude, a little less than it is


def look(zone: Zone, data: bytes, filename: str, wanted: Wanted) -> Coming:
    """Read a GeoTIFF as the raster it would be: cut to the zone, in EPSG:4550. Writes nothing.

    Raises `DataError` with the code of what is wrong: RASTER_NAME, QUOTA, EMPTY_FILE, those of
    `geo.formats.geotiff.read` and of `geo.terrain`.
    """
    _named(zone, wanted.name)
    if not data:
        raise DataError(f"文件为空：{filename}，请核对后重新导出", "EMPTY_FILE")
    if len(data) > FILE_BYTES:
        raise DataError(f"影像超过 {FILE_BYTES >> 20} MB，请裁剪到经区范围后重试", "QUOTA")
    seen = zone.version
    classes = wanted.name in _CLASSES if wanted.classes is None else wanted.classes
    how = Cut(_around(zone.extent()), MOST_PX, classes)
    piece = cut(data, filename[-NAME_LENGTH:], how)
    facts = {
        **_facts(piece),
        "cut": asdict(how),
        "labels": {str(code): text for code, text in wanted.labels.items()},
        "unit": wanted.unit or UNITS.get(wanted.name, ""),
        "file": paperwork.shown(filename),
        "digest": sha256(data).hexdigest(),
    }
    return Coming(wanted, piece.raster, facts, piece.issues, data, seen)


def put(zone: Zone, coming: Coming, papers: Papers, *, by: str, expect: int | None = None) -> int:
    """Keep a raster in place of that of its name; return the new version.

    Raises `DataError` where the papers do not do (`geo.intake.papers`) or the name was taken
    meanwhile, `ConflictError` if someone changed the zone after version `expect`, by default
    the one that `look` saw.
    """
    source = paperwork.source(papers, settings.read().secrecy_limit)
    paperwork.said(by)
    now = datetime.now(UTC)
    event = Event(
        SUBJECT + coming.wanted.name,
        "replaced",
        by,
        now,
        now.date(),
        {**coming.facts, "source": _told(source)},
        papers.reason,
        source.document,
    )
    return zone.keep(event, coming.raw, coming.version if expect is None else expect)


def _named(zone: Zone, name: str) -> None:
    if not _NAME.fullmatch(name):
        raise DataError(
            f"影像名 {name!r} 不合规，只能用小写英文字母、数字和下划线，以字母开头", "RASTER_NAME"
        )
    if name in DERIVED or name in zone.sets():
        raise DataError(f"已有图层名为 {name}，请给影像另取名称", "RASTER_NAME")


def _around(extent: Bounds) -> Bounds:
    """The zone's extent with a margin, in degrees."""
    west, south, east, north = extent
    up = MARGIN_M / _DEGREE_M
    side = up / math.cos(math.radians((south + north) / 2))
    edges = (west - side, south - up, east + side, north + up)
    return tuple(round(edge, 6) for edge in edges)  # type: ignore[return-value]  # four of them


def _facts(piece: Piece) -> dict[str, object]:
    """What the event of a raster says of its numbers; lengths in m, `cells` columns first."""
    raster = piece.raster
    low, high = terrain.span(raster)
    rows, columns = raster.values.shape
    counts = terrain.counts(raster) if raster.classes else {}
    return {
        "classes": raster.classes,
        "left": raster.left,
        "top": raster.top,
        "step": raster.step,
        "cells": [columns, rows],
        "size": list(piece.size),
        "crs": raster.crs,
        "nodata": raster.nodata,
        "min": low,
        "max": high,
        "gaps": int(raster.gaps.sum()),
        "counts": {str(code): cells for code, cells in counts.items()},
        "colors": dict(piece.colors),
        "overview": any(one.code == "RASTER_OVERVIEW" for one in piece.issues),
    }


def _told(source: Source) -> dict[str, object]:
    """A source as the event keeps it."""
    return {
        "title": source.title,
        "grade": source.grade.value,
        "licence": source.licence,
        "issued": source.issued.isoformat() if source.issued else None,
        "issuer": source.issuer,
        "document": source.document,
        "secrecy": source.secrecy,
        "error_m": source.error_m,
        "note": source.note,
    }
