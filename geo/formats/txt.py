"""Read boundary-point exchange TXT (勘测定界界址点坐标交换格式, 报部坐标): parcels with heads.

Every field of a head is kept as text under its Chinese name; ``declared_m2`` is the area of
the head in m². Nothing is put right in silence: swapped axes, other prefixes, areas and
counts that do not fit are told with their line.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.geometry import LineString, MultiLineString, MultiPoint, Point
from shapely.geometry.base import BaseGeometry

from geo.errors import DataError, Issue
from geo.formats import plaintext, rings, txt_area, txt_plane
from geo.formats.rings import Split
from geo.formats.txt_scan import KINDS, Parcel, Scan, scan
from geo.formats.values import Choice, Kind, Layer, Peek, Reading

FIELDS = (
    *("界址点数", "地块面积", "地块编号", "地块名称"),
    *("图形属性", "图幅号", "地块用途", "地类编码"),
)
SHORT = ("地块编号", "地块名称", "图形属性", "图幅号")
MORE = "备用"
POINTS = "界址点号"
DECLARED = "declared_m2"
_TASTE = 3


def peek(path: Path, choice: Choice | None = None) -> Peek:
    """What a file holds: one layer, its encoding and system, everything worth telling."""
    reading = rows(path, choice or Choice())
    return Peek(
        Kind.TXT, (_layer(reading),), reading.encoding, (), reading.crs, issues=reading.issues
    )


def layers(path: Path) -> tuple[Layer, ...]:
    """The one layer of a coordinate TXT."""
    return peek(path).layers


def rows(path: Path, choice: Choice) -> Reading:
    """Read a coordinate TXT; `choice` may name the encoding and the area unit (ha, m2, mu).

    Raises `DataError` where there is no parcel at all; faults of single parcels are told in
    `issues`, by line, and the parcel stays in the table without a shape.
    """
    text, encoding = plaintext.decode(path.read_bytes(), choice.encoding)
    return read(text, encoding, choice)


def read(text: str, encoding: str, choice: Choice) -> Reading:
    """Parcels of a text, x = east, in the file's own coordinates."""
    found = scan(text)
    if not found.parcels:
        raise DataError(
            "没有找到地块坐标，请核对是否为勘测定界坐标文件", "TXT_NO_PARCEL", found.issues
        )
    plane = txt_plane.found(found)
    issues = [*found.issues, *_header_issues(found), *plane.issues]
    cuts = [rings.split(parcel.corners) for parcel in found.parcels]
    records = [_record(parcel, cut) for parcel, cut in zip(found.parcels, cuts, strict=True)]
    shapes = [
        _shape(parcel, cut, record, issues)
        for parcel, cut, record in zip(found.parcels, cuts, records, strict=True)
    ]
    issues += _shifted(found.parcels, records)
    declared, told = txt_area.declared(records, shapes, choice.units, plane.degrees)
    issues += [_at(found.parcels, issue) for issue in told]
    table = _table(records, shapes, declared)
    numbers = tuple(parcel.line for parcel in found.parcels)
    issues.sort(key=lambda issue: issue.row)
    count = len(numbers)
    return Reading(Kind.TXT, "", table, count, numbers, encoding, plane.crs, tuple(issues))


def _layer(reading: Reading) -> Layer:
    table = reading.table
    kinds = {shape.geom_type.removeprefix("Multi") for shape in table.geometry if shape}
    fields = tuple(str(name) for name in table.columns if name != "geometry")
    taste = tuple(
        {name: str(row[name]) for name in fields if pd.notna(row[name])}
        for row in table.head(_TASTE).to_dict("records")
    )
    only = next(iter(kinds)) if len(kinds) == 1 else "mixed"
    return Layer("", reading.rows, only if kinds else "none", fields, taste)


def _at(parcels: list[Parcel], issue: Issue) -> Issue:
    """An issue about the nth parcel, told by the line of its head."""
    line = parcels[issue.row - 1].line if issue.row else 0
    return Issue(issue.code, issue.message, issue.severity, line, issue.field, issue.value)


def _header_issues(found: Scan) -> Iterator[Issue]:
    """What the header says, so that nothing of it is lost; never transformation parameters."""
    for entry in found.header:
        if entry.key != "转换参数":
            yield Issue(
                "HEADER", f"文件头：{entry.key}", "info", entry.line, entry.key, entry.value
            )
        elif entry.value.strip(",，0. "):
            message = "文件含转换参数，属涉密数据，未读入也未保存"
            yield Issue("PARAMETERS_DROPPED", message, "warning", entry.line, entry.key)


def _record(parcel: Parcel, cut: Split) -> dict[str, Any]:
    """Fields of a head by name; a head without a count or area says less."""
    cells = parcel.head or ()
    short = len(cells) > 2 and cells[2] in KINDS and not (len(cells) > 4 and cells[4] in KINDS)
    names = SHORT if short else FIELDS
    record: dict[str, Any] = dict(zip(names, cells, strict=False))
    more = cells[len(names) :]
    record |= {f"{MORE}{i}": cell for i, cell in enumerate(more, 1)}
    shown = [[corner.name for corner in ring] for ring in cut.rings]
    return record | {POINTS: ";".join(",".join(ring) for ring in shown)}


def _shifted(parcels: list[Parcel], records: list[dict[str, Any]]) -> Iterator[Issue]:
    """Heads whose fields stand in other places, as when a name holds a comma."""
    for parcel, record in zip(parcels, records, strict=True):
        kind = record.get("图形属性") or ""
        if kind and kind not in KINDS:
            message = f"图形属性“{kind}”不是点、线、面，地块名称可能含逗号，各项请核对"
            yield Issue("HEAD_SHIFTED", message, "warning", parcel.line, "图形属性", kind)


def _shape(
    parcel: Parcel, cut: Split, record: dict[str, Any], issues: list[Issue]
) -> BaseGeometry | None:
    """The shape of a parcel, or None with an issue that says why."""
    if parcel.broken:
        message = "地块有无法识别的界址点，图形未读入"
        issues.append(Issue("GEOMETRY_BROKEN", message, "error", parcel.line))
        return None
    if not parcel.corners:
        issues.append(Issue("GEOMETRY_EMPTY", "地块没有界址点", "error", parcel.line))
        return None
    kind = record.get("图形属性", "")
    if kind in ("点", "线"):
        return _thin(parcel, kind, issues)
    issues.extend(_count(parcel, cut, str(record.get("界址点数", ""))))
    return _area(parcel, cut, issues)


def _area(parcel: Parcel, cut: Split, issues: list[Issue]) -> BaseGeometry | None:
    for ring in cut.rings:
        if len({(corner.x, corner.y) for corner in ring}) < 3:
            message = f"第 {ring[0].ring} 圈不足三个界址点，图形未读入"
            issues.append(Issue("RING_SHORT", message, "error", ring[0].line))
            return None
    if cut.unclosed:
        message = f"{cut.unclosed} 圈末点未与首点重合，已按首点闭合"
        issues.append(Issue("RING_UNCLOSED", message, "info", parcel.line))
    if cut.doubled:
        message = f"{cut.doubled} 个界址点与前一点重合，只计一次"
        issues.append(Issue("POINT_DOUBLE", message, "info", parcel.line))
    return rings.nested([rings.positions(ring) for ring in cut.rings])


def _count(parcel: Parcel, cut: Split, written: str) -> Iterator[Issue]:
    """Compare the declared number of points, with or without closing points, with the file's."""
    said = plaintext.number(written)
    distinct = sum(map(len, cut.rings))
    fitting = {len(parcel.corners), distinct, distinct + 1, distinct + len(cut.rings)}
    if said is not None and said not in fitting:
        message = f"地块行写 {said:g} 个界址点，实有 {distinct} 个（不计闭合点），文件可能残缺"
        yield Issue("COUNT_MISMATCH", message, "warning", parcel.line, "界址点数", f"{said:g}")


def _thin(parcel: Parcel, kind: str, issues: list[Issue]) -> BaseGeometry | None:
    """Points or lines; a line for each ring number."""
    if kind == "点":
        points = [Point(corner.x, corner.y) for corner in parcel.corners]
        return points[0] if len(points) == 1 else MultiPoint(points)
    paths: dict[str, list[tuple[float, float]]] = {}
    for corner in parcel.corners:
        paths.setdefault(corner.ring, []).append((corner.x, corner.y))
    if any(len(path) < 2 for path in paths.values()):
        issues.append(Issue("RING_SHORT", "线不足两个点，图形未读入", "error", parcel.line))
        return None
    drawn = [LineString(path) for path in paths.values()]
    return drawn[0] if len(drawn) == 1 else MultiLineString(drawn)


def _table(
    records: list[dict[str, Any]], shapes: list[BaseGeometry | None], declared: list[float | None]
) -> gpd.GeoDataFrame:
    """One row a parcel: standard fields first, further ones, point names, declared area."""
    extra = max(sum(name.startswith(MORE) for name in record) for record in records)
    names = [*FIELDS, *(f"{MORE}{i}" for i in range(1, extra + 1)), POINTS]
    columns = {
        name: pd.Series([record.get(name) for record in records], dtype=object) for name in names
    }
    columns[DECLARED] = pd.Series(declared, dtype=float)
    return gpd.GeoDataFrame(columns, geometry=np.array([*shapes, None], dtype=object)[:-1])
