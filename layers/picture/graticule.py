"""The net over the map: meridians and parallels, or the kilometres of the plane, labelled."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from geo import measure
from layers.picture.frame import Frame
from layers.picture.sheet import SOFT, Letters, Pen, Sheet
from layers.picture.values import Grid

_MINUTES = (600, 300, 120, 60, 30, 20, 15, 10, 5, 3, 2, 1, 0.5, 1 / 3, 0.25, 1 / 6, 1 / 12, 1 / 60)
_METRES = (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10)
_FEWEST = 3  # lines each way
LETTERS = Letters(8.5, SOFT)
_Z, _LABEL_Z = 26.0, 80.0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the net in mm, and what is written at its ends."""

    points: np.ndarray
    label: str
    upright: bool  # runs north to south


def room(sheet: Sheet, grid: Grid) -> float:
    """Mm that the labels need around the frame."""
    return 0.0 if grid is Grid.NONE else sheet.px(LETTERS.size) * 1.5


def draw(sheet: Sheet, frame: Frame, grid: Grid, *, english: bool) -> None:
    """Thin lines over the fills, and their values outside the frame."""
    lines = {Grid.NONE: _none, Grid.DEGREE: _degrees, Grid.KM: _kilometres}[grid]
    box = frame.box
    inner = shapely.box(box.left, box.bottom, box.right, box.top)
    for line in lines(frame, english=english):
        sheet.clip(box)
        sheet.line(line.points, Pen("#8C8C8C", 0.45), _Z)
        sheet.clip(None)
        cut = shapely.intersection(shapely.LineString(line.points), inner)
        if not cut.is_empty:
            _label(sheet, frame, line, shapely.get_coordinates(cut))


def _label(sheet: Sheet, frame: Frame, line: Line, ends: np.ndarray) -> None:
    box, gap = frame.box, sheet.px(LETTERS.size) * 0.78
    wide = sheet.wide(line.label, LETTERS)
    for x, y in (ends[0], ends[-1]):
        tick = sheet.px(3.5)
        if line.upright and box.left + wide / 2 < x < box.right - wide / 2:
            away = -1 if abs(y - box.bottom) < 0.5 else 1
            sheet.text((x - wide / 2, y + away * gap), line.label, LETTERS, _LABEL_Z)
            sheet.line([(x, y), (x, y - away * tick)], Pen(SOFT, 0.8), 75)
        elif not line.upright and box.bottom + wide / 2 < y < box.top - wide / 2:
            away = -1 if abs(x - box.left) < 0.5 else 1
            turned = Letters(LETTERS.size, SOFT, turned=90)
            sheet.text((x + away * gap, y - wide / 2), line.label, turned, _LABEL_Z)
            sheet.line([(x, y), (x - away * tick, y)], Pen(SOFT, 0.8), 75)


def _none(_frame: Frame, *, english: bool) -> Iterator[Line]:
    yield from ()


def _degrees(frame: Frame, *, english: bool) -> Iterator[Line]:
    west, south, east, north = frame.window
    step = _step(_MINUTES, min(east - west, (north - south) * 1.25) * 60)
    lons, lats = _multiples(west * 60, east * 60, step), _multiples(south * 60, north * 60, step)
    pad = step / 60
    for minute in lons:
        along = np.linspace(south - pad, north + pad, 17)
        points = np.column_stack([np.full(17, minute / 60), along])
        yield Line(_from_degrees(frame, points), _angle(minute, step, "E"), True)
    for minute in lats:
        along = np.linspace(west - pad, east + pad, 17)
        points = np.column_stack([along, np.full(17, minute / 60)])
        yield Line(_from_degrees(frame, points), _angle(minute, step, "N"), False)


def _kilometres(frame: Frame, *, english: bool) -> Iterator[Line]:
    box = frame.box
    (left, bottom), (right, top) = frame.on_plane(
        np.array([(box.left, box.bottom), (box.right, box.top)])
    )
    step = _step(_METRES, min(right - left, top - bottom))
    write: Callable[[float], str] = (
        (lambda m: f"{m / 1000:g} km")
        if step >= 1000
        else (lambda m: f"{m:,.0f}".replace(",", " "))
    )
    for east in _multiples(left, right, step):
        ends = np.array([(east, bottom), (east, top)])
        yield Line(frame.on_paper(ends), write(east), True)
    for north in _multiples(bottom, top, step):
        ends = np.array([(left, north), (right, north)])
        yield Line(frame.on_paper(ends), write(north), False)


def _from_degrees(frame: Frame, points: np.ndarray) -> np.ndarray:
    by = measure.transformer(4490, measure.PLANE)
    return frame.on_paper(np.column_stack(by.transform(points[:, 0], points[:, 1])))


def _step(steps: tuple[float, ...], span: float) -> float:
    """The widest step that still gives some lines across a span."""
    return next((one for one in steps if span / one >= _FEWEST), steps[-1])


def _multiples(low: float, high: float, step: float) -> list[float]:
    first, last = int(np.ceil(low / step)), int(np.floor(high / step))
    return [i * step for i in range(first, last + 1)]


def _angle(minutes: float, step: float, side: str) -> str:
    """Degrees, minutes and, where the net is fine, seconds."""
    seconds = round(minutes * 60)
    degree, rest = divmod(seconds, 3600)
    minute, second = divmod(rest, 60)
    fine = f"{second:02d}″" if step < 1 else ""
    return f"{degree}°{minute:02d}′{fine}{side}"
