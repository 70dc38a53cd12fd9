"""DXF for drawing programs: Chinese layers per kind, colours, names as text, grade on every line.

AutoCAD 2010 and later, texts in UTF-8, metres. Areas are closed polylines, one a ring. Every
entity carries extended data under the application JINGQU: 编号, 名称, 类别, 可信等级, 部分
(number of the part, from 1) and 环 (外 or 内).
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shapely
from ezdxf import options  # type: ignore[attr-defined]
from ezdxf.document import Drawing
from ezdxf.entities.dxfgfx import DXFGraphic
from ezdxf.enums import TextEntityAlignment
from ezdxf.filemanagement import new
from ezdxf.layouts.layout import Modelspace
from shapely.geometry.base import BaseGeometry

from geo.formats.write_copy import Copy, lines
from geo.model import Grade

APPLICATION = "JINGQU"
_NOTES, _NAMES = "说明", "注记"
_FORBIDDEN = re.compile(r"[<>/\\\":;?*|=`,\x00-\x1f]")
_LAYER = 60  # characters of a layer's name
_CHUNK = 60  # characters of one text of extended data, at most 240 bytes
_METRES = 6
_DASHES: Mapping[Grade, tuple[str, list[float]]] = {
    Grade.TRACED: ("TRACED", [12.0, 9.0, -3.0]),
    Grade.SCHEMATIC: ("SCHEMATIC", [7.0, 3.0, -4.0]),
}
_SMALLEST, _LARGEST, _PER_HEIGHT = 2.0, 60.0, 200.0  # of names, in metres
options.write_fixed_meta_data_for_testing = True  # no clock, no machine, no chance numbers


@dataclass(frozen=True, slots=True)
class _Pen:
    """How one feature is drawn."""

    layer: str
    ink: int
    linetype: str
    data: Mapping[str, str]

    def on(self, entity: DXFGraphic, part: int, ring: str = "") -> None:
        """Put the pen's look and data on an entity."""
        entity.rgb = _rgb(self.ink)
        entity.dxf.linetype = self.linetype
        said = {**self.data, "部分": str(part), "环": ring}
        entity.set_xdata(APPLICATION, [tag for pair in said.items() for tag in _told(*pair)])


def write(copy: Copy) -> bytes:
    """The bytes of a .dxf file."""
    drawing = new("R2010", units=_METRES)
    drawing.header["$MEASUREMENT"] = 1
    drawing.header["$PDMODE"] = 35  # a circle and a cross
    drawing.header["$PDSIZE"] = -2.0  # per cent of the screen
    drawing.header["$LTSCALE"] = 5.0
    drawing.appids.add(APPLICATION)
    for name, pattern in _DASHES.values():
        drawing.linetypes.add(name, pattern)
    drawing.styles.add("HZ", font="simsun.ttf")
    for name in (_NOTES, _NAMES):
        drawing.layers.add(name)
    height = _height(copy)
    sheet = drawing.modelspace()
    for pen, name, shape in _features(copy, drawing):
        if shape is not None:
            _draw(sheet, pen, shape)
            _name(sheet, name, shape, height)
    _notes(sheet, copy, height)
    drawing.classes.add_required_classes(drawing.dxfversion)
    drawing.classes.classes = dict(sorted(drawing.classes.classes.items()))  # else by chance
    out = io.StringIO()
    drawing.write(out)
    return out.getvalue().encode("utf-8", "surrogateescape").replace(b"\r\n", b"\n")


def _features(copy: Copy, drawing: Drawing) -> Iterator[tuple[_Pen, str, BaseGeometry | None]]:
    table = copy.table
    kinds = table["kind"] if "kind" in table else pd.Series([None] * len(table))
    rows = zip(table["id"], table["name"], kinds, table["grade"], strict=True)
    for (id_, name, kind, grade), shape, ink in zip(
        rows, np.asarray(table.geometry.array), copy.look.inks(copy.known), strict=True
    ):
        label = copy.look.grade(Grade(grade))
        layer = _layer(drawing, kind or copy.look.title, ink)
        said = {"编号": id_, "名称": name, "类别": kind or "", "可信等级": label}
        line = _DASHES.get(Grade(grade), ("CONTINUOUS", []))[0]
        yield _Pen(layer, int(ink[1:], 16), line, said), name, shape


def _layer(drawing: Drawing, kind: str, ink: str) -> str:
    """The layer of a kind, made when first needed."""
    name = _FORBIDDEN.sub("_", kind).strip()[:_LAYER] or "未分类"
    if name not in drawing.layers:
        drawing.layers.add(name).rgb = _rgb(int(ink[1:], 16))
    return name


def _rgb(ink: int) -> tuple[int, int, int]:
    return (ink >> 16) & 255, (ink >> 8) & 255, ink & 255


def _draw(sheet: Modelspace, pen: _Pen, shape: BaseGeometry) -> None:
    look = {"layer": pen.layer}
    for number, part in enumerate(shapely.get_parts(shape), 1):
        if part.geom_type == "Point":
            pen.on(sheet.add_point((part.x, part.y), dxfattribs=look), number)
        elif part.geom_type == "LineString":
            corners = shapely.get_coordinates(part).tolist()
            pen.on(sheet.add_lwpolyline(corners, dxfattribs=look), number)
        else:
            for i, ring in enumerate((part.exterior, *part.interiors)):
                corners = shapely.get_coordinates(ring)[:-1].tolist()
                line = sheet.add_lwpolyline(corners, close=True, dxfattribs=look)
                pen.on(line, number, "内" if i else "外")


def _name(sheet: Modelspace, name: str, shape: BaseGeometry, height: float) -> None:
    at = shapely.point_on_surface(shape)
    label = sheet.add_text(_line(name), height=height, dxfattribs={"layer": _NAMES, "style": "HZ"})
    label.set_placement((at.x, at.y), align=TextEntityAlignment.MIDDLE_CENTER)


def _notes(sheet: Modelspace, copy: Copy, height: float) -> None:
    """What the drawing says of itself, below it."""
    west, south, _, _ = copy.table.total_bounds
    if not np.isfinite(west):
        west = south = 0.0
    for i, line in enumerate(lines(copy.told), 2):
        text = sheet.add_text(_line(line), height=height, dxfattribs={"layer": _NOTES})
        text.dxf.style = "HZ"
        text.set_placement((west, south - i * 2 * height))


def _height(copy: Copy) -> float:
    west, south, east, north = copy.table.total_bounds
    size = float(max(east - west, north - south))
    return min(max(size / _PER_HEIGHT, _SMALLEST), _LARGEST) if np.isfinite(size) else _SMALLEST


def _line(text: str) -> str:
    """A text on one line, where a caret or %% would be read as a sign."""
    return " ".join(text.split()).replace("^", "^ ").replace("%%", "%%%%%%")


def _told(key: str, text: str) -> list[tuple[int, Any]]:
    """One entry of extended data: key, then the text in pieces between braces."""
    flat = text.replace("^", "^ ").replace("\n", "^J").replace("\r", "^M").replace("\t", "^I")
    pieces = [flat[i : i + _CHUNK] for i in range(0, len(flat), _CHUNK)]
    return [(1000, key), (1002, "{"), *[(1000, piece) for piece in pieces], (1002, "}")]
