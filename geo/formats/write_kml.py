"""KML for earth viewers: longitude and latitude, a colour per style, every attribute as text."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree as Xml

import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import DataError
from geo.formats.write_copy import Copy, lines

_SPACE = "http://www.opengis.net/kml/2.2"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FILL, _LINE = "40", "FF"  # opacity, hexadecimal
_LINE_WIDTH = "2"


def write(copy: Copy) -> bytes:
    """The bytes of a .kml file. Raises `DataError` EXPORT_TEXT for what XML cannot hold."""
    top = Xml.Element("kml", {"xmlns": _SPACE})
    document = _add(top, "Document")
    _add(document, "name", copy.look.title)
    _add(document, "description", "\n".join(lines(copy.told)))
    inks = list(copy.look.inks(copy.known))
    for ink in dict.fromkeys(inks):
        _style(document, ink)
    folder = _add(document, "Folder")
    _add(folder, "name", copy.known.name)
    rows = copy.table.drop(columns="geometry").to_dict("records")
    shapes = np.asarray(copy.table.geometry.array)
    for row, shape, ink in zip(rows, shapes, inks, strict=True):
        _placemark(folder, row, shape, ink)
    Xml.indent(top, "")
    # A carriage return must be written as a sign, or readers take it for a line break.
    body = Xml.tostring(top, encoding="unicode").replace("\r", "&#13;")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()


def _style(document: Xml.Element, ink: str) -> None:
    """Colours of KML run alpha, blue, green, red."""
    red, green, blue = ink[1:3], ink[3:5], ink[5:7]
    style = _add(document, "Style", id=_name(ink))
    _add(_add(style, "IconStyle"), "color", f"{_LINE}{blue}{green}{red}")
    line = _add(style, "LineStyle")
    _add(line, "color", f"{_LINE}{blue}{green}{red}")
    _add(line, "width", _LINE_WIDTH)
    _add(_add(style, "PolyStyle"), "color", f"{_FILL}{blue}{green}{red}")


def _name(ink: str) -> str:
    return f"ink{ink[1:]}"


def _placemark(
    folder: Xml.Element, row: Mapping[Any, Any], shape: BaseGeometry | None, ink: str
) -> None:
    mark = _add(folder, "Placemark")
    _add(mark, "name", row["name"])
    _add(mark, "Snippet", "")
    _add(mark, "styleUrl", f"#{_name(ink)}")
    data = _add(mark, "ExtendedData")
    for key, value in row.items():
        if not pd.isna(value):
            _add(_add(data, "Data", name=str(key)), "value", _number(value))
    parts = [] if shape is None else shapely.get_parts(shape).tolist()
    holder = _add(mark, "MultiGeometry") if len(parts) > 1 else mark
    for part in parts:
        _shape(holder, part)


def _number(value: Any) -> str:
    return value if isinstance(value, str) else f"{value:.15g}"


def _shape(holder: Xml.Element, part: BaseGeometry) -> None:
    if part.geom_type != "Polygon":
        _add(_add(holder, part.geom_type), "coordinates", _line(part))
        return
    polygon = _add(holder, "Polygon")
    for side, ring in _rings(shapely.orient_polygons(part)):
        inner = _add(_add(polygon, side), "LinearRing")
        _add(inner, "coordinates", _line(ring))


def _rings(polygon: BaseGeometry) -> Iterator[tuple[str, BaseGeometry]]:
    """Rings as KML turns them: the outer one against the clock, holes with it."""
    yield "outerBoundaryIs", polygon.exterior
    for ring in polygon.interiors:
        yield "innerBoundaryIs", ring


def _line(shape: BaseGeometry) -> str:
    return " ".join(f"{x!r},{y!r}" for x, y in shapely.get_coordinates(shape).tolist())


def _add(parent: Xml.Element, tag: str, text: str = "", **attributes: str) -> Xml.Element:
    for value in (text, *attributes.values()):
        if bad := _NOT_XML.search(value):
            raise DataError(
                f"文字含 KML 不能保存的字符 U+{ord(bad[0]):04X}，请改正或改用 .gpkg", "EXPORT_TEXT"
            )
    child = Xml.SubElement(parent, tag, attributes)
    child.text = text or None
    return child
