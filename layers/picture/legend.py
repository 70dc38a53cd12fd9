"""The legend: one line for every look in the frame, and what the lines and hatches mean.

Samples are painted by what paints the map. A legend that does not fit is set smaller or in
more columns; it is never cut.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from geo.model import Grade
from layers.picture import backdrop, paint
from layers.picture.paper import Box
from layers.picture.parts import Part
from layers.picture.sheet import SOFT, Letters, Pen, Sheet
from layers.picture.values import Entry, Scene
from layers.picture.words import GRADE_TOLD, bracketed, word
from layers.style import DASH, GRADE_LABEL, GROUPS, Palette

COLUMN = 195.0  # px
_WIDEST = 215.0
_END = 14.0  # px between a count and the next column
_SWATCH = (27.0, 13.0)
_GAP = 7.0
_Z = 80.0


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One line: a heading (no sample), or what its sample shows.

    Parameters
    ----------
    drawn
        Colour of something drawn by hand.
    cell
        Colour of cells of a grid.
    blank
        The hatch of what is not known.
    """

    text: str
    part: Part | None = None
    grade: Grade | None = None
    chosen: bool = False
    drawn: str = ""
    cell: str = ""
    blank: bool = False
    count: int = 0

    @property
    def number(self) -> str:
        """The count as written: of one feature only where classes are compared."""
        told = self.count > 1 or (self.part is not None and self.part.tinted)
        return f"{self.count:,}" if told else ""

    @property
    def heading(self) -> bool:
        """Whether it stands above others."""
        return not (self.part or self.grade or self.chosen or self.drawn or self.cell or self.blank)


@dataclass(frozen=True, slots=True, eq=False)
class Put:
    """A line that has its place: column, mm from the top, the text as broken."""

    line: Line
    column: int
    down: float
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """A legend that fits: its lines, their size against the usual, the width of a column."""

    puts: tuple[Put, ...]
    size: float
    column: float
    height: float


def lines(scene: Scene, parts: Sequence[Part]) -> list[Line]:
    """All lines, in the order of the screen's groups."""
    order = list(GROUPS)
    listed = [p for p in parts if p.style.group != "base"]
    names = list(dict.fromkeys(p.layer.known.name for p in listed))
    first = {name: next(p for p in listed if p.layer.known.name == name) for name in names}
    names.sort(key=lambda n: (order.index(first[n].style.group), first[n].style.order))
    out = [Line(word("legend", scene.english))]
    for name in names:
        out += _of_set([p for p in listed if p.layer.known.name == name], scene)
    out += _beneath(scene)
    if scene.highlights:
        out.append(Line(word("selected", scene.english), chosen=True))
    inks = dict.fromkeys(one.color or paint.marking(scene.palette) for one in scene.sketches)
    out += [Line(word("sketch", scene.english), drawn=ink) for ink in inks]
    return out + _grades(listed, scene)


def entries(found: Iterable[Line]) -> tuple[Entry, ...]:
    """What the legend says, as values."""
    return tuple(
        Entry(one.text, one.count, p.layer.known.name, p.grade.value, p.ink)
        for one in found
        if (p := one.part) is not None
    )


def _of_set(parts: Sequence[Part], scene: Scene) -> Iterator[Line]:
    tint = parts[0].layer.tint
    if tint is not None:
        title = tint.title_en or tint.title if scene.english else tint.title
        style = parts[0].style
        yield Line(title or (style.label_en if scene.english else style.label))
    for part in parts:
        yield Line(part.label + _told_apart(part, parts, scene), part, count=len(part.rows))


def _beneath(scene: Scene) -> Iterator[Line]:
    """Grids of colours by their classes, and what is not known."""
    english = scene.english
    for image in scene.images:
        yield Line((english and image.title_en) or image.title)
        for one in image.classes:
            text = (english and one.label_en) or one.label
            yield Line(text, cell=getattr(one.ink, scene.palette.value))
    for blank in scene.blanks:
        title = (english and blank.title_en) or blank.title
        yield Line(word("blank", english).format(title=title), blank=True)


def _told_apart(part: Part, parts: Sequence[Part], scene: Scene) -> str:
    """What tells a line from others of the same label: points or lines, and the grade."""
    same = [p for p in parts if p.label == part.label]
    said = []
    if len({p.grade for p in same if p.dimension == part.dimension}) > 1:
        said.append(GRADE_LABEL[part.grade][scene.english])
    if len({p.dimension for p in same}) > 1 and part.dimension < 2:
        said.append(word("points" if part.dimension == 0 else "lines", scene.english))
    return bracketed((" " if scene.english else "").join(said), scene.english) if said else ""


def _grades(parts: Sequence[Part], scene: Scene) -> list[Line]:
    there = sorted({p.grade for p in parts}, key=lambda grade: grade.rank)
    told = [Line(GRADE_TOLD[grade][scene.english], grade=grade) for grade in there]
    return [Line(word("grade", scene.english)), *told] if told else []


def arranged(
    sheet: Sheet, found: Sequence[Line], room: tuple[float, float], columns: int, size: float
) -> Setting | None:
    """The legend in some columns of a room (width, height in mm), or None if it does not fit."""
    wide = min(room[0] / columns, sheet.px(_WIDEST) * size)
    broken = [tuple(_texts(sheet, line, wide, size)) for line in found]
    highs = [_high(sheet, *one, size) for one in zip(found, broken, strict=True)]
    puts, column, down = list[Put](), 0, 0.0
    for line, texts, high, after in zip(found, broken, highs, [*highs[1:], 0.0], strict=True):
        lead = _above(sheet, size) if line.heading and down else 0.0
        need = lead + high + (after if line.heading else 0.0)  # no heading ends a column
        if down and down + need > room[1]:
            column, down, lead = column + 1, 0.0, 0.0
        if column >= columns or down + lead + high > room[1]:
            return None
        puts.append(Put(line, column, down + lead, texts))
        down += lead + high
    tallest = max((p.down + _high(sheet, p.line, p.texts, size) for p in puts), default=0.0)
    return Setting(tuple(puts), size, wide, tallest)


def _look(line: Line, size: float) -> Letters:
    return Letters((13.0 if line.heading else 12.0) * size, heavy=line.heading)


def _texts(sheet: Sheet, line: Line, wide: float, size: float) -> list[str]:
    taken = 0.0 if line.heading else sheet.px((_SWATCH[0] + _GAP) * size)
    count = sheet.wide(line.number, Letters(11 * size)) + sheet.px(6) if line.number else 0.0
    return sheet.lines(line.text, _look(line, size), wide - taken - count - sheet.px(_END))


def _high(sheet: Sheet, line: Line, texts: Sequence[str], size: float) -> float:
    least = 0.0 if line.heading else sheet.px((_SWATCH[1] + 7) * size)
    return max(len(texts) * sheet.step(_look(line, size)) + sheet.px(3 * size), least)


def _above(sheet: Sheet, size: float) -> float:
    return sheet.px(7 * size)


def draw(sheet: Sheet, setting: Setting, corner: tuple[float, float], palette: Palette) -> None:
    """The legend from its upper left corner."""
    left, top = corner
    for put in setting.puts:
        x, y = left + put.column * setting.column, top - put.down
        line, size = put.line, setting.size
        high = _high(sheet, line, put.texts, size)
        look, step = _look(line, size), sheet.step(_look(line, size))
        shift = 0.0 if line.heading else sheet.px((_SWATCH[0] + _GAP) * size)
        if not line.heading:
            half = sheet.px(_SWATCH[1] * size) / 2
            box = Box(x, y - high / 2 - half, x + sheet.px(_SWATCH[0] * size), y - high / 2 + half)
            _sample(sheet, line, box, palette)
        first = y - high / 2 + step * (len(put.texts) - 1) / 2
        for i, text in enumerate(put.texts):
            sheet.text((x + shift, first - i * step), text, look, _Z)
        if line.number:
            small = Letters(11 * size, SOFT)
            right = x + setting.column - sheet.px(_END)
            sheet.text((right - sheet.wide(line.number, small), first), line.number, small, _Z)


def _sample(sheet: Sheet, line: Line, box: Box, palette: Palette) -> None:
    if line.part is not None:
        _sample_part(sheet, line.part, box)
    elif line.grade is not None:
        pen = Pen(SOFT, 1.6, tuple(float(d) for d in DASH[line.grade].split()))
        if line.grade is Grade.SCHEMATIC:
            sheet.box(box, Pen(fill=SOFT, opacity=0.06, hatch="#A0A0A0"), _Z)
            sheet.box(box, pen, _Z + 0.1)
        else:
            level = box.middle[1]
            sheet.line([(box.left, level), (box.right, level)], pen, _Z)
    elif line.cell or line.blank:
        sheet.box(box, Pen(fill=line.cell) if line.cell else backdrop.BLANK, _Z)
        sheet.box(box, Pen("#C4C4C4", 0.8), _Z + 0.1)
    else:
        ring = shapely.box(box.left, box.bottom, box.right, box.top)
        if line.chosen:
            paint.chosen(sheet, [ring], palette)
        else:
            paint.sketched(sheet, ring, line.drawn)


def _sample_part(sheet: Sheet, part: Part, box: Box) -> None:
    x, y = box.middle
    shape = {
        0: shapely.Point(x, y),
        1: shapely.LineString([(box.left, y), (box.right, y)]),
        2: shapely.box(box.left, box.bottom, box.right, box.top),
    }[part.dimension]
    paint.paint(sheet, [replace(part, shapes=np.array([shape], dtype=object))])
    if part.dimension == 2 and part.letter:
        look = Letters(9, paint.readable(part.ink))
        sheet.text((x - sheet.wide(part.letter, look) / 2, y), part.letter, look, _Z)
    if part.dimension == 2 and not part.style.width and not part.tinted:
        sheet.box(box, Pen("#C4C4C4", 0.8), _Z)
