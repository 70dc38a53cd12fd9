"""Charts of a meeting as pictures, for writers that have no charts of their own.

Light ground, our fonts, the same bytes each run. Every value is written at its mark, and every
second series is hatched or dashed, so that nothing rests on colour. What is not known is a gap
with the words 无数据.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from geo.units import half_up
from layers import picture
from layers.brief import ring
from layers.brief.ink import of_chart
from layers.brief.values import Chart, ChartKind
from layers.brief.words import say
from layers.picture import FontBook, Kind, Layout, Page
from layers.picture.paint import mixed
from layers.picture.paper import Box
from layers.picture.sheet import INK, SOFT, Letters, Pen, Sheet, circle
from layers.style import Palette

_TITLE, _SMALL, _VALUE = Letters(15, heavy=True), Letters(12), Letters(12)
_LINE, _BASE = Pen("#E3E8ED", 0.8), Pen("#8A94A0", 1.0)
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_DASHES: Sequence[tuple[float, ...]] = ((), (7, 4), (2, 3), (9, 3, 2, 3))


def page(width: float = 150, height: float = 90) -> Page:
    """A piece of paper of a chart, in mm."""
    return Page("chart", "chart", width, height, 0.3, 2.0, Layout.BARE)


def draw(  # noqa: PLR0913 - what every writer may choose, each by its name
    chart: Chart,
    fonts: FontBook,
    paper: Page,
    *,
    kind: Kind = Kind.SVG,
    english: bool = False,
    palette: Palette = Palette.STANDARD,
) -> bytes:
    """A chart as a file; raises `SettingError` FONT_MISSING."""
    sheet = Sheet(paper, fonts)
    made = Plot(sheet, chart, of_chart(chart, palette), english)
    room = Box(0, 0, paper.width, paper.height).grown(-paper.margin)
    room = _heading(made, room)
    if chart.kind is ChartKind.DOUGHNUT:
        ring.draw(made.sheet, made.slices(), room, english=english)
    else:
        _plot(made, _legend(made, room))
    return picture.saved(sheet, kind)


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart being drawn, with the colour of every value."""

    sheet: Sheet
    chart: Chart
    inks: Sequence[Sequence[str]]
    english: bool

    def slices(self) -> list[ring.Slice]:
        """The parts of a doughnut."""
        (one,) = self.chart.series
        rows = zip(self.chart.categories, one.values, self.inks[0], strict=True)
        return [ring.Slice(name.say(self.english), value, ink) for name, value, ink in rows]

    @property
    def top(self) -> float:
        """The highest value drawn, at least 1."""
        known = [[v or 0.0 for v in one.values] for one in self.chart.series]
        if self.chart.kind is ChartKind.STACKED:
            sums: list[float] = [
                sum(v for v in column if v > 0) for column in zip(*known, strict=True)
            ]
            return max(*sums, 1.0)
        return max(*(v for one in known for v in one), 1.0)

    @property
    def low(self) -> float:
        """The lowest value drawn, at most 0."""
        return min(0.0, *(v or 0.0 for one in self.chart.series for v in one.values))


@dataclass(frozen=True, slots=True)
class Scale:
    """Values as mm up the page."""

    box: Box
    low: float
    high: float
    step: float

    def at(self, value: float) -> float:
        """Where a value is."""
        return self.box.bottom + (value - self.low) / (self.high - self.low) * self.box.height


def written(value: float | None, english: bool) -> str:
    """A value as it stands at its mark: at most two decimals, thousands apart."""
    if value is None:
        return say("no_data", english)
    text = f"{half_up(value, 2):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _heading(made: Plot, room: Box) -> Box:
    sheet, chart = made.sheet, made.chart
    y = room.top
    for line in sheet.lines(chart.title.say(made.english), _TITLE, room.width):
        sheet.text((room.left, y - sheet.step(_TITLE) / 2), line, _TITLE, 5)
        y -= sheet.step(_TITLE)
    unit = chart.unit.say(made.english)
    if unit:
        soft = Letters(_SMALL.size, SOFT)
        said = say("unit", made.english, unit=unit)
        sheet.text((room.left, y - sheet.step(soft) / 2), said, soft, 5)
        y -= sheet.step(soft)
    return Box(room.left, room.bottom, room.right, y - sheet.px(6))


def _legend(made: Plot, room: Box) -> Box:
    """One row, or more, of what the colours mean; nothing for a single series."""
    sheet = made.sheet
    if len(made.chart.series) < 2:
        return room
    x, y = room.left, room.top - sheet.step(_SMALL) / 2
    side = sheet.px(12)
    for number, one in enumerate(made.chart.series):
        name = one.name.say(made.english)
        wide = side + sheet.px(6) + sheet.wide(name, _SMALL) + sheet.px(20)
        if x > room.left and x + wide > room.right:
            x, y = room.left, y - sheet.step(_SMALL)
        sample = Box(x, y - side / 2, x + side, y + side / 2)
        if made.chart.kind is ChartKind.LINE:
            ends = [(x - side * 0.2, y), (x + side * 1.2, y)]
            sheet.line(ends, Pen(made.inks[number][0], 2.6, _DASHES[number % 4]), 5)
            x += side * 0.4
        else:
            sheet.box(sample, _pen(made.inks[number][0], number), 5)
        sheet.text((x + side + sheet.px(6), y), name, _SMALL, 5)
        x += wide
    return Box(room.left, room.bottom, room.right, y - sheet.step(_SMALL))


def _pen(ink: str, number: int) -> Pen:
    """Every second series has a hatch."""
    hatch = mixed(ink, "#FFFFFF", 0.55) if number % 2 else ""
    return Pen(mixed(ink, "#000000", 0.35), 0.6, fill=ink, hatch=hatch)


def _plot(made: Plot, room: Box) -> None:
    scale = _scaled(made, room)
    slot = scale.box.width / len(made.chart.categories)
    for number in range(round((scale.high - scale.low) / scale.step) + 1):
        value = scale.low + number * scale.step
        y, text = scale.at(value), written(value, made.english)
        made.sheet.line([(scale.box.left, y), (scale.box.right, y)], _LINE, 1)
        soft = Letters(11, SOFT)
        left = scale.box.left - made.sheet.px(6) - made.sheet.wide(text, soft)
        made.sheet.text((left, y), text, soft, 5)
    ends = [(scale.box.left, scale.at(0)), (scale.box.right, scale.at(0))]
    made.sheet.line(ends, _BASE, 4)
    _names(made, scale, slot)
    {ChartKind.LINE: _lines, ChartKind.STACKED: _stacks}.get(made.chart.kind, _bars)(
        made, scale, slot
    )


def _scaled(made: Plot, room: Box) -> Scale:
    """Round steps, about five; room for figures at the left and names below."""
    sheet = made.sheet
    span = made.top - made.low
    power = 10.0 ** math.floor(math.log10(span / 5))
    step = next(s * power for s in _STEPS if s * power >= span / 5)
    low, high = math.floor(made.low / step) * step, math.ceil(made.top / step) * step
    texts = [written(v, made.english) for v in (low, high, high - step)]
    left = room.left + max(sheet.wide(t, _SMALL) for t in texts) + sheet.px(8)
    slot = (room.right - left) / len(made.chart.categories)
    rows = max(len(_broken(made, c, slot)) for c in range(len(made.chart.categories)))
    bottom = room.bottom + rows * sheet.step(_SMALL) + sheet.px(6)
    return Scale(Box(left, bottom, room.right, room.top - sheet.px(14)), low, high, step)


def _broken(made: Plot, number: int, slot: float) -> list[str]:
    name = made.chart.categories[number].say(made.english)
    return made.sheet.lines(name, _SMALL, slot * 0.94)


def _names(made: Plot, scale: Scale, slot: float) -> None:
    sheet = made.sheet
    for number in range(len(made.chart.categories)):
        y = scale.box.bottom - sheet.px(6) - sheet.step(_SMALL) / 2
        for line in _broken(made, number, slot):
            _centred(made, scale.box.left + (number + 0.5) * slot, y, line, _SMALL)
            y -= sheet.step(_SMALL)


def _centred(made: Plot, x: float, y: float, text: str, look: Letters) -> None:
    made.sheet.text((x - made.sheet.wide(text, look) / 2, y), text, look, 6)


def _bars(made: Plot, scale: Scale, slot: float) -> None:
    many = len(made.chart.series)
    wide = min(slot * 0.8 / many, made.sheet.px(64))
    for number, one in enumerate(made.chart.series):
        for at, value in enumerate(one.values):
            middle = scale.box.left + (at + 0.5) * slot + (number - (many - 1) / 2) * wide
            if value is not None:
                low, high = sorted((scale.at(0), scale.at(value)))
                bar = Box(middle - wide * 0.44, low, middle + wide * 0.44, high)
                made.sheet.box(bar, _pen(made.inks[number][at], number), 3)
            _value(made, middle, scale.at(max(value or 0.0, 0.0)), value, wide)


def _value(made: Plot, x: float, y: float, value: float | None, wide: float) -> None:
    """A value over its mark: turned up where it is wider than its bar."""
    sheet, text = made.sheet, written(value, made.english)
    look = _VALUE if value is not None else Letters(11, SOFT)
    if sheet.wide(text, look) <= wide * 1.1:
        _centred(made, x, y + sheet.px(8), text, look)
    else:
        sheet.text((x, y + sheet.px(3)), text, Letters(11, look.color, turned=90), 6)


def _stacks(made: Plot, scale: Scale, slot: float) -> None:
    wide = min(slot * 0.62, made.sheet.px(90))
    for at in range(len(made.chart.categories)):
        middle, base = scale.box.left + (at + 0.5) * slot, 0.0
        values = [one.values[at] for one in made.chart.series]
        for number, value in enumerate(values):
            if not value:
                continue
            box = Box(middle - wide / 2, scale.at(base), middle + wide / 2, scale.at(base + value))
            made.sheet.box(box, _pen(made.inks[number][at], number), 3)
            base += value
            text = written(value, made.english)
            if box.height > made.sheet.px(15) and made.sheet.wide(text, _VALUE) < wide * 0.9:
                plate = box.middle[0] - made.sheet.wide(text, _VALUE) / 2
                look = Letters(_VALUE.size, INK, halo=3.0)
                made.sheet.text((plate, box.middle[1]), text, look, 6)
        told = base if any(value is not None for value in values) else None
        _value(made, middle, scale.at(base), told, slot)


def _lines(made: Plot, scale: Scale, slot: float) -> None:
    for number, one in enumerate(made.chart.series):
        ink, run = made.inks[number][0], list[tuple[float, float]]()
        for at, value in enumerate([*one.values, None]):
            if value is not None:
                run.append((scale.box.left + (at + 0.5) * slot, scale.at(value)))
                continue
            if len(run) > 1:
                made.sheet.line(run, Pen(ink, 2.6, _DASHES[number % 4]), 3)
            for x, y in run:
                dot = circle((x, y), made.sheet.px(3.6))
                made.sheet.paths([dot], Pen("#FFFFFF", 1.2, fill=ink), 4)
            run = []
        _last(made, scale, slot, number)


def _last(made: Plot, scale: Scale, slot: float, number: int) -> None:
    """The last value known of a line is written at it."""
    known = [(at, v) for at, v in enumerate(made.chart.series[number].values) if v is not None]
    if known:
        at, value = known[-1]
        look = Letters(_VALUE.size, INK, heavy=True, halo=3.0)
        y = scale.at(value) + made.sheet.px(11 if number % 2 == 0 else -11)
        _centred(made, scale.box.left + (at + 0.5) * slot, y, written(value, made.english), look)
