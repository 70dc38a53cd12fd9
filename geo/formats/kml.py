"""KML and KMZ by Python's XML parser: folders are layers, links are counted and not followed."""

import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely
from shapely.errors import GEOSException
from shapely.geometry.base import BaseGeometry

from geo.errors import DataError, Issue
from geo.formats import encodings, frame
from geo.formats.container import Source
from geo.formats.limits import DEPTH
from geo.formats.values import Choice, Layer, Peek, Reading

ALL = "*"  # every folder at once, named in a field
_WGS84 = "EPSG:4326"
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.\-]+)[\"'][^>]*\?>")
_OVERLAYS = ("NetworkLink", "GroundOverlay", "ScreenOverlay", "PhotoOverlay")
_PLAIN = ("name", "description", "address", "phoneNumber", "Snippet")
_MULTI = {0: shapely.MultiPoint, 1: shapely.MultiLineString, 3: shapely.MultiPolygon}


@dataclass(slots=True)
class _Found:
    """What a walk through the file collects."""

    layers: defaultdict[str, list[ET.Element]] = field(default_factory=lambda: defaultdict(list))
    links: int = 0


class _ShapeError(ValueError):
    """A geometry that does not follow KML."""


def look(source: Source) -> Peek:
    """Folders with their first placemarks."""
    found, encoding = _walked(source.path)
    layers = []
    for name, marks in found.layers.items():
        table, _ = _table([(name, mark) for mark in marks], folders=False)
        layers.append(frame.layer_of(name, table))
    issues = (*source.issues, *_links(found))
    return Peek(source.kind, tuple(layers), encoding, (), _WGS84, issues)


def rows(source: Source, choice: Choice) -> Reading:
    """The placemarks of one folder, or of all (``*``)."""
    found, encoding = _walked(source.path)
    if choice.layer == ALL:
        marks = [(name, mark) for name, some in found.layers.items() for mark in some]
        table, issues = _table(marks, folders=True)
    else:
        layers = [Layer(name, len(some), "地标") for name, some in found.layers.items()]
        name = frame.one_layer(layers, choice.layer).name
        table, issues = _table([(name, mark) for mark in found.layers[name]], folders=False)
    numbers = range(1, len(table) + 1)
    name = ALL if choice.layer == ALL else name
    issues = [*source.issues, *_links(found), *issues, *frame.control_issues(table, numbers)]
    return Reading(
        source.kind, name, table, len(table), tuple(numbers), encoding, _WGS84, tuple(issues)
    )


def _walked(path: Path) -> tuple[_Found, str]:
    text, encoding = xml_text(path.read_bytes())
    try:
        root = ET.fromstring(text)  # entities cannot be declared: no document type passes
    except ET.ParseError as error:
        line, column = error.position
        raise DataError(
            f"KML 第 {line} 行第 {column + 1} 字符处损坏，请重新导出", "XML_CORRUPT"
        ) from error
    found = _Found()
    _walk(root, (), found, 0)
    if not any(found.layers.values()):
        raise DataError("文件为空：KML 中没有地标，请核对后重新导出", "EMPTY_FILE")
    return found, encoding


def xml_text(data: bytes) -> tuple[str, str]:
    """Decoded XML without its declaration, and the encoding.

    Raises `DataError` ``XML_DTD`` if it declares a document type or entities, and
    ``ENCODING_UNKNOWN`` if it is not in the encoding it declares.
    """
    declared = _DECLARED.match(data.lstrip(b"\xef\xbb\xbf \t\r\n"))
    said = declared[1].decode("ascii") if declared else "utf-8"
    encoding = encodings.known(said) or said.lower()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    try:
        codec = encodings.codec(encoding) if encodings.known(encoding) else encoding
        text = data.decode(codec).lstrip("\ufeff \t\r\n")
    except (UnicodeDecodeError, LookupError) as error:
        raise DataError(f"文字编码不是声明的 {said}，请另存为 UTF-8", "ENCODING_UNKNOWN") from error
    if re.search(r"<!(?:DOCTYPE|ENTITY)", text, re.I):
        raise DataError("文件含外部实体或文档类型声明，请删去后重新导出", "XML_DTD")
    return re.sub(r"^<\?xml[^>]*\?>", "", text), encoding


def _bare(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _walk(element: ET.Element, path: tuple[str, ...], found: _Found, depth: int) -> None:
    """Collect placemarks by folder; folders deeper than the cap are refused."""
    if depth > DEPTH:
        raise DataError(f"KML 文件夹嵌套过深，最多 {DEPTH} 层", "TOO_DEEP")
    for child in element:
        name = _bare(child)
        if name == "Placemark":
            found.layers["/".join(path) or "KML"].append(child)
            found.links += _hrefs(child)
        elif name in ("Document", "Folder"):
            own = (child.findtext("{*}name") or "").strip()
            deeper = (*path, own) if own else path
            _walk(child, deeper, found, depth + 1)
        elif name in _OVERLAYS:
            found.links += 1
        elif name.startswith("Style"):
            found.links += _hrefs(child)


def _hrefs(element: ET.Element) -> int:
    """Icons and outside styles in an element."""
    icons = sum(1 for one in element.iter() if _bare(one) == "href" and (one.text or "").strip())
    styles = [one.text or "" for one in element.iter() if _bare(one) == "styleUrl"]
    return icons + sum(1 for text in styles if not text.strip().startswith("#"))


def _links(found: _Found) -> list[Issue]:
    if not found.links:
        return []
    message = f"已忽略外部链接 {found.links} 处（网络链接、图标、外部样式、叠加图）"
    return [Issue("LINKS_IGNORED", message, "warning", value=str(found.links))]


def _table(marks: list[tuple[str, ET.Element]], *, folders: bool) -> tuple[Any, list[Issue]]:
    """Placemarks as rows."""
    records = [dict(_fields(mark)) for _, mark in marks]
    names = list(dict.fromkeys(name for record in records for name in record))
    frame.check_fields(names)
    columns: dict[str, pd.Series[Any]] = {}
    for old, new in zip(names, frame.unique_names(names), strict=True):
        columns[new] = frame.column([record.get(old) for record in records])
    if folders:
        columns[frame.unique_names([*columns, "folder"])[-1]] = frame.column(
            [name for name, _ in marks]
        )
    shapes = np.full(len(marks), None, dtype=object)
    issues = []
    for position, (_, mark) in enumerate(marks):
        try:
            shapes[position] = _shape_of(mark)
        except (_ShapeError, GEOSException, ValueError) as error:
            row = position + 1
            message = f"第 {row} 个地标的图形读不出：{error}"
            issues.append(Issue("GEOMETRY_CORRUPT", message, "error", row, "geometry"))
    shapes, doubts = frame.settle(shapes, range(1, len(marks) + 1))
    return frame.table(columns, shapes), frame.once(issues, doubts)


def _fields(mark: ET.Element) -> Iterator[tuple[str, str]]:
    """Attributes of a placemark, in the order of the file."""
    if mark.get("id"):
        yield "id", str(mark.get("id"))
    for child in mark:
        name = _bare(child)
        if name in _PLAIN and child.text:
            yield name, child.text
        elif name == "ExtendedData":
            for one in child.iter():
                if _bare(one) == "Data":
                    yield one.get("name", ""), one.findtext("{*}value") or ""
                elif _bare(one) == "SimpleData":
                    yield one.get("name", ""), one.text or ""


def _shape_of(mark: ET.Element) -> BaseGeometry | None:
    shapes = [shape for child in mark for shape in _parts(child, 0)]
    return _together(shapes)


def _together(shapes: list[BaseGeometry]) -> BaseGeometry | None:
    if len(shapes) < 2:
        return shapes[0] if shapes else None
    kinds = {int(shapely.get_type_id(shape)) for shape in shapes}
    if len(kinds) > 1:
        return shapely.GeometryCollection(shapes)
    return _MULTI[kinds.pop()](shapes)


def _parts(element: ET.Element, depth: int) -> Iterator[BaseGeometry]:
    """Plain shapes in a geometry element."""
    name = _bare(element)
    if name == "MultiGeometry":
        if depth > DEPTH:
            raise DataError(f"几何嵌套过深，最多 {DEPTH} 层", "TOO_DEEP")
        for child in element:
            yield from _parts(child, depth + 1)
    elif name == "Point":
        yield shapely.Point(_coordinates(element)[0])
    elif name in ("LineString", "LinearRing"):
        yield shapely.LineString(_coordinates(element))
    elif name == "Polygon":
        outer = [_coordinates(one) for one in element.findall("{*}outerBoundaryIs/{*}LinearRing")]
        inner = [_coordinates(one) for one in element.findall("{*}innerBoundaryIs/{*}LinearRing")]
        if len(outer) != 1:
            raise _ShapeError("面应有一个外环")
        yield shapely.Polygon(outer[0], inner)
    elif name in ("Track", "MultiTrack", "Model"):
        raise _ShapeError(f"不支持 {name}")


def _coordinates(element: ET.Element) -> np.ndarray:
    """Longitude, latitude and perhaps height of each point."""
    text = re.sub(r"\s*,\s*", ",", element.findtext("{*}coordinates") or "")
    points = text.split()
    if not points:
        raise _ShapeError("没有坐标")
    try:
        return np.array(",".join(points).split(","), dtype=np.float64).reshape(len(points), -1)[
            :, :3
        ]
    except ValueError as error:
        raise _ShapeError(f"坐标 {text[:40]} 不是数") from error
