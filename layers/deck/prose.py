"""Slides of words: points at the left, a chart below or a map beside them where there are any."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from layers.brief.values import Chart, Slide
from layers.deck import fit, look, plate, plot, theme
from layers.deck.fit import Type
from layers.deck.frame import Frame, Part, Plan
from layers.deck.look import GAP, Room
from layers.picture import Layout

_LINES = fit.types(24.0, look.LEAST, Type(24.0, after=3.5, indent=7.0))
_COLUMN, _WIDER = 132.0, 150.0  # mm of the left column: of words, and where it holds a chart
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
    mapped: bool = False


def plans(frame: Frame) -> tuple[list[Plan], Slide]:
    """Slides of words, and the slide of the brief with what is still to be shown."""
    slide = frame.slide
    mapped = _mapped(frame)
    chart = slide.chart
    texts = [one.say(frame.deck.english) for one in slide.lines]
    if not (texts or chart or mapped or slide.lead.zh):
        return [], slide
    found = _spread(frame, texts, chart, mapped)
    if found.points.more and chart and mapped:  # then the chart gets a slide of its own
        found, chart = _spread(frame, texts, None, mapped), None
    left = replace(slide, lines=(), chart=None if chart else slide.chart,
                   look=None if mapped else slide.look)  # fmt: skip
    return [_first(found), *(_further(found, one) for one in found.points.more)], left


def _mapped(frame: Frame) -> bool:
    """Whether the map stands on the slide of words: one map, whose legend fits."""
    slide = frame.slide
    if slide.look is None or plate.panels(frame.deck, slide):
        return False
    return plate.fits(frame.deck, slide, _right(frame, frame.room()))


def _right(frame: Frame, room: Room) -> Room:
    """Where the map stands: at the right, or all over if it is alone."""
    slide = frame.slide
    if not slide.lines and not slide.chart:
        return room
    return room.beside((_WIDER if slide.chart else _COLUMN) + GAP)


def _spread(frame: Frame, texts: Sequence[str], chart: Chart | None, mapped: bool) -> Spread:
    room = frame.room()
    wide = room.width
    if mapped or chart:
        wide = _WIDER if mapped and frame.slide.chart else _COLUMN
    high = room.height - (_LOW + GAP if mapped and chart and texts else 0)
    return Spread(frame, _points(frame, texts, (wide, high)), wide, chart, mapped)


def _points(frame: Frame, texts: Sequence[str], room: tuple[float, float]) -> Set:
    fonts = frame.deck.fonts
    type_ = fit.largest(fonts, texts, room, _LINES)
    if type_:
        return Set(tuple(texts), (), type_)
    least = _LINES[-1]
    first, *more = [tuple(one) for one in fit.pages(fonts, texts, room, least)]
    return Set(first, tuple(more), least)


def _first(found: Spread) -> Plan:
    frame, points = found.frame, found.points
    deck, slide = frame.deck, frame.slide

    def draw(part: Part) -> None:
        leaf, room = frame.open(theme.TEXT, part), frame.room(part)
        left, used = room.lefthand(found.width), 0.0
        if points.first:
            used = fit.high(deck.fonts, points.first, found.width, points.type)
            leaf.body(theme.BODY_IDX, points.first, left.upper(used + 1), points.type)
        if found.mapped:
            place = _right(frame, room)
            plate.put(leaf, plate.whole(deck, slide, place, Layout.BARE), place)
        if found.chart:
            place = left.below(used + GAP if used else 0)
            if not found.mapped:
                place = room.beside(found.width + GAP) if points.first else room
            plot.put(leaf, found.chart, place)
        leaf.drop_empty()

    return draw


def _further(found: Spread, texts: Sequence[str]) -> Plan:
    frame = found.frame

    def draw(part: Part) -> None:
        leaf = frame.open(theme.TEXT, part)
        leaf.body(theme.BODY_IDX, texts, frame.room(part), found.points.type)
        leaf.drop_empty()

    return draw
