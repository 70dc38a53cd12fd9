"""Columns and shapes as every reader hands them on: plain types, nothing lost in silence."""

import json
import re
import warnings
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import shapely

from geo.errors import DataError, Issue
from geo.formats.limits import FIELDS, SAMPLE_ROWS
from geo.formats.values import Layer

# As in stored boundaries: tab and line ends are text, other control characters are not.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_EXACT = 1 << 53
_LARGEST = 1 << 63
_CHINESE = {"Point": "点", "LineString": "线", "Polygon": "面", "mixed": "混合", "none": "无图形"}
_PLAIN = {0: "Point", 4: "Point", 1: "LineString", 5: "LineString", 3: "Polygon", 6: "Polygon"}


def column(values: Sequence[Any]) -> "pd.Series[Any]":
    """A column of one plain type.

    Whole numbers keep every digit: beyond 64 bits, or mixed with decimals beyond 2^53, they
    become text. Lists and objects become JSON text. Mixed types become text.
    """
    types = set(map(type, values)) - {type(None)}
    if types & {list, dict}:
        values = [
            json.dumps(v, ensure_ascii=False) if isinstance(v, list | dict) else v for v in values
        ]
        types = set(map(type, values)) - {type(None)}
    if types == {bool}:
        return pd.Series(values, dtype="boolean" if None in values else bool)
    if types == {int} and all(-_LARGEST <= v < _LARGEST for v in values if v is not None):
        return pd.Series(values, dtype="Int64" if None in values else "int64")
    if types == {float} or (types == {int, float} and not _long(values)):
        return pd.Series([np.nan if v is None else v for v in values], dtype="float64")
    if types - {str}:
        values = [v if v is None or isinstance(v, str) else _said(v) for v in values]
    return pd.Series(values, dtype="str")


def _long(values: Iterable[Any]) -> bool:
    return any(isinstance(v, int) and abs(v) > _EXACT for v in values)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.hex() if isinstance(value, bytes) else str(value)


def table(columns: Mapping[str, "pd.Series[Any]"], shapes: np.ndarray) -> gpd.GeoDataFrame:
    """Columns and shapes side by side, geometry last under the name ``geometry``."""
    frame = pd.DataFrame(dict(columns), index=range(len(shapes)))
    return gpd.GeoDataFrame(frame, geometry=shapes)


def control_issues(frame: pd.DataFrame, numbers: Sequence[int]) -> list[Issue]:
    """Rows whose text holds NUL or another control character; the text stays as it is."""
    found: list[Issue] = []
    for name in frame.columns:
        if str(frame[name].dtype) != "str":
            continue
        column = pa.array(frame[name], from_pandas=True)
        if not pc.any(pc.match_substring_regex(column, _CONTROL.pattern)).as_py():
            continue
        values = frame[name].tolist()
        for number, value in zip(numbers, values, strict=True):
            if isinstance(value, str) and (bad := _CONTROL.search(value)):
                message = (
                    f"第 {number} 行字段 {name} 含控制字符 U+{ord(bad[0]):04X}，请删去后重新导出"
                )
                shown = value.encode("unicode_escape").decode("ascii")[:80]
                found.append(Issue("TEXT_CONTROL", message, "error", number, name, shown))
    return found


def from_wkb(wkb: Sequence[bytes | None], numbers: Sequence[int]) -> tuple[np.ndarray, list[Issue]]:
    """Shapes of well-known binary; open rings are closed and told, what cannot be read is None."""
    raw = np.empty(len(wkb), dtype=object)
    raw[:] = wkb
    shapes = np.asarray(shapely.from_wkb(raw, on_invalid="ignore"), dtype=object)
    issues = []
    for position in np.flatnonzero(shapely.is_missing(shapes)).tolist():
        row = numbers[position]
        if raw[position] is None:
            continue
        with warnings.catch_warnings(action="ignore"):
            shapes[position] = shapely.from_wkb(raw[position], on_invalid="fix")
        if shapes[position] is None:
            words, code, severity = "图形已损坏，读不出", "GEOMETRY_CORRUPT", "error"
        elif np.isfinite(shapely.get_coordinates(shapes[position])).all():
            words, code, severity = "的环没有闭合，已按首点闭合", "RING_OPEN", "warning"
        else:
            continue  # `settle` tells it
        issues.append(Issue(code, f"第 {row} 行{words}", severity, row, "geometry"))
    return shapes, issues


def settle(shapes: np.ndarray, numbers: Sequence[int]) -> tuple[np.ndarray, list[Issue]]:
    """Plain two-dimensional shapes, or None and an issue naming the row.

    Heights and measures are left out and counted in one issue.
    """
    shapes = np.array(shapes, dtype=object)
    kinds = shapely.get_type_id(shapes)
    faults: list[tuple[np.ndarray, str, str]] = [
        (shapely.is_missing(shapes) | shapely.is_empty(shapes), "GEOMETRY_EMPTY", "没有图形"),
        (~np.isin(kinds, [-1, *_PLAIN]), "GEOMETRY_TYPE", "图形类型不受支持，只能是点、线、面"),
    ]
    deep = int((shapely.has_z(shapes) | shapely.has_m(shapes)).sum())
    if deep:
        shapes = shapely.force_2d(shapes)
    wild = np.zeros(len(shapes), dtype=bool)
    if not np.isfinite(shapely.get_coordinates(shapes)).all():
        xy, index = shapely.get_coordinates(shapes, return_index=True)
        wild[index[~np.isfinite(xy).all(axis=1)]] = True
    faults.append((wild, "NON_FINITE", "坐标无效（不是有限的数）"))
    issues = []
    for where, code, words in faults:
        shapes[where] = None
        for position in np.flatnonzero(where).tolist():
            row = numbers[position]
            issues.append(Issue(code, f"第 {row} 行{words}", "error", row, "geometry"))
    if deep:
        message = f"{deep} 个图形带高程或量测值，只取平面坐标"
        issues.append(Issue("Z_DROPPED", message, "info"))
    return shapes, issues


def once(broken: list[Issue], doubts: list[Issue]) -> list[Issue]:
    """Issues of shapes without saying twice that a broken one is missing."""
    told = {issue.row for issue in broken if issue.code == "GEOMETRY_CORRUPT"}
    rest = [one for one in doubts if one.code != "GEOMETRY_EMPTY" or one.row not in told]
    return [*broken, *rest]


def geometry_word(shapes: np.ndarray) -> str:
    """``Point``, ``LineString``, ``Polygon``, ``mixed`` or ``none``."""
    kinds = {_PLAIN.get(kind, "mixed") for kind in set(shapely.get_type_id(shapes).tolist()) - {-1}}
    return kinds.pop() if len(kinds) == 1 else "mixed" if kinds else "none"


def layer_of(name: str, frame: gpd.GeoDataFrame) -> Layer:
    """What a table holds, with its first rows as text."""
    fields = [str(one) for one in frame.columns if one != frame.geometry.name]
    head = frame.head(SAMPLE_ROWS)
    rows = [
        {
            field: "" if pd.isna(value) else str(value)
            for field, value in zip(fields, row, strict=True)
        }
        for row in head[fields].itertuples(index=False, name=None)
    ]
    word = geometry_word(np.asarray(frame.geometry.values, dtype=object))
    return Layer(name, len(frame), word, tuple(fields), tuple(rows if fields else ()))


def unique_names(names: Sequence[str]) -> list[str]:
    """Names that differ even without regard to case; ``geometry`` stays for the shapes."""
    taken = Counter({"geometry": 1})
    made = []
    for number, name in enumerate(names, 1):
        base = name or f"字段{number}"
        plain, tries = base, 1
        while taken[plain.casefold()]:
            tries += 1
            plain = f"{base}_{tries}"
        taken[plain.casefold()] += 1
        made.append(plain)
    return made


def check_fields(names: Sequence[str]) -> None:
    """Raise `DataError` ``FIELDS_TOO_MANY`` beyond the cap."""
    if len(names) > FIELDS:
        raise DataError(
            f"字段过多：{len(names)} 个，最多 {FIELDS} 个，请删去不用的字段", "FIELDS_TOO_MANY"
        )


def one_layer(layers: Sequence[Layer], chosen: str) -> Layer:
    """The layer to read.

    Raises `DataError` ``MANY_LAYERS`` naming them, ``LAYER_UNKNOWN`` or ``EMPTY_FILE``.
    """
    if chosen:
        found = [one for one in layers if one.name == chosen]
        if not found:
            names = "、".join(one.name for one in layers[:20])
            raise DataError(f"文件中没有图层 {chosen}，可选：{names}", "LAYER_UNKNOWN")
        return found[0]
    if not layers:
        raise DataError("文件为空：没有可读取的图层，请核对后重新导出", "EMPTY_FILE")
    if len(layers) > 1:
        issues = [
            Issue(
                "MANY_LAYERS",
                f"{one.name}：{one.count} 行（{_CHINESE.get(one.geometry, one.geometry)}）",
                "info",
                value=one.name,
            )
            for one in layers
        ]
        names = "、".join(one.name for one in layers[:20])
        raise DataError(f"文件含 {len(layers)} 个图层，请选择：{names}", "MANY_LAYERS", issues)
    return layers[0]
