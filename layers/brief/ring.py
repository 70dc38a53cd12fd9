"""A doughnut: parts of a whole as pieces of a ring, each named beside with value and share."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.path import Path

from geo.units import half_up, parts_to_total
from layers.brief.words import say
from layers.picture.paint import mixed
from layers.picture.paper import Box
from layers.picture.sheet import SOFT, Letters, Pen, Sheet

_ROW, _TOTAL = Letters(13), Letters(24, heavy=True)
_HOLE = 0.58  # of the radius
_FINE = math.radians(1.5)


@dataclass(frozen=True, slots=True)
class Slice:
    """One part; `value` None where nothing is known."""

    name: str
    value: float | None
    ink: str


def draw(sheet: Sheet, parts: Sequence[Slice], room: Box, *, english: bool) -> None:
    """The ring at the left, its parts as rows at the right, the whole in the middle."""
    radius = min(room.height / 2, room.width * 0.22)
    middle = (room.left + radius + sheet.px(4), room.bottom + room.height / 2)
    total = sum(one.value or 0.0 for one in parts)
    start = math.pi / 2
    for number, one in enumerate(parts):
        turn = 2 * math.pi * (one.value or 0.0) / total if total else 0.0
        if turn:
            path = _piece(middle, radius, start, start - turn)
            sheet.paths([path], _pen(one, number), 3)
        start -= turn
    text = f"{half_up(total, 2):,f}".rstrip("0").rstrip(".") if total else say("no_data", english)
    look = _TOTAL if total else Letters(15, SOFT)
    sheet.text((middle[0] - sheet.wide(text, look) / 2, middle[1]), text, look, 5)
    _rows(sheet, parts, Box(middle[0] + radius + sheet.px(22), room.bottom, room.right, room.top),
          english=english)  # fmt: skip


def _rows(sheet: Sheet, parts: Sequence[Slice], room: Box, *, english: bool) -> None:
    shares = parts_to_total(_percents(parts), 0)
    side, step = sheet.px(13), sheet.step(_ROW)
    lines = [sheet.lines(one.name, _ROW, room.width * 0.62 - side) for one in parts]
    high = sum(len(one) for one in lines) * step + (len(parts) - 1) * sheet.px(6)
    y = room.bottom + room.height / 2 + high / 2
    for number, (one, share, names) in enumerate(zip(parts, shares, lines, strict=True)):
        level = y - step / 2
        box = Box(room.left, level - side / 2, room.left + side, level + side / 2)
        sheet.box(box, _pen(one, number), 3)
        for i, name in enumerate(names):
            sheet.text((box.right + sheet.px(7), level - i * step), name, _ROW, 5)
        told = say("no_data", english)
        if one.value is not None:
            told = f"{half_up(one.value, 2):,f}".rstrip("0").rstrip(".") + f"  {share}%"
        right = Letters(_ROW.size, heavy=one.value is not None)
        sheet.text((room.right - sheet.wide(told, right), level), told, right, 5)
        y -= len(names) * step + sheet.px(6)


def _pen(one: Slice, number: int) -> Pen:
    """Every second part has a hatch, as series have."""
    hatch = mixed(one.ink, "#FFFFFF", 0.45) if number % 2 else ""
    return Pen("#FFFFFF", 2.0, fill=one.ink, hatch=hatch)


def _percents(parts: Sequence[Slice]) -> list[float]:
    total = sum(one.value or 0.0 for one in parts)
    return [100 * (one.value or 0.0) / total if total else 0.0 for one in parts]


def _piece(middle: tuple[float, float], radius: float, start: float, end: float) -> Path:
    """A piece of the ring between two angles, as a closed path."""
    steps = max(math.ceil(abs(end - start) / _FINE), 2)
    turn = np.linspace(start, end, steps)
    way = np.column_stack([np.cos(turn), np.sin(turn)])
    around = np.vstack([way * radius, way[::-1] * radius * _HOLE]) + middle
    return Path(np.vstack([around, around[:1]]), closed=True)
