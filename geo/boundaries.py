"""Make boundaries of tables and shipped files, compare old and new, and sum them up."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyogrio.errors import DataSourceError
from shapely.geometry.base import BaseGeometry

from geo import measure
from geo.errors import DataError, Issue
from geo.model import STORED_CRS, Boundaries, Grade, SetSummary, Source, worst

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_WGS84 = 4326
_TYPES = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")
_SHOWN = 3
_WHY = {
    "Self-intersection": "自相交",
    "Ring Self-intersection": "环自相交",
    "Too few points in geometry component": "点数不足",
    "Hole lies outside shell": "洞在外环之外",
    "Holes are nested": "洞相互嵌套",
    "Interior is disconnected": "内部不连通",
    "Nested shells": "部分相互嵌套",
    "Duplicate Rings": "环重复",
}


class ChangeKind(StrEnum):
    """What happened to one boundary."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"  # its shape is another
    CHANGED = "changed"  # same shape, other attributes
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Change:
    """What one boundary gains and loses when its set is replaced; areas in m²."""

    id: str
    name: str
    kind: ChangeKind
    old_m2: float
    new_m2: float
    moved_m2: float  # area that changes side


def read(path: Path, name: str, source: Source) -> Boundaries:
    """Read a GeoJSON file that came with the product (uploads take another way).

    Raises `DataError` if the file is missing, unreadable or breaks a promise of `make`.
    """
    if not path.is_file():
        raise DataError(f"找不到文件 {path.name}，请重新安装或重建数据", "FILE_MISSING")
    try:
        # The driver is named so that no other format is ever read; text like a date stays text.
        table = gpd.read_file(f"GeoJSON:{path}", DATE_AS_STRING="YES")
    except (DataSourceError, UnicodeDecodeError) as error:
        raise DataError(
            f"{path.name} 不是可读的 GeoJSON 文件，请重建数据", "JSON_CORRUPT"
        ) from error
    if not isinstance(table, gpd.GeoDataFrame):
        raise DataError(f"{path.name} 中没有图形，请重建数据", "GEOMETRY_EMPTY")
    return make(name, table, source)


def make(name: str, table: gpd.GeoDataFrame, source: Source) -> Boundaries:
    """Make boundaries of a table, converted to EPSG:4490, or tell everything wrong with it.

    WGS 84 longitude/latitude is taken as CGCS2000 unchanged (they agree within decimetres);
    every other datum without published parameters is refused. Raises one `DataError` whose
    `issues` name each fault with its row (from 1).
    """
    if not NAME.fullmatch(name):
        raise DataError(
            f"图层名 {name!r} 不合规，只能用小写英文字母、数字和下划线，以字母开头", "SET_NAME"
        )
    _check_columns(name, table)
    shapes = _stored(name, table)
    faults = [*_text_faults(table), *_grade_faults(table), *_shape_faults(shapes)]
    if faults:
        faults.sort(key=lambda issue: issue.row)
        raise _refusal(name, faults)
    return Boundaries(name, _ordered(table, shapes), source)


def compare(old: Boundaries, new: Boundaries) -> list[Change]:
    """What changes, id by id in order, when `old` is replaced by `new`."""
    before, after = _by_id(old), _by_id(new)
    ids = sorted(before.keys() | after.keys())
    nothing: dict[str, Any] = {"geometry": shapely.Polygon(), "name": ""}
    sides = [[side.get(id_, nothing)["geometry"] for id_ in ids] for side in (before, after)]
    both = np.array(sides, dtype=object)
    equal = shapely.equals_exact(*both)  # most stay as they are, to the last digit
    equal[~equal] = shapely.equals(*both[:, ~equal])
    difference = shapely.symmetric_difference(*np.where(equal, shapely.Polygon(), both))
    areas = [measure.areas_m2(shapes).tolist() for shapes in (*both, difference)]
    return [
        Change(
            id_,
            (after.get(id_) or before[id_])["name"],
            _kind(before.get(id_), after.get(id_), same_shape=bool(equal[i])),
            *(column[i] for column in areas),
        )
        for i, id_ in enumerate(ids)
    ]


def summary(boundaries: Boundaries, title: str, title_en: str) -> SetSummary:
    """What a set holds, under the titles of the catalogue."""
    counted = grades(boundaries)
    return SetSummary(
        name=boundaries.name,
        title=title,
        title_en=title_en,
        count=len(boundaries.table),
        grade=worst([Grade(one) for one in counted] or [boundaries.source.grade]),
        grades=counted,
        measured_m2=measured_m2(boundaries),
        declared_m2=boundaries.source.declared_m2,
        length_m=length_m(boundaries),
        source=boundaries.source,
        since=boundaries.since,
    )


def grades(boundaries: Boundaries) -> Mapping[str, int]:
    """How many features have each grade, best first; a feature without one has the source's."""
    default, table = str(boundaries.source.grade), boundaries.table
    found = table["grade"] if "grade" in table.columns else [""] * len(table)
    counted = Counter(str(one) if isinstance(one, str) and one else default for one in found)
    return {str(one): counted[one] for one in Grade if counted[one]}


def measured_m2(boundaries: Boundaries) -> float | None:
    """Sum of the ellipsoid areas of the polygons in m², or None if the set has none."""
    shapes = _of_dimension(boundaries, 2)
    return float(measure.areas_m2(shapes).sum()) if shapes.size else None


def length_m(boundaries: Boundaries) -> float | None:
    """Sum of the lengths of the lines in m (EPSG:4550), or None if the set has none."""
    shapes = _of_dimension(boundaries, 1)
    return float(measure.lengths_m(shapes).sum()) if shapes.size else None


def _of_dimension(boundaries: Boundaries, dimension: int) -> np.ndarray:
    shapes: np.ndarray = np.asarray(boundaries.table.geometry.values, dtype=object)
    return np.extract(shapely.get_dimensions(shapes) == dimension, shapes)


def _by_id(boundaries: Boundaries) -> dict[str, dict[str, Any]]:
    return {str(record["id"]): record for record in boundaries.table.to_dict("records")}


def _kind(
    old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, *, same_shape: bool
) -> ChangeKind:
    if old is None or new is None:
        return ChangeKind.ADDED if old is None else ChangeKind.REMOVED
    if not same_shape:
        return ChangeKind.MOVED
    return ChangeKind.SAME if _attributes(old) == _attributes(new) else ChangeKind.CHANGED


def _attributes(record: Mapping[str, Any]) -> dict[str, Any]:
    """Attributes that say something: an absent column and an empty cell are the same."""
    return {k: v for k, v in record.items() if k != "geometry" and pd.notna(v)}


def _check_columns(name: str, table: gpd.GeoDataFrame) -> None:
    if not len(table):
        raise DataError(f"图层 {name} 没有任何要素，请核对文件", "EMPTY_FILE")
    columns = list(table.columns)
    missing = [column for column in ("id", "name") if column not in columns]
    if missing:
        raise DataError(f"图层 {name} 缺少字段 {'、'.join(missing)}，请补上", "FIELD_MISSING")
    if len(set(columns)) < len(columns) or not all(isinstance(c, str) for c in columns):
        raise DataError(f"图层 {name} 的字段名重复或不是文字，请改正", "FIELD_NAME")
    if table.crs is None:
        raise DataError(f"图层 {name} 未说明坐标系，请指定后重试", "CRS_MISSING")


def _stored(name: str, table: gpd.GeoDataFrame) -> np.ndarray:
    """Shapes in EPSG:4490; missing ones stay None."""
    shapes = np.asarray(table.geometry.values, dtype=object)
    epsg = table.crs.to_epsg()
    if epsg is None:
        raise DataError(
            f"图层 {name} 的坐标系 {table.crs.name} 没有 EPSG 代号，请先转换", "CRS_UNKNOWN"
        )
    if epsg in (STORED_CRS, _WGS84):
        return shapes
    by = measure.transformer(epsg, STORED_CRS)
    move = lambda xy: np.column_stack([*by.transform(xy[:, 0], xy[:, 1]), xy[:, 2:]])  # noqa: E731
    # Z is carried along so that it is still there to be reported.
    moved = shapely.transform(shapes, move, include_z=bool(shapely.has_z(shapes).any()))
    return np.asarray(moved)


def _text_faults(table: gpd.GeoDataFrame) -> Iterator[Issue]:
    for field, label in (("id", "编号"), ("name", "名称")):
        for row, value in enumerate(table[field].tolist(), 1):
            if not isinstance(value, str):
                shown = "空" if pd.isna(value) else f"{value}，不是文字"
                yield Issue(f"{field.upper()}_TYPE", f"{label}为{shown}", "error", row, field)
            elif not value.strip():
                yield Issue(f"{field.upper()}_EMPTY", f"{label}为空", "error", row, field)
    rows_of: defaultdict[str, list[int]] = defaultdict(list)
    for row, value in enumerate(table["id"].tolist(), 1):
        rows_of[value if isinstance(value, str) else ""].append(row)
    for value, found in rows_of.items():
        if value.strip() and len(found) > 1:
            message = f"编号 {value} 重复，见第 {'、'.join(map(str, found))} 行"
            yield Issue("DUPLICATE_ID", message, "error", found[1], "id", value)
    yield from _cell_faults(table)


def _cell_faults(table: gpd.GeoDataFrame) -> Iterator[Issue]:
    for field in table.columns:
        if field == table.geometry.name or table[field].dtype.kind in "biufM":
            continue
        for row, value in enumerate(table[field].tolist(), 1):
            if isinstance(value, list | tuple | dict | np.ndarray):
                yield Issue("ATTRIBUTE_TYPE", f"字段 {field} 是清单", "error", row, field)
            elif isinstance(value, str) and (bad := _CONTROL.search(value)):
                message = f"字段 {field} 含控制字符 U+{ord(bad[0]):04X}"
                yield Issue("TEXT_CONTROL", message, "error", row, field)


def _grade_faults(table: gpd.GeoDataFrame) -> Iterator[Issue]:
    for row, value in enumerate(table["grade"].tolist() if "grade" in table.columns else [], 1):
        if value not in list(Grade):
            message = f"证据等级 {value} 不在 {'、'.join(Grade)} 之中"
            yield Issue("GRADE", message, "error", row, "grade", str(value))


def _shape_faults(shapes: np.ndarray) -> Iterator[Issue]:
    for row, shape in enumerate(shapes, 1):
        fault = _shape_fault(shape)
        if fault:
            yield Issue(fault[0], fault[1], "error", row, "geometry")


def _shape_fault(shape: BaseGeometry | None) -> tuple[str, str] | None:
    """Code and words of the first fault of a shape, or None."""
    if shape is None or shape.is_empty:
        return "GEOMETRY_EMPTY", "没有图形"
    if shape.geom_type not in _TYPES:
        return "GEOMETRY_TYPE", f"图形类型 {shape.geom_type} 不受支持，只能是点、线、面"
    if shape.has_z or shape.has_m:
        return "GEOMETRY_Z", "坐标带高程或量测值，请存为二维"
    return _place_fault(shape)


def _place_fault(shape: BaseGeometry) -> tuple[str, str] | None:
    xy = shapely.get_coordinates(shape)
    if not np.isfinite(xy).all():
        return "NON_FINITE", "坐标无效（不是有限的数）"
    if (np.abs(xy) > (180.0, 90.0)).any():
        return "OUT_OF_RANGE", "坐标超出经纬度范围，疑为坐标系不符或经纬度颠倒"
    if shape.is_valid:
        return None
    reason, _, place = shapely.is_valid_reason(shape).partition("[")
    where = f"，位于 {place.rstrip(']')}" if place else ""
    return "GEOMETRY_INVALID", f"图形{_WHY.get(reason, reason)}{where}"


def _refusal(name: str, faults: list[Issue]) -> DataError:
    shown = "；".join(f"第 {issue.row} 行{issue.message}" for issue in faults[:_SHOWN])
    rest = "……" if len(faults) > _SHOWN else ""
    return DataError(
        f"图层 {name} 有 {len(faults)} 处问题：{shown}{rest}。请改正后重试", "BOUNDARIES", faults
    )


def _ordered(table: gpd.GeoDataFrame, shapes: np.ndarray) -> gpd.GeoDataFrame:
    """A fresh table: id and name first, shapes last, missing text as None."""
    rest = [c for c in table.columns if c not in ("id", "name", table.geometry.name)]
    columns = {field: _column(table[field]) for field in ("id", "name", *rest)}
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=STORED_CRS)


def _column(column: "pd.Series[Any]") -> "pd.Series[Any]":
    if column.dtype != object and not str(column.dtype).startswith("str"):
        return column.reset_index(drop=True)
    return pd.Series([None if pd.isna(v) else v for v in column.tolist()], dtype=object)
