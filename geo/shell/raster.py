"""Rasters from a shell: bring a GeoTIFF in, list what is held."""

from pathlib import Path
from typing import Annotated, Any

import typer

from geo import rasters, settings
from geo.errors import DataError, GeoError, Issue
from geo.intake import Papers
from geo.shell import answer, heading, told
from geo.zone import Zone, open_zone

SUFFIXES = (".tif", ".tiff")

At = Annotated[int | None, typer.Option("--at", help="数据版本；缺省为现在")]
Store = Annotated[str, typer.Option("--store", help="存储地址；缺省取设置")]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON，键名固定")]


def brought(zone: Zone, path: Path, name: str, papers: Papers | None, by: str) -> dict[str, Any]:
    """Read a GeoTIFF, check it, and store it as a raster; without papers only look.

    The row has the keys of every import; a raster counts as one feature.
    """
    issues: tuple[Issue, ...] = ()
    crs, version, accepted = "", None, False
    try:
        coming = rasters.look(zone, path.read_bytes(), path.name, rasters.Wanted(name))
        issues, crs, accepted = coming.issues, str(coming.facts["crs"]), True
        version = rasters.put(zone, coming, papers, by=by) if papers else None
    except OSError as error:
        raise DataError(f"无法读取文件 {path.name}，请核对路径与权限", "FILE_MISSING") from error
    except GeoError as error:
        issues, accepted = (*issues, Issue(error.code, str(error)), *error.issues), False
    return {
        "accepted": accepted,
        "features": 1,
        "stored": int(accepted),
        "reported": int(not accepted),
        "crs": crs,
        "encoding": "",
        "layers": [],
        "issues": [answer.issue(one) for one in issues],
        "version": version,
    }


def listed(at: At = None, store: Store = "", json: Json = False) -> None:
    """Print what rasters the zone holds."""
    zone = open_zone(settings.read(**({"store": store} if store else {})).store)
    rows = [row(one) for one in rasters.with_derived(zone, at)]
    if json:
        told.as_json(rows)
    else:
        told.as_table(rows, heading.RASTERS, "影像")


def row(one: rasters.Held) -> dict[str, Any]:
    """One raster as ``--json`` tells it; what follows from heights has no span of its own."""
    facts = one.facts
    own = not one.derived
    return {
        "name": one.name,
        "title": one.title,
        "title_en": one.title_en,
        "classes": one.classes,
        "unit": one.unit,
        "min": facts["min"] if own and not one.classes else None,
        "max": facts["max"] if own and not one.classes else None,
        "counts": facts["counts"] if own else {},
        "step_m": facts["step"],
        "cells": facts["cells"],
        "overview": facts["overview"],
        "crs": facts["crs"],
        "nodata": facts["nodata"],
        "size": facts["size"],
        "derived": one.derived,
        "grade": one.source.grade.value,
        "source": one.source.title,
        "licence": one.source.licence,
        "secrecy": one.source.secrecy,
        "file": facts["file"],
        "digest": facts["digest"],
        "by": one.by,
        "version": one.since,
    }
