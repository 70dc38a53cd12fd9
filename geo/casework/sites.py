"""Sites to ask about: from parcels, from a drawn ring, from any file the importer reads."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape as shaped
from shapely.geometry.base import BaseGeometry

from geo import intake, ledger
from geo.casework.ground import PARCEL
from geo.errors import DataError
from geo.intake import Staged, Terms, Upload
from geo.site import Site
from geo.zone import Zone

NAME = "site"  # what a file of sites is read as; it is never stored under that name
_MOST = 1_000
_COUNTRY = ((70.0, 0.0), (140.0, 60.0))  # degrees east and north


def picked(zone: Zone, ids: Sequence[str], use: str = "") -> Site:
    """Some parcels as one site: their shapes joined, their registered areas added up.

    Raises `DataError` PARCEL_UNKNOWN for a parcel that has no shape, PARCEL_ENDED for one that
    was split, merged or renumbered.
    """
    ids = list(dict.fromkeys(ids))
    known = zone.existing(PARCEL)
    there = dict(zip(known.table["id"], known.table.geometry, strict=True))
    lost = [id_ for id_ in ids if id_ not in there]
    if lost or not ids:
        named = "、".join(lost) or "（空）"
        raise DataError(f"地块 {named} 没有图形，请核对宗地编号或先导入图形", "PARCEL_UNKNOWN")
    held = ledger.book(zone).supply
    gone = [id_ for id_ in ids if (one := held.parcel(id_)) and not one.live]
    if gone:
        raise DataError(
            f"地块 {'、'.join(gone)} 已分割、合并或改号，请选现在的地块", "PARCEL_ENDED"
        )
    areas = [one.area_m2 if (one := held.parcel(id_)) else None for id_ in ids]
    known_areas = [area for area in areas if area is not None]
    whole = sum(known_areas) if len(known_areas) == len(areas) else None
    joined = shapely.union_all(np.array([there[id_] for id_ in ids], dtype=object))
    return Site("+".join(ids), "、".join(ids), joined, use, whole, "registered")


def drawn(geometry: BaseGeometry, name: str, use: str = "", like: Site | None = None) -> Site:
    """A shape in EPSG:4490 as a site; `like` is the registered one that it amends."""
    if like is None:
        return Site(name, name, geometry, use)
    return Site(like.id, like.name, geometry, use, like.registered_m2, "drawn", like.shape)


def of_geojson(given: Any, use: str = "") -> list[Site]:
    """Sites of a GeoJSON object in EPSG:4490: a geometry, a feature or a collection.

    Raises `DataError` SITE_JSON where it is none.
    """
    features = given.get("features", [given]) if isinstance(given, dict) else None
    if not isinstance(features, list) or not features or len(features) > _MOST:
        raise DataError(f"应为 1 至 {_MOST} 个面的 GeoJSON，请核对内容", "SITE_JSON")
    return [_of_feature(one, i, use) for i, one in enumerate(features, 1)]


def _of_feature(given: Any, number: int, use: str) -> Site:
    try:
        told = dict(given.get("properties") or {}) if given.get("type") == "Feature" else {}
        geometry = shapely.force_2d(shaped(given.get("geometry", given)))
    except (AttributeError, KeyError, TypeError, ValueError, shapely.errors.ShapelyError) as error:
        raise DataError(
            f"第 {number} 个要素不是 GeoJSON 面（{error}），请核对", "SITE_JSON"
        ) from error
    _in_degrees(geometry, number)
    name = str(told.get("name") or told.get("id") or f"选址{number}")[:80]
    return Site(str(told.get("id") or name)[:80], name, geometry, str(told.get("use") or use))


def _in_degrees(geometry: BaseGeometry, number: int) -> None:
    """Raise `DataError` SITE_JSON for corners that are no longitude and latitude of the country."""
    corners = shapely.get_coordinates(geometry)
    low, high = _COUNTRY
    good = (corners >= low) & (corners <= high)
    if not good.all():
        x, y = corners[~good.all(axis=1)][0]
        raise DataError(
            f"第 {number} 个要素的坐标 {x:g}, {y:g} 不是经度在前的 CGCS2000 经纬度，"
            "平面坐标请作为文件上传",
            "SITE_JSON",
        )


def staged(zone: Zone, upload: Upload, terms: Terms | None = None) -> Staged:
    """A file read and checked as the importer does it, to be looked at before it is asked.

    Corners in a table that might be points are read as areas.
    """
    asked = terms or Terms()
    try:
        return intake.stage(zone, upload, NAME, asked)
    except DataError as error:
        if error.code != "TABLE_KIND":
            raise
    areas = replace(asked, choice=replace(asked.choice, geometry="rings"))
    return intake.stage(zone, upload, NAME, areas)


def of_staged(found: Staged, use: str = "") -> list[Site]:
    """Sites of a file that was accepted: one for each area in it.

    Raises `DataError` SITES_REFUSED with the faults of the file, SITES_MANY, SITE_SHAPE.
    """
    if not found.accepted:
        wrong = [one for one in found.issues if one.severity == "error"]
        told = wrong[0].message if wrong else "没有可用的面"
        raise DataError(f"{found.filename} 不能用作选址：{told}", "SITES_REFUSED", found.issues)
    if len(found.table) > _MOST:
        raise DataError(
            f"{found.filename} 有 {len(found.table)} 个选址，一次最多 {_MOST} 个，请分批",
            "SITES_MANY",
        )
    declared = (
        found.table["declared_m2"] if "declared_m2" in found.table else [None] * len(found.table)
    )
    rows = zip(found.table["id"], found.table["name"], found.table.geometry, declared, strict=True)
    return [
        Site(str(id_), str(name), shape, use, None if m2 is None or math.isnan(m2) else float(m2))
        for id_, name, shape, m2 in rows
    ]
