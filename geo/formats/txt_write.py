"""Write boundary-point exchange TXT (勘测定界界址点坐标交换格式) as bureaus expect it.

Outer rings run clockwise from the north-west corner, holes take the next ring numbers, each
ring ends with its first point, areas are plane areas of the written coordinates in hectares.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo import measure
from geo.errors import DataError, Issue
from geo.formats import gauss, rings
from geo.formats.txt import FIELDS, MORE, POINTS
from geo.model import STORED_CRS
from geo.units import half_up

ENCODINGS = {"GB18030": "gb18030", "UTF-8": "utf-8", "UTF-8-BOM": "utf-8-sig"}
_WGS84 = 4326
_KINDS = {
    **dict.fromkeys(("Polygon", "MultiPolygon"), "面"),
    **dict.fromkeys(("LineString", "MultiLineString"), "线"),
    **dict.fromkeys(("Point", "MultiPoint"), "点"),
}
_FALLBACK = {"地块编号": "id", "地块名称": "name"}
_BREAKING = re.compile(r"[\r\n\t\x00-\x1f]+")


@dataclass(frozen=True, slots=True)
class Form:
    """How to write.

    Parameters
    ----------
    epsg
        Plane of the file: a CGCS2000 Gauss-Krüger code such as 4529 (with prefix) or 4550.
    encoding
        ``GB18030``, ``UTF-8`` or ``UTF-8-BOM``.
    digits
        Decimals of coordinates; 3 is a millimetre.
    header
        More keys of 属性描述 or other values, such as 数据产生单位 and 数据产生日期.
    columns
        Field of the head -> column of the table, where the names differ.
    """

    epsg: int = measure.PLANE_PREFIXED
    encoding: str = "GB18030"
    digits: int = 3
    header: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)


def write(table: gpd.GeoDataFrame, form: Form | None = None) -> bytes:
    """Bytes of the file, lines ended by CRLF.

    `table` is in any system with real transformations (EPSG:4490 as stored, 4529, 4550 …).
    Raises `DataError` for a system that is no CGCS2000 plane, rows without a shape and rings
    that collapse when rounded. What `told` lists is changed to fit the grammar.
    """
    form = form or Form()
    if form.encoding not in ENCODINGS or not 0 <= form.digits <= 6:
        raise DataError("编码只能是 GB18030 或 UTF-8，小数 0–6 位，请重新选择", "TXT_FORM")
    out = _header(form)
    shapes = _moved(table, form)
    for row, (record, shape) in enumerate(zip(_records(table, form), shapes, strict=True), 1):
        corners, m2 = _corners(shape, form.digits, row)
        record["界址点数"] = str(len(corners))
        record["图形属性"] = _KINDS[shape.geom_type]
        record["地块面积"] = f"{half_up(m2 / 10_000, 4):f}" if m2 else ""
        out.append(",".join([*record.values(), "@"]))
        out += corners
    return _bytes("\r\n".join(out) + "\r\n", form.encoding)


def told(table: gpd.GeoDataFrame, form: Form | None = None) -> tuple[Issue, ...]:
    """What `write` changes in the texts: commas and line breaks cannot be written."""
    form = form or Form()
    found = []
    for name, column in _sources(table, form).items():
        for row, value in enumerate(table[column].tolist(), 1):
            if _text(value) != _fitted(value):
                message = f"“{name}”含逗号、换行或首尾空格，改写为“{_fitted(value)}”"
                found.append(Issue("TEXT_CHANGED", message, "warning", row, name, _text(value)))
    if POINTS in table.columns:
        found.append(Issue("POINTS_RENAMED", "界址点号按写出顺序重新编为 J1、J2……", "info"))
    return tuple(found)


def _header(form: Form) -> list[str]:
    known = gauss.described(form.epsg)
    if known is None or known[0] is not gauss.Datum.CGCS2000:
        raise DataError(
            f"EPSG:{form.epsg} 不是 2000 国家大地坐标系的高斯平面，请选 4529 或 4550", "TXT_FORM"
        )
    keys = {
        "格式版本号": "1.01版本",
        "数据产生单位": "",
        "数据产生日期": "",
        "坐标系": str(known[0]),
        "几度分带": str(known[1].degrees),
        "投影类型": "高斯克吕格",
        "计量单位": "米",
        "带号": str(known[1].zone),
        "精度": f"{10.0**-form.digits:.{form.digits}f}",
        "转换参数": ",,,,,,",
    }
    keys |= {_key(key): _BREAKING.sub(" ", value) for key, value in form.header.items()}
    return ["[属性描述]", *(f"{key}={value}" for key, value in keys.items()), "[地块坐标]"]


def _key(key: str) -> str:
    if not key or _BREAKING.search(key) or set(key) & set("=,[]@"):
        raise DataError(f"文件头字段名 {key!r} 含不允许的字符，请改正", "TXT_FORM")
    return key


def _moved(table: gpd.GeoDataFrame, form: Form) -> np.ndarray:
    source = table.crs.to_epsg() if table.crs is not None else None
    if source is None:
        raise DataError("图层未说明坐标系，无法写出坐标文件，请先指定", "CRS_MISSING")
    shapes = np.array([*table.geometry, None], dtype=object)[:-1]
    for row, shape in enumerate(shapes, 1):
        if shape is None or shape.is_empty or shape.geom_type not in _KINDS:
            raise DataError(f"第 {row} 行没有可写出的图形，请补上或删去该行", "GEOMETRY_EMPTY")
    source = STORED_CRS if source == _WGS84 else source  # they agree within decimetres
    if source == form.epsg:
        return np.asarray(shapely.force_2d(shapes))
    by = measure.transformer(source, form.epsg)
    return np.asarray(
        shapely.transform(shapes, lambda xy: np.column_stack(by.transform(xy[:, 0], xy[:, 1])))
    )


def _sources(table: gpd.GeoDataFrame, form: Form) -> dict[str, str]:
    """Fields of the head that come from a column of the table, in order."""
    more = [c for c in table.columns if re.fullmatch(rf"{MORE}[0-9]+", str(c))]
    found = {}
    for name in (*FIELDS, *sorted(more, key=lambda c: int(c.removeprefix(MORE)))):
        candidates = (form.columns.get(name), name, _FALLBACK.get(name))
        column = next((c for c in candidates if c in table.columns), None)
        if column is not None:
            found[name] = column
    return {k: v for k, v in found.items() if k not in ("界址点数", "图形属性", "地块面积")}


def _records(table: gpd.GeoDataFrame, form: Form) -> Iterator[dict[str, str]]:
    sources = _sources(table, form)
    columns = {name: table[column].tolist() for name, column in sources.items()}
    names = list(dict.fromkeys((*FIELDS, *columns)))
    for row in range(len(table)):
        yield {name: _fitted(columns[name][row]) if name in columns else "" for name in names}


def _text(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value)


def _fitted(value: Any) -> str:
    """A text without what would break a line into other fields."""
    return _BREAKING.sub(" ", _text(value)).replace(",", "，").strip()


def _corners(shape: BaseGeometry, digits: int, row: int) -> tuple[list[str], float]:
    """Lines of the corners of a shape, and its size in m² as written."""
    out: list[str] = []
    m2, number = 0.0, 0
    for index, (ring, sign) in enumerate(_rings(shape, digits, row), 1):
        names = [f"J{number + i}" for i in range(1, len(ring) + 1)]
        number += len(ring)
        closed = [*zip(names, ring, strict=True)] + ([(names[0], ring[0])] if sign else [])
        out += [
            f"{name},{index},{north:.{digits}f},{east:.{digits}f}" for name, (east, north) in closed
        ]
        m2 += sign * abs(rings.twice(ring)) / 2
    return out, m2


def _rings(shape: BaseGeometry, digits: int, row: int) -> Iterator[tuple[np.ndarray, int]]:
    """Rings rounded as written, with 1 for outer ones, -1 for holes, 0 for points and lines."""
    for part in shapely.get_parts(shape):
        if part.geom_type != "Polygon":
            yield np.round(shapely.get_coordinates(part), digits), 0
            continue
        for i, ring in enumerate((part.exterior, *part.interiors)):
            at = np.round(shapely.get_coordinates(ring)[:-1], digits)
            at = at[(at != np.roll(at, 1, axis=0)).any(axis=1)]
            if len(np.unique(at, axis=0)) < 3:
                raise DataError(
                    f"第 {row} 行有一圈按 {digits} 位小数取整后不足三个点，请增加小数位",
                    "TXT_SMALL",
                )
            yield _from_north_west(at, clockwise=i == 0), -1 if i else 1


def _from_north_west(ring: np.ndarray, *, clockwise: bool) -> np.ndarray:
    turned = ring if (rings.twice(ring) < 0) == clockwise else ring[::-1]
    start = np.lexsort((turned[:, 1], turned[:, 1] - turned[:, 0]))[-1]
    return np.roll(turned, -int(start), axis=0)


def _bytes(text: str, encoding: str) -> bytes:
    try:
        return text.encode(ENCODINGS[encoding])
    except UnicodeEncodeError as error:
        raise DataError(
            f"文字 {text[error.start]!r} 无法写入文件，请删去该字符", "TEXT_CONTROL"
        ) from error
