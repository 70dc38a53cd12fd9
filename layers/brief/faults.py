"""Faults of a brief: what does not fit together, or points to something that is not there."""

from collections.abc import Iterator, Mapping
from math import isfinite

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.errors import Issue
from geo.model import SECRECY, Boundaries
from layers.brief.ink import HEX
from layers.brief.values import Brief, Chart, ChartKind, Colouring, Drawing, Look, Slide, Table

_Found = Iterator[tuple[str, str, str]]  # where, what, value


def faults(brief: Brief) -> Iterator[Issue]:
    """Every fault, as an issue whose field says where it is."""
    for where, told, value in _found(brief):
        yield Issue("BRIEF_FIELD", f"{where}：{told}", field=where, value=value)


def _found(brief: Brief) -> _Found:
    if brief.secrecy and brief.secrecy not in SECRECY:
        yield "secrecy", f"密级应为{'、'.join(SECRECY)}之一", brief.secrecy
    if brief.occasion.number < 1:
        yield "occasion.number", "会议次数应从 1 起", str(brief.occasion.number)
    if not brief.slides:
        yield "slides", "没有任何一页", ""
    for key, one in brief.colourings.items():
        yield from _of_colouring(f"colourings.{key}", key, one, brief.sets)
    seen = set[str]()
    for number, slide in enumerate(brief.slides, 1):
        where = f"slides.{number}"
        if not slide.id or slide.id in seen:
            yield f"{where}.id", "页的编号为空或重复", slide.id
        seen.add(slide.id)
        yield from _of_slide(where, slide, brief)


def _of_colouring(where: str, key: str, one: Colouring, sets: Mapping[str, Boundaries]) -> _Found:
    if one.key != key:
        yield where, f"着色自称 {one.key}，与其键不一致", one.key
    if one.set not in sets:
        yield f"{where}.set", f"着色的图层 {one.set} 不在汇报中", one.set
        return
    rows = len(sets[one.set].table)
    if len(one.codes) != rows:
        told = f"着色有 {len(one.codes)} 个代码，图层 {one.set} 有 {rows} 个要素，应一一对应"
        yield f"{where}.codes", told, str(len(one.codes))
    wrong = [code for code in one.codes if code is not None and not 0 <= code < len(one.tones)]
    if wrong:
        yield f"{where}.codes", f"代码 {wrong[0]} 没有对应的类别", str(wrong[0])


def _of_slide(where: str, slide: Slide, brief: Brief) -> _Found:
    if not slide.title.zh:
        yield f"{where}.title", "没有中文标题", slide.id
    if slide.seconds < 1:
        yield f"{where}.seconds", "停留秒数应不小于 1", str(slide.seconds)
    if slide.table:
        yield from _of_table(f"{where}.table", slide.table)
    if slide.chart:
        yield from _of_chart(f"{where}.chart", slide.chart)
    if slide.look:
        yield from _of_look(f"{where}.look", slide.look, brief)


def _of_table(where: str, table: Table) -> _Found:
    wide = len(table.columns)
    if not wide:
        yield where, "表没有列", ""
    for number, row in enumerate(table.rows, 1):
        if len(row) != wide:
            yield f"{where}.rows.{number}", f"有 {len(row)} 格，应为 {wide} 格", str(len(row))


def _of_chart(where: str, chart: Chart) -> _Found:
    count = len(chart.categories)
    if not count or not chart.series:
        yield where, "图没有类别或数据系列", chart.title.zh
    if chart.kind is ChartKind.DOUGHNUT and len(chart.series) != 1:
        yield where, "环形图应只有一个数据系列", str(len(chart.series))
    for number, one in enumerate(chart.series, 1):
        at = f"{where}.series.{number}"
        if len(one.values) != count:
            yield at, f"有 {len(one.values)} 个值，应为 {count} 个", one.name.zh
        if one.inks and len(one.inks) != count:
            yield at, f"有 {len(one.inks)} 个颜色，应为 {count} 个", one.name.zh
        for value in one.values:
            if value is not None and not isfinite(value):
                yield at, "含有不是数的值；无数据应写空值", str(value)
        for ink in filter(None, (one.ink, *one.inks)):
            if not HEX.fullmatch(ink):
                yield at, f"颜色 {ink} 应写作 #RRGGBB", ink


def _of_look(where: str, look: Look, brief: Brief) -> _Found:
    if look.extent:
        west, south, east, north = look.extent
        if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
            yield f"{where}.extent", "范围应为西、南、东、北的度数", str(look.extent)
    for name in look.on:
        if name not in brief.sets:
            yield f"{where}.on", f"图层 {name} 不在汇报中", name
    keys = (*filter(None, (look.colouring, look.before)), *look.periods)
    for key in keys:
        if key not in brief.colourings:
            yield where, f"着色 {key} 不在汇报中", key
    for name, id_ in look.selected:
        held = brief.sets.get(name)
        if held is None or id_ not in set(held.table["id"]):
            yield f"{where}.selected", f"要素 {name}/{id_} 不在汇报中", id_
    for number, one in enumerate(look.drawings, 1):
        yield from _of_drawing(f"{where}.drawings.{number}", one)


def _of_drawing(where: str, drawing: Drawing) -> _Found:
    made = _read(drawing)
    if made is None or made.is_empty or not shapely.is_valid(made):
        yield where, "标绘的图形无法读取，请重新绘制", drawing.label
    if drawing.color and not HEX.fullmatch(drawing.color):
        yield where, f"颜色 {drawing.color} 应写作 #RRGGBB", drawing.color


def _read(drawing: Drawing) -> BaseGeometry | None:
    """The shape of a drawing; None, which is told as a fault, where it is not GeoJSON."""
    try:
        return shape(drawing.geometry)
    except (KeyError, TypeError, ValueError, AttributeError, shapely.errors.ShapelyError):
        return None
