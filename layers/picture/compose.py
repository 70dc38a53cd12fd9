"""Compose: the whole page as a figure, with a record of what stands where."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from shapely.geometry.base import BaseGeometry

from geo.errors import DataError
from geo.model import Grade
from layers.picture import (
    backdrop,
    graticule,
    labels,
    layout,
    legend,
    letters,
    marks,
    paint,
    placement,
    spread,
)
from layers.picture.frame import Frame
from layers.picture.layout import Plan
from layers.picture.pages import Layout
from layers.picture.paper import Box
from layers.picture.parts import style_of
from layers.picture.placement import Board, Placed
from layers.picture.sheet import INK, Letters, Pen, Sheet
from layers.picture.values import Entry, Extent, FontBook, Scene, around
from layers.picture.words import word
from layers.style import Palette

_GROUND, _WARNING = "#FFFFFF", "#9A3412"


@dataclass(frozen=True, slots=True, eq=False)
class Composition:
    """A picture before it is a file.

    `frame` is where and at which scale the map is; `entries` what its legend lists; `names` and
    `letters` what is written on the map; `badges` what it warns of.
    """

    figure: Figure
    frame: Frame
    entries: tuple[Entry, ...]
    names: tuple[Placed, ...]
    letters: tuple[Placed, ...]
    badges: tuple[str, ...]


def composed(scene: Scene, fonts: FontBook) -> Composition:
    """The page of a scene."""
    sheet = Sheet(scene.page, fonts)
    plan = layout.planned(sheet, scene, extent(scene))
    badges = _badges(scene, plan)
    drawn, leaders = spread.spread(sheet, plan.parts, plan.frame.box)
    chosen, sketches = _highlighted(scene, plan.frame), _sketches(scene, plan.frame)
    _ground(sheet, plan.frame)
    backdrop.images(sheet, scene, plan.frame)
    paint.paint(sheet, drawn)
    backdrop.blanks(sheet, scene, plan.frame)
    spread.draw(sheet, leaders)
    _over(sheet, scene, chosen, sketches)
    _edge(sheet, scene, plan.frame)
    taken = _marks(sheet, scene, plan, badges)
    board = Board(plan.frame.box, taken, placement.symbols(sheet, drawn))
    board.lines = placement.strong_lines(drawn, [*chosen, *sketches])
    board.kept = placement.strong_areas(drawn, [*chosen, *sketches])
    sheet.clip(plan.frame.box)
    names = placement.place(sheet, board, labels.names(scene, plan.frame, drawn))
    written = letters.write(sheet, board, drawn, scene.palette)
    sheet.clip(None)
    _around(sheet, scene, plan)
    return Composition(
        sheet.figure, plan.frame, legend.entries(plan.lines), tuple(names), tuple(written), badges
    )


def extent(scene: Scene) -> Extent:
    """What the scene asks to see: its extent, else the zone, else all besides ground and coast."""
    if scene.view.extent:
        return scene.view.extent
    drawn = [one for one in scene.layers if one.known.name == "zone"]
    drawn = drawn or [one for one in scene.layers if style_of(one).group not in ("base", "nature")]
    shapes: list[BaseGeometry] = [s for one in drawn for s in one.known.table.geometry.array]
    return around([*shapes, *(one.shape for one in scene.sketches)], 0.03)


def _badges(scene: Scene, plan: Plan) -> tuple[str, ...]:
    """示意 where any drawn row is schematic, 示例 where any set was generated."""
    weak = any(part.grade is Grade.SCHEMATIC for part in plan.parts)
    demo = any(layer.demo for layer in scene.layers)
    found = (("demo", demo), ("schematic", weak))
    return tuple(word(key, scene.english) for key, there in found if there)


def _ground(sheet: Sheet, frame: Frame) -> None:
    sheet.box(frame.box, Pen(fill=_GROUND), 0)
    sheet.clip(frame.box)


def _over(
    sheet: Sheet, scene: Scene, chosen: list[BaseGeometry], sketches: list[BaseGeometry]
) -> None:
    """What is highlighted, and what was drawn by hand."""
    paint.chosen(sheet, chosen, scene.palette)
    for one, shape in zip(scene.sketches, sketches, strict=True):
        paint.sketched(sheet, shape, one.color or paint.marking(scene.palette))


def _edge(sheet: Sheet, scene: Scene, frame: Frame) -> None:
    """The net and the neat line."""
    sheet.clip(None)
    graticule.draw(sheet, frame, scene.view.grid, english=scene.english)
    sheet.box(frame.box, Pen(INK, 1.4), 75)


def _sketches(scene: Scene, frame: Frame) -> list[BaseGeometry]:
    return list(frame.placed(np.array([one.shape for one in scene.sketches], dtype=object)))


def _highlighted(scene: Scene, frame: Frame) -> list[BaseGeometry]:
    """Raises `DataError` PICTURE_HIGHLIGHT where an id is in no set of the scene."""
    tables = {layer.known.name: layer.known.table for layer in scene.layers}
    found = []
    for name, id_ in scene.highlights:
        table = tables.get(name)
        rows = None if table is None else table.loc[table["id"] == id_]
        if rows is None or rows.empty:
            raise DataError(
                f"要突出的要素 {name}/{id_} 不在图中，请核对编号或把该图层加入图中",
                "PICTURE_HIGHLIGHT",
            )
        found += list(frame.placed(np.asarray(rows.geometry.array)))
    return found


def _marks(sheet: Sheet, scene: Scene, plan: Plan, badges: tuple[str, ...]) -> list[Box]:
    """What lies on the map besides names; the boxes that it takes."""
    box, inside = plan.frame.box, sheet.px(6)
    warning = INK if scene.palette is Palette.GREY else _WARNING
    taken = marks.badges(sheet, (box.left + inside, box.top - inside), badges, warning)
    taken.append(marks.north(sheet, (box.right, box.top - sheet.px(4)), english=scene.english))
    if scene.page.layout is Layout.BARE:
        taken.append(_bare_scale(sheet, scene, plan.frame))
    return [one.grown(sheet.px(2)) for one in taken]


def _bare_scale(sheet: Sheet, scene: Scene, frame: Frame) -> Box:
    """The scale of a map without an imprint, on a plate in its lower left corner."""
    box, pad = frame.box, sheet.px(6)
    most = box.width * 0.3
    wide = marks.bar_width(sheet, frame, most, english=scene.english)
    text, look = marks.ratio(frame), Letters(10.5)
    far = wide + sheet.px(10) + sheet.wide(text, look)
    plate = Box(box.left, box.bottom, box.left + far + 2 * pad, box.bottom + sheet.px(30))
    sheet.box(plate, Pen(fill="#FFFFFF", opacity=0.88), 69)
    at = (plate.left + pad, plate.bottom + pad)
    marks.scale_bar(sheet, frame, at, most, english=scene.english)
    middle = plate.bottom + plate.height / 2
    sheet.text((plate.left + pad + wide + sheet.px(10), middle), text, look, 71)
    return plate


def _around(sheet: Sheet, scene: Scene, plan: Plan) -> None:
    """What stands outside the map."""
    if plan.setting:
        corner = (plan.legend_at.left, plan.legend_at.top)
        legend.draw(sheet, plan.setting, corner, scene.palette)
    if scene.page.layout is Layout.BARE:
        return
    _head(sheet, scene, plan)
    _foot(sheet, plan)
    _imprint(sheet, scene, plan)


def _head(sheet: Sheet, scene: Scene, plan: Plan) -> None:
    page, y = plan.page, plan.page.top
    if scene.caption.secrecy:
        at = (page.left, y - sheet.step(layout.TITLE) / 2 if plan.head else y - sheet.px(10))
        sheet.text(at, scene.caption.secrecy, layout.SECRECY, 80)
    for line in plan.head:
        _centred(sheet, page, y - sheet.step(layout.TITLE) / 2, line, layout.TITLE)
        y -= sheet.step(layout.TITLE)
    if scene.caption.subtitle:
        middle = y - sheet.step(layout.SUBTITLE) / 2
        _centred(sheet, page, middle, scene.caption.subtitle, layout.SUBTITLE)


def _centred(sheet: Sheet, page: Box, y: float, text: str, look: Letters) -> None:
    left = page.middle[0] - sheet.wide(text, look) / 2
    sheet.text((left, y), text, look, 80)


def _foot(sheet: Sheet, plan: Plan) -> None:
    step = sheet.step(layout.SMALL)
    for i, line in enumerate(reversed(plan.foot)):
        sheet.text((plan.page.left, plan.page.bottom + step * (i + 0.5)), line, layout.SMALL, 80)


def _imprint(sheet: Sheet, scene: Scene, plan: Plan) -> None:
    room = plan.imprint_at
    texts = layout.imprint(sheet, scene, plan.frame, room.width)
    step = sheet.step(layout.IMPRINT)
    for i, line in enumerate(reversed(texts)):
        sheet.text((room.left, room.bottom + step * (i + 0.5)), line, layout.IMPRINT, 80)
    above = room.bottom + step * len(texts) + sheet.px(8)
    marks.scale_bar(
        sheet,
        plan.frame,
        (room.left, above),
        min(room.width - sheet.px(22), sheet.px(175)),
        english=scene.english,
    )
    if scene.locator:
        low = above + sheet.px(30)
        box = Box(room.left, low, room.right, low + layout.locator_height(sheet))
        marks.locator(sheet, box, scene.locator, plan.frame, scene.palette)
        look = Letters(11, heavy=True)
        sheet.text((room.left, box.top + sheet.px(10)), word("locator", scene.english), look, 80)
