"""What lies at a point or inside a region. Pure: sets in, hits out."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry

from geo import measure
from geo.errors import DataError
from geo.model import SECRECY, STORED_CRS, Boundaries, Grade, Hit, Source, worst

FARTHEST_M = 10_000
BASE = frozenset({"land", "sea"})  # the drawing ground, never an answer
GROUND = frozenset({"COAST"})  # the base map's own lines, likewise


def at(sets: Iterable[Boundaries], lon: float, lat: float, tolerance_m: float) -> list[Hit]:
    """Everything within `tolerance_m` of a lon/lat point: nearest first, then smallest.

    Areas count only where they contain the point.
    """
    if not (abs(lon) <= 180 and abs(lat) <= 90):  # also refuses NaN
        raise DataError(f"位置 {lon}, {lat} 不是经纬度，请先写经度、后写纬度", "POSITION")
    if not 0 < tolerance_m <= FARTHEST_M:
        raise DataError(f"容差 {tolerance_m} 米应大于 0、不大于 {FARTHEST_M} 米", "TOLERANCE")
    point = Point(lon, lat)
    near = measure.circle(lon, lat, tolerance_m)
    hits = []
    for known in sets:
        if known.name in BASE:
            continue
        for i in known.table.sindex.query(near, predicate="intersects"):
            shape = known.table.geometry.iloc[i]
            areal = shapely.get_dimensions(shape) == 2
            if known.table["id"].iloc[i] in GROUND or (areal and not shape.covers(point)):
                continue
            distance = 0.0 if areal else measure.distance_m(shape, point)
            hits.append(hit(known, int(i), distance_m=distance))
    return sorted(hits, key=_order)


def inside(sets: Iterable[Boundaries], region: Polygon) -> list[Hit]:
    """Everything that meets a region (EPSG:4490), with the part of each area inside it."""
    if not region.is_valid:
        raise DataError("圈选范围自相交，请重新绘制不交叉的多边形", "SELF_INTERSECTION")
    hits = []
    for known in sets:
        if known.name in BASE:
            continue
        table = known.table
        rows = np.sort(table.sindex.query(region, predicate="intersects"))
        parts = shapely.intersection(np.asarray(table.geometry.array)[rows], region)
        shares = measure.areas_m2(parts)
        for i, share in zip(rows, shares, strict=True):
            areal = shapely.get_dimensions(table.geometry.iloc[i]) == 2
            if areal and share <= 0:
                continue  # touches the edge only
            hits.append(hit(known, int(i), share_m2=float(share) if areal else None))
    return hits


def hit(
    known: Boundaries, i: int, *, distance_m: float = 0.0, share_m2: float | None = None
) -> Hit:
    """Row `i` of a set as an answer."""
    row = known.table.iloc[i]
    shape: BaseGeometry = row.geometry
    dimension = int(shapely.get_dimensions(shape))
    return Hit(
        set=known.name,
        id=str(row["id"]),
        name=str(row["name"]),
        name_en=_text(row, "name_en"),
        kind=_text(row, "kind"),
        kind_en=_text(row, "kind_en"),
        grade=Grade(_text(row, "grade") or known.source.grade),
        area_m2=measure.area_m2(shape) if dimension == 2 else None,
        length_m=measure.length_m(shape) if dimension == 1 else None,
        declared_m2=_number(row, "declared_m2"),
        error_m=_number(row, "error_m"),
        distance_m=distance_m,
        share_m2=share_m2,
        basis=_text(row, "basis"),
        basis_en=_text(row, "basis_en"),
        parent=_text(row, "parent"),
    )


def _order(one: Hit) -> tuple[int, float, float]:
    """Symbols and lines first, nearest first; then areas, smallest first."""
    return (one.area_m2 is not None, one.distance_m, one.area_m2 or 0.0)


def _text(row: "pd.Series[Any]", name: str) -> str:
    value = row.get(name)
    return "" if value is None or pd.isna(value) else str(value)


def _number(row: "pd.Series[Any]", name: str) -> float | None:
    value = row.get(name)
    return None if value is None or pd.isna(value) else float(value)


def select(
    known: Boundaries,
    *,
    text: str = "",
    kinds: Sequence[str] = (),
    box: tuple[float, float, float, float] | None = None,
    region: BaseGeometry | None = None,
) -> Boundaries:
    """Rows of a set whose name, id or kind holds `text`, of these kinds, meeting box and region.

    `box` is west, south, east, north in degrees; shapes in EPSG:4490. No condition, all rows.
    """
    table = known.table
    keep = np.ones(len(table), dtype=bool)
    if wanted := text.strip().casefold():
        columns = [c for c in ("id", "name", "name_en", "kind", "kind_en") if c in table]
        hits = [
            table[c].fillna("").astype(str).str.casefold().str.contains(wanted, regex=False)
            for c in columns
        ]
        keep &= np.logical_or.reduce([hit.to_numpy(dtype=bool) for hit in hits])
    if kinds and "kind" in table:
        keep &= table["kind"].isin(kinds).to_numpy(dtype=bool)
    for shape in (shapely.box(*box) if box else None, region):
        if shape is not None:
            shapely.prepare(shape)
            keep &= np.asarray(shapely.intersects(shape, np.asarray(table.geometry.array)))
    return replace(known, table=table.loc[keep])


def gathered(sets: Sequence[Boundaries], wanted: Collection[tuple[str, str]]) -> Boundaries:
    """Features of several sets, named by (set, id), as one set; each row says whose it is."""
    parts = []
    for known in sets:
        rows = known.table.loc[[(known.name, id_) in wanted for id_ in known.table["id"]]].copy()
        rows["set"] = known.name
        rows["source"], rows["licence"] = known.source.title, known.source.licence
        parts.append(rows)
    if not any(len(part) for part in parts):
        raise DataError("没有可导出的要素，请重新圈选", "EMPTY_REGION")
    table = gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), crs=STORED_CRS)
    grade = worst([known.source.grade for known in sets])
    levels = [known.source.secrecy for known in sets]
    secrecy = max(levels, key=lambda level: SECRECY.index(level) if level in SECRECY else -1)
    source = Source("圈选查询结果，来源见各行", grade, "各图层许可不同，见各行", secrecy=secrecy)
    return Boundaries("inside", table, source, max(known.since for known in sets))
