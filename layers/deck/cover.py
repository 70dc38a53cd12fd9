"""Cover and closing: the meeting named, and the zone drawn as shapes that can be edited."""

from typing import Any

import numpy as np
import shapely
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.util import Pt

from geo import measure
from layers.brief.values import Slide
from layers.deck import fit, look, theme
from layers.deck.fit import Type
from layers.deck.leaf import Deck, Leaf, Style
from layers.deck.look import Room

_COARSE_M = 120.0  # finer than what can be seen at this size
_ONE_LINE = (44.0, 40.0, 38.0, 36.0, 34.0, 32.0)
_BULLETS = fit.types(24.0, look.LEAST, Type(24.0, after=4.0, indent=9.0))
_LEAST = _BULLETS[-1]


def first(deck: Deck, slide: Slide) -> None:
    """The title slide."""
    leaf = deck.begin(theme.COVER, slide)
    title, lead = slide.title.say(deck.english), slide.lead.say(deck.english)
    room = look.COVER_TITLE
    type_ = _head(deck, title, room)
    high = fit.high(deck.fonts, [title], room.width, type_) + 2
    leaf.body(0, [title], room.upper(high), type_)
    if lead:
        place = Room(room.left, room.top + high + 5, room.width, 28)
        leaf.body(1, [lead], place, _lead(deck, lead, place))
    facts = _facts(deck)
    leaf.body(theme.BODY_IDX, facts, look.COVER_FACTS, Type(18.0, after=1.0))
    _zone(leaf)
    leaf.drop_empty()


def last(deck: Deck, slide: Slide) -> None:
    """The closing slide: words and points, the rest of it on further slides of their own."""
    leaf = deck.begin(theme.CLOSING, slide)
    title = slide.title.say(deck.english)
    leaf.body(0, [title], look.CLOSE_TITLE, _head(deck, title, look.CLOSE_TITLE))
    room, lead = look.CLOSE_TEXT, slide.lead.say(deck.english)
    texts = [one.say(deck.english) for one in slide.lines]
    if lead:
        high = fit.high(deck.fonts, [lead], room.width, Type(20.0))
        leaf.box([lead], room.upper(high), Type(20.0), Style("soft"))
        room = room.below(high + 6)
    type_ = fit.largest(deck.fonts, texts, (room.width, room.height), _BULLETS)
    found = [texts] if type_ else fit.pages(deck.fonts, texts, (room.width, room.height), _LEAST)
    for number, points in enumerate(found):
        if number:
            leaf.drop_empty()
            leaf, room = deck.begin(theme.TEXT, slide, (number + 1, len(found))), look.BODY_ROOM
        if points:
            leaf.body(theme.BODY_IDX, points, room, type_ or _LEAST)
    leaf.drop_empty()


def _head(deck: Deck, text: str, room: Room) -> Type:
    """One large line if it can be, else as large as the room lets it."""
    one = (Type(size, True) for size in _ONE_LINE)
    for type_ in one:
        if len(fit.lines(deck.fonts, text, room.width, type_)) == 1:
            return type_
    types = fit.types(36.0, 24.0, Type(36.0, True))
    return fit.largest(deck.fonts, [text], (room.width, room.height), types) or types[-1]


def _lead(deck: Deck, text: str, room: Room) -> Type:
    types = fit.types(22.0, look.LEAST, Type(22.0))
    return fit.largest(deck.fonts, [text], (room.width, room.height), types) or types[-1]


def _facts(deck: Deck) -> list[str]:
    """When, as of which day and version, by whom."""
    brief, known = deck.brief, deck.brief.occasion
    dot = deck.say("dot")
    return [
        dot.join((deck.say("meeting", number=known.number),
                  deck.say("held", day=known.held.isoformat()))),
        dot.join((deck.say("as_of", day=known.as_of.isoformat()),
                  deck.say("version", version=known.version))),
        *([deck.say("maker", maker=brief.maker)] if brief.maker else []),
        *([deck.say("approval", approval=brief.approval)] if brief.approval else []),
    ]  # fmt: skip


def _zone(leaf: Leaf) -> None:
    """The towns of the zone, or the zone alone, in pale; nothing where neither is held."""
    sets = leaf.deck.brief.sets
    known = sets.get("unit") or sets.get("zone")
    if known is None:
        return
    given = np.asarray(known.table.geometry.array)
    planes = measure.to_planes(given[~(shapely.is_missing(given) | shapely.is_empty(given))])
    if not len(planes):
        return
    simple = shapely.coverage_simplify(planes, _COARSE_M)
    west, south, east, north = shapely.total_bounds(simple)
    room = look.COVER_MAP
    scale = min(room.width / (east - west), room.height / (north - south))
    left = room.left + (room.width - (east - west) * scale) / 2
    top = room.top + (room.height - (north - south) * scale) / 2
    move = np.array([[left, top]])
    text = leaf.deck.say("outline")
    group = leaf.made.shapes.add_group_shape()
    group.name = text
    group._element.nvGrpSpPr.cNvPr.set("descr", text)
    for part in shapely.get_parts(simple):
        xy = shapely.get_coordinates(shapely.get_exterior_ring(part))
        _outline(group.shapes, (xy - [west, north]) * [scale, -scale] + move)
    place = Room(room.left, room.bottom + 4, room.width, 6)
    leaf.box([text], place, Type(look.SMALL), Style("soft", "middle"))


def _outline(shapes: Any, mm: np.ndarray) -> None:
    points = [(look.emu(float(x)), look.emu(float(y))) for x, y in mm]
    builder = shapes.build_freeform(*points[0])
    builder.add_line_segments(points[1:], close=True)
    shape = builder.convert_to_shape()
    shape.fill.solid()
    shape.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1
    shape.fill.fore_color.brightness = 0.82
    shape.line.color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
    shape.line.width = Pt(2)
