"""GeoJSON by Python's own parser: exact digits, exact places of faults, no link is followed."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import numpy as np
import pandas as pd
import shapely
from shapely.errors import GEOSException

from geo.errors import DataError, Issue
from geo.formats import encodings, frame
from geo.formats.container import Source
from geo.formats.limits import DEPTH
from geo.formats.values import Choice, Kind, Layer, Peek, Reading

_SHAPES = (
    *("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"),
    "GeometryCollection",
)
_EXACT = 1 << 53
_EPSG = re.compile(r"(?:urn:ogc:def:crs:)?EPSG:(?:[\d.]*:)?(\d{4,6})", re.I)
_CRS84 = re.compile(r"(?:urn:ogc:def:crs:)?OGC:(?:[\d.]*:)?CRS84", re.I)
_WGS84 = "EPSG:4326"


def look(source: Source) -> Peek:
    """The one layer of the file with its first rows."""
    found = rows(source, Choice())
    layer = frame.layer_of("", found.table)
    return Peek(Kind.GEOJSON, (layer,), found.encoding, (), found.crs, found.issues)


def rows(source: Source, choice: Choice) -> Reading:
    """Every feature; numbers beyond 2^53 come as text with all digits."""
    frame.one_layer([Layer("", 0, "")], choice.layer)
    text, encoding = _decoded(source.path.read_bytes(), choice.encoding)
    said = _parsed(text)
    features = _features(said)
    numbers = range(1, len(features) + 1)
    wrong = [row for row, one in zip(numbers, features, strict=True) if not _is_feature(one)]
    if wrong:
        raise DataError(f"JSON 第 {wrong[0]} 个要素不是 GeoJSON 要素，请核对", "JSON_CORRUPT")
    shapes, issues = _shapes([one.get("geometry") for one in features], numbers)
    columns = _columns(features)
    table = frame.table(columns, shapes)
    words, unclear = _crs(said, shapes)
    issues = [*source.issues, *issues, *unclear, *frame.control_issues(table, numbers)]
    return Reading(
        Kind.GEOJSON, "", table, len(features), tuple(numbers), encoding, words, tuple(issues)
    )


def _decoded(data: bytes, chosen: str) -> tuple[str, str]:
    """The text: UTF-8 as the standard says, else as the reader or its byte order mark says."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), "utf-16"
    data = data.removeprefix(b"\xef\xbb\xbf")
    order = [encodings.known(chosen)] if chosen else [encodings.UTF8, encodings.GB18030]
    for encoding in order:
        try:
            return encodings.decode(data, encoding), encoding
        except (UnicodeDecodeError, KeyError):
            continue
    raise DataError("JSON 文件的文字编码无法识别，请另存为 UTF-8", "ENCODING_UNKNOWN")


def _parsed(text: str) -> Mapping[str, Any]:
    try:
        said = json.loads(text)
    except json.JSONDecodeError as error:
        raise DataError(
            f"JSON 第 {error.pos + 1} 字符处损坏，请重新导出", "JSON_CORRUPT"
        ) from error
    except RecursionError:
        _too_deep()
    except ValueError as error:  # a number of thousands of digits
        raise DataError("JSON 中有过长的数字，请核对后重新导出", "JSON_CORRUPT") from error
    if not isinstance(said, dict):
        raise DataError("JSON 不是 GeoJSON 对象，请核对后重新导出", "TYPE_MISMATCH")
    return said


def _too_deep() -> NoReturn:
    raise DataError(f"JSON 嵌套过深，最多 {DEPTH} 层，请简化后重试", "JSON_TOO_DEEP")


def _features(said: Mapping[str, Any]) -> list[Any]:
    kind = said.get("type")
    if kind == "FeatureCollection" and isinstance(said.get("features"), list):
        features: list[Any] = said["features"]
        if not features:
            raise DataError("文件为空：GeoJSON 中没有要素，请核对后重新导出", "EMPTY_FILE")
        return features
    if kind == "Feature":
        return [said]
    if kind in _SHAPES:
        return [{"type": "Feature", "geometry": said}]
    raise DataError(
        f"不支持的文件类型：JSON 的 type 为 {str(kind)[:40]}，不是 GeoJSON", "TYPE_MISMATCH"
    )


def _is_feature(one: Any) -> bool:
    if not isinstance(one, dict) or one.get("type") != "Feature":
        return False
    return isinstance(one.get("properties"), dict | None) and isinstance(
        one.get("geometry"), dict | None
    )


def _depth(value: Any) -> int:
    """Levels of lists and objects, without recursion."""
    depth, level = 0, [value]
    while level := [one for one in level if isinstance(one, list | dict)]:
        depth += 1
        if depth > DEPTH:
            _too_deep()
        level = [part for one in level for part in (one.values() if isinstance(one, dict) else one)]
    return depth


def _columns(features: Sequence[Mapping[str, Any]]) -> "dict[str, pd.Series[Any]]":
    names: dict[str, None] = {}
    for one in features:
        names |= dict.fromkeys(one.get("properties") or ())
        frame.check_fields(names)  # type: ignore[arg-type]
    values = {name: [(one.get("properties") or {}).get(name) for one in features] for name in names}
    if any("id" in one for one in features):
        values["feature_id" if "id" in values else "id"] = [_id(one.get("id")) for one in features]
    unique = frame.unique_names(list(values))
    return {new: _column(column) for new, column in zip(unique, values.values(), strict=True)}


def _id(value: Any) -> str | None:
    return value if isinstance(value, str | None) else json.dumps(value)


def _column(values: list[Any]) -> "pd.Series[Any]":
    for value in values:
        if isinstance(value, list | dict):
            _depth(value)
    if any(isinstance(value, int) and abs(value) > _EXACT for value in values):
        values = [
            json.dumps(v) if isinstance(v, int) and not isinstance(v, bool) else v for v in values
        ]
    return frame.column(values)


def _shapes(
    said: Sequence[Mapping[str, Any] | None], numbers: Sequence[int]
) -> tuple[np.ndarray, list[Issue]]:
    """Shapes of GeoJSON geometries; one that cannot be made is None and named by row."""
    for one in said:
        _depth(one)
    texts = [None if one is None else json.dumps(one) for one in said]
    array = np.array(texts, dtype=object)
    shapes = np.asarray(shapely.from_geojson(array, on_invalid="ignore"), dtype=object)
    issues: list[Issue] = []
    for position in np.flatnonzero(shapely.is_missing(shapes)).tolist():
        geometry, row = said[position], numbers[position]
        if geometry is None:
            continue
        shapes[position], fault = _mended(geometry, row)
        issues.append(fault)
    shapes, doubts = frame.settle(shapes, numbers)
    return shapes, frame.once(issues, doubts)


def _mended(geometry: Mapping[str, Any], row: int) -> tuple[Any, Issue]:
    """Close the rings of a polygon that leaves them open; anything else cannot be read."""
    try:
        shape = shapely.geometry.shape(geometry)  # closes rings
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, GEOSException):
        return None, Issue(
            "GEOMETRY_CORRUPT",
            f"第 {row} 行图形不合 GeoJSON 规定，读不出",
            "error",
            row,
            "geometry",
        )
    if not np.isfinite(shapely.get_coordinates(shape)).all():
        return shape, Issue("NUMBER_TEXT", f"第 {row} 行坐标含非数值", "warning", row, "geometry")
    return shape, Issue(
        "RING_OPEN", f"第 {row} 行的环没有闭合，已按首点闭合", "warning", row, "geometry"
    )


def _crs(said: Mapping[str, Any], shapes: np.ndarray) -> tuple[str, list[Issue]]:
    """The old ``crs`` member if it is a name we know; else the standard's own, if it fits."""
    crs = said.get("crs")
    if crs is None:
        xy = np.abs(shapely.get_coordinates(shapes))
        if xy.size and (xy <= (180.0, 90.0)).all():
            return _WGS84, []
        message = "坐标不是经纬度，文件也未说明坐标系，请指定"
        return "", [Issue("CRS_MISSING", message, "warning")]
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(name, str) or crs.get("type") != "name" or "//" in name:
        raise DataError("坐标系不得使用网址，请改为 EPSG 代号后重新导出", "CRS_LINK")
    if _CRS84.fullmatch(name):
        return _WGS84, []
    known = _EPSG.fullmatch(name)
    if known:
        return f"EPSG:{int(known[1])}", []
    message = f"文件里的坐标系 {name[:60]} 无法识别，请人工指定坐标系"
    return "", [Issue("CRS_UNKNOWN", message, "warning", value=name[:80])]
