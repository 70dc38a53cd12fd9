"""Boundaries as rows: each feature is its attributes as JSON, its shape as WKB, and its box.

A set's digest is the SHA-256 over its name, source, columns and every row in order. Values
come back exactly as they went in, column types included; missing text is None.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from json.encoder import encode_basestring
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.errors import DataError, StoreError
from geo.model import STORED_CRS, Boundaries
from geo.store import rows

_DTYPE = re.compile(
    r"bool|boolean|u?int(8|16|32|64)|UInt(8|16|32|64)|Int(8|16|32|64)|float(32|64)|Float(32|64)"
    r"|object|str|string|datetime64\[(s|ms|us|ns)(, [A-Za-z_/+:0-9-]+)?\]"
)
_ATTRIBUTES = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
# A mapping is never an attribute value, so these one-key mappings cannot be mistaken for data.
_DAY, _TIME = "date", "time"


class SetRow(NamedTuple):
    """The head of one stored set."""

    name: str
    since: int
    source: str
    columns: str
    size: int
    digest: str


class FeatureRow(NamedTuple):
    """One feature as stored; the box is in degrees, `hash` covers the other columns."""

    ord: int
    data: str
    shape: bytes
    west: float
    south: float
    east: float
    north: float
    hash: str


def encoded(boundaries: Boundaries) -> tuple[SetRow, list[FeatureRow]]:
    """Rows of a set, its `since` still 0. Raises `DataError` for what cannot be kept exactly."""
    name, table = boundaries.name, boundaries.table
    _check(name, table)
    columns = [str(c) for c in table.columns if c != table.geometry.name]
    columns.sort(key=lambda c: ("id", "name").index(c) if c in ("id", "name") else 2)
    described = rows.canonical([[c, str(table[c].dtype)] for c in columns])
    values = [_values(table[c], f"图层 {name} 的属性 {c}") for c in columns]
    # As the encoder writes a mapping of a row, but by columns, which is several times as quick.
    row = "{" + ",".join(_ATTRIBUTES(c).replace("%", "%%") + ":%s" for c in columns) + "}"
    data = [row % record for record in zip(*map(_written, values), strict=True)]
    shapes = np.asarray(table.geometry.values, dtype=object)
    wkb = shapely.to_wkb(shapes, byte_order=1, flavor="iso").tolist()
    boxes = (shapely.bounds(shapes) + 0.0).tolist()  # SQLite does not keep the sign of -0.0
    found = [
        FeatureRow(number, text, shape, *(w, s, e, n), _hash(number, text, shape, (w, s, e, n)))
        for number, (text, shape, (w, s, e, n)) in enumerate(zip(data, wkb, boxes, strict=True))
    ]
    head = SetRow(name, 0, rows.source_json(boundaries.source), described, len(found), "")
    return head._replace(digest=_digest(head, [one.hash for one in found])), found


def decoded(head: SetRow, features: Sequence[FeatureRow]) -> Boundaries:
    """The set of its rows. Raises `StoreError` if they cannot be read."""
    try:
        columns = json.loads(head.columns)
        records = json.loads("[" + ",".join(row.data for row in features) + "]")
        series = {
            name: _series([record[name] for record in records], dtype) for name, dtype in columns
        }
        shapes = shapely.from_wkb(np.array([row.shape for row in features], dtype=object))
    except (ValueError, KeyError, TypeError, shapely.errors.GEOSException) as error:
        raise broken(head) from error
    attributes = pd.DataFrame(series, index=pd.RangeIndex(len(features)))
    table = gpd.GeoDataFrame(attributes, geometry=gpd.GeoSeries(shapes), crs=STORED_CRS)
    return Boundaries(head.name, table, rows.source_of(head.source), head.since)


def set_digest(head: SetRow, features: Sequence[FeatureRow]) -> str:
    """SHA-256 over a set's name, source, columns, count and the rows as they are, in order."""
    return _digest(head, [row_hash(row) for row in features])


def row_hash(row: FeatureRow) -> str:
    """SHA-256 over one feature row as it is."""
    return _hash(row.ord, row.data, row.shape, row[3:7])


def check_whole(head: SetRow, features: Sequence[FeatureRow]) -> None:
    """Raise `StoreError` STORE_DIGEST if all rows of a set are not the rows written."""
    if set_digest(head, features) != head.digest:
        raise broken(head)


def check_part(head: SetRow, features: Sequence[FeatureRow]) -> None:
    """Raise `StoreError` STORE_DIGEST if some row of a set is not the row written."""
    if any(row_hash(row) != row.hash for row in features):
        raise broken(head)


def broken(head: SetRow) -> StoreError:
    """What to say of a set whose rows are not the rows written."""
    return StoreError(
        f"图层 {head.name}（版本 {head.since}）数据校验不符，已停用该图层，请从备份恢复",
        "STORE_DIGEST",
    )


def _hash(ord_: int, data: str, shape: bytes, box: tuple[float, float, float, float]) -> str:
    west, south, east, north = box
    text = f"{ord_}\n{data}\n{west!r} {south!r} {east!r} {north!r}\n"
    return hashlib.sha256(text.encode() + shape).hexdigest()


def _digest(head: SetRow, hashes: Sequence[str]) -> str:
    front = rows.canonical([head.name, head.source, head.columns, head.size])
    return rows.digest("\n".join([front, *hashes]).encode())


def _check(name: str, table: gpd.GeoDataFrame) -> None:
    rows.text(name, "图层名")
    if table.crs is None or table.crs.to_epsg() != STORED_CRS:
        raise DataError(f"图层 {name} 的坐标系不是 EPSG:{STORED_CRS}，请先转换", "CRS_STORED")
    missing = [c for c in ("id", "name") if c not in table.columns]
    if missing:
        raise DataError(f"图层 {name} 缺少字段 {'、'.join(missing)}，请补上", "FIELD_MISSING")
    if not table.columns.is_unique or not all(isinstance(c, str) for c in table.columns):
        raise DataError(f"图层 {name} 的字段名重复或不是文字，请改正", "FIELD_NAME")
    for column in table.columns:
        rows.text(column, f"图层 {name} 的字段名")
    bad = np.flatnonzero((table.geometry.isna() | table.geometry.is_empty).to_numpy())
    if bad.size:
        raise DataError(f"图层 {name} 第 {bad[0] + 1} 行没有图形，请补上", "GEOMETRY_EMPTY")


def _values(column: "pd.Series[Any]", what: str) -> list[Any]:
    """Values of a column as JSON takes them; anything missing is None."""
    dtype = str(column.dtype)
    if not _DTYPE.fullmatch(dtype):
        raise DataError(f"{what}类型为 {dtype}，无法保存，请先转为文字或数字", "ATTRIBUTE_TYPE")
    given, missing = column.tolist(), column.isna().tolist()
    if rows.keepable(given):
        return given
    cell = _cell if dtype == "object" or dtype.startswith("str") else _plain_cell
    return [
        None if absent else cell(value, f"{what}第 {number} 行")
        for number, (value, absent) in enumerate(zip(given, missing, strict=True), 1)
    ]


def _written(values: list[Any]) -> list[str]:
    """Each value of a column as JSON."""
    if set(map(type, values)) == {str}:
        return list(map(encode_basestring, values))
    return list(map(_ATTRIBUTES, values))


def _plain_cell(value: Any, what: str) -> Any:
    """A value of a typed column."""
    return value.isoformat() if isinstance(value, datetime) else rows.scalar(value, what)


def _cell(value: Any, what: str) -> Any:
    """A value of a column of any kind, days and times marked as such."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, date):
        return _marked(value, what)
    if isinstance(value, list | tuple | Mapping):
        raise DataError(f"{what}是清单，无法保存，请改为文字", "ATTRIBUTE_TYPE")
    return rows.scalar(value, what)


def _marked(value: date, what: str) -> dict[str, str]:
    written = value.isoformat()
    kind: Callable[[str], date] = date.fromisoformat
    if isinstance(value, datetime):
        kind = datetime.fromisoformat
    if kind(written) != value:
        raise DataError(f"{what}的时刻细于微秒，无法保存，请改为文字", "ATTRIBUTE_TYPE")
    return {_TIME if isinstance(value, datetime) else _DAY: written}


def _series(values: list[Any], dtype: str) -> "pd.Series[Any]":
    """A column of the dtype it had."""
    if not _DTYPE.fullmatch(dtype):
        raise ValueError(dtype)
    if dtype.startswith("datetime64"):
        utc = "," in dtype
        times = pd.to_datetime(pd.Series(values, dtype=object), format="ISO8601", utc=utc)
        return times.astype(dtype)  # type: ignore[call-overload, no-any-return]
    if dtype == "object":
        return pd.Series(list(_unmarked(values)), dtype=object)
    return pd.Series(values, dtype=dtype)


def _unmarked(values: Sequence[Any]) -> Iterator[Any]:
    for value in values:
        if not isinstance(value, dict):
            yield value
        elif _DAY in value:
            yield date.fromisoformat(value[_DAY])
        else:
            yield datetime.fromisoformat(value[_TIME])
