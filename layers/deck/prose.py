"""Slides of words: points at the left, a chart below or a map beside them where there are any."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from layers.brief.values import Chart, Slide
from layers.deck import fit, look, numbers, plate, plot, theme
from layers.deck.fit import Type
from layers.deck.frame import Frame, Part, Plan
from layers.deck.look import GAP, Room
from layers.picture import Layout

_LINES = fit.types(24.0, look.LEAST, Type(24.0, after=3.5, indent=9.0))
_ALONE = [Type(28.0, after=7.0, indent=9.0), Type(26.0, after=5.0, indent=9.0)]
_COLUMN, _WIDER = 132.0, 150.0  # mm of the left column: of words, and where it holds a chart
_IN_A_ROW, _CARDS = 4, 52.0  # cards beside each other, and mm of their height at least
_LOW = 66.0  # mm of a chart at least


@dataclass(frozen=True, slots=True)
class Set:
    """Points as they are set: on the first slide, and on further ones."""

    first: tuple[str, ...]
    more: tuple[tuple[str, ...], ...]
    type: Type


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """What stands on the first slide: points, a chart under or beside them, a map at the right."""

    frame: Frame
    points: Set
    width: float
    chart: Chart | None = None
    map: bytes | None = None


def plans(frame: Frame) -> tuple[list[Plan], Slide]:
    """Slides of words, and the slide of the brief with what is still to be shown."""
    slide, chart = frame.slide, frame.slide.chart
    picture = _map(frame)
    texts = [one.say(frame.deck.english) for one in slide.lines]
    if not (texts or chart or picture or slide.lead.zh):
        return [], slide
    found = _spread(frame, texts, chart, picture)
    if found.points.more and chart and picture:  # then the chart gets a slide of its own
        found, chart = _spread(frame, texts, None, picture), None
    left = replace(slide, lines=(), chart=None if chart else slide.chart,
                   look=None if picture else slide.look)  # fmt: skip
    return [_first(found), *(_further(found, one) for one in found.points.more)], left


def with_numbers(frame: Frame) -> Plan | None:
    """Points with a row of cards below on one slide, if both can be read there."""
    slide, deck = frame.slide, frame.deck
    room, texts = frame.room(), [one.say(deck.english) for one in slide.lines]
    if slide.chart or not 0 < len(slide.numbers) <= _IN_A_ROW:
        return None
    high = room.height - _CARDS - GAP
    points = _points(frame, texts, (room.width, high), alone=False)
    if points.more:
        return None
    used = fit.high(deck.fonts, points.first, room.width, points.type) if texts else -GAP

    def draw(part: Part) -> None:
        leaf = frame.begin(theme.TEXT, part)
        if texts:
            leaf.body(theme.BODY_IDX, points.first, room.upper(used + 2), points.type)
        numbers.put(leaf, slide.numbers, room.below(used + GAP))
        leaf.drop_empty()

    return draw


def _map(frame: Frame) -> bytes | None:
    """The map of a slide of words: one map, whose legend fits beside them."""
    slide = frame.slide
    if slide.look is None or plate.panels(frame.deck, slide):
        return None
    return plate.drawn(frame.deck, slide, _right(frame), Layout.BARE)


def _right(frame: Frame) -> Room:
    """Where the map stands: at the right, or all over if it is alone."""
    slide, room = frame.slide, frame.room()
    if not slide.lines and not slide.chart:
        return room
    return room.beside((_WIDER if slide.chart else _COLUMN) + GAP)


def _spread(
    frame: Frame, texts: Sequence[str], chart: Chart | None, picture: bytes | None
) -> Spread:
    room = frame.room()
    wide = room.width
    if picture or chart:
        wide = _WIDER if picture and frame.slide.chart else _COLUMN
    high = room.height - (_LOW + GAP if picture and chart and texts else 0)
    points = _points(frame, texts, (wide, high), alone=not (picture or chart))
    return Spread(frame, points, wide, chart, picture)


def _points(frame: Frame, texts: Sequence[str], room: tuple[float, float], *, alone: bool) -> Set:
    """Points as large as they fit; those that do not at the least size go on further slides."""
    fonts = frame.deck.fonts
    type_ = fit.largest(fonts, texts, room, [*(_ALONE if alone else []), *_LINES])
    if type_:
        return Set(tuple(texts), (), type_)
    least = _LINES[-1]
    first, *more = [tuple(one) for one in fit.pages(fonts, texts, room, least)]
    return Set(first, tuple(more), least)


def _first(found: Spread) -> Plan:
    frame, points = found.frame, found.points
    deck = frame.deck

    def draw(part: Part) -> None:
        leaf, room = frame.begin(theme.TEXT, part), frame.room(part)
        left, used = room.lefthand(found.width), 0.0
        if points.first:
            used = fit.high(deck.fonts, points.first, found.width, points.type)
            leaf.body(theme.BODY_IDX, points.first, left.upper(used + 2), points.type)
        if found.map:
            plate.put(leaf, found.map, _right(frame))
        if found.chart:
            place = left.below(used + GAP if used else 0)
            if not found.map:
                place = room.beside(found.width + GAP) if points.first else room
            plot.put(leaf, found.chart, place)
        leaf.drop_empty()

    return draw


def _further(found: Spread, texts: Sequence[str]) -> Plan:
    frame = found.frame

    def draw(part: Part) -> None:
        leaf = frame.begin(theme.TEXT, part)
        leaf.body(theme.BODY_IDX, texts, frame.room(part), found.points.type)
        leaf.drop_empty()

    return draw
