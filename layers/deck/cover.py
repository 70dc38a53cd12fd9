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
_BULLETS = fit.types(24.0, look.LEAST, Type(24.0, after=4.0, indent=7.0))


def first(deck: Deck, slide: Slide) -> None:
    """The title slide."""
    leaf = deck.open(theme.COVER, slide)
    title, lead = slide.title.say(deck.english), slide.lead.say(deck.english)
    room = look.COVER_TITLE
    types = fit.types(40.0, 26.0, Type(40.0, True))
    type_ = fit.largest(deck.fonts, [title], (room.width, room.height), types) or types[-1]
    _filled(leaf, 0, [title], room.upper(fit.high(deck.fonts, [title], room.width, type_)), type_)
    down = room.top + fit.high(deck.fonts, [title], room.width, type_) + 7
    if lead:
        _filled(leaf, 1, [lead], Room(room.left, down, room.width, 28), _lead(deck, lead, room))
    facts = _facts(deck)
    leaf.body(theme.BODY_IDX, facts, look.COVER_FACTS, Type(18.0, after=1.0))
    _zone(leaf)
    leaf.drop_empty()


def last(deck: Deck, slide: Slide) -> None:
    """The closing slide: words and points, the rest of it on further slides of their own."""
    leaf = deck.open(theme.CLOSING, slide)
    _filled(leaf, 0, [slide.title.say(deck.english)], look.CLOSE_TITLE, Type(36.0, True))
    room, lead = look.CLOSE_TEXT, slide.lead.say(deck.english)
    texts = [one.say(deck.english) for one in slide.lines]
    if lead:
        high = fit.high(deck.fonts, [lead], room.width, Type(20.0))
        leaf.box([lead], room.upper(high), Type(20.0), Style("soft"))
        room = room.below(high + 6)
    if texts:
        type_ = fit.largest(deck.fonts, texts, (room.width, room.height), _BULLETS)
        leaf.body(theme.BODY_IDX, texts, room, type_ or _BULLETS[-1])
    leaf.drop_empty()


def _lead(deck: Deck, text: str, room: Room) -> Type:
    types = fit.types(22.0, look.LEAST, Type(22.0))
    return fit.largest(deck.fonts, [text], (room.width, 28), types) or types[-1]


def _filled(leaf: Leaf, idx: int, texts: list[str], room: Room, type_: Type) -> None:
    leaf.body(idx, texts, room, type_)


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
    for shape in simple:
        for part in shapely.get_parts(shape):
            xy = shapely.get_coordinates(shapely.get_exterior_ring(part))
            _outline(leaf, (xy - [west, north]) * [scale, -scale] + move)
    text = leaf.deck.say("outline")
    place = Room(room.left, room.bottom + 4, room.width, 6)
    leaf.box([text], place, Type(look.SMALL), Style("soft", "middle"))


def _outline(leaf: Leaf, mm: np.ndarray) -> Any:
    points = [(look.emu(float(x)), look.emu(float(y))) for x, y in mm]
    builder = leaf.made.shapes.build_freeform(*points[0])
    builder.add_line_segments(points[1:], close=True)
    shape = builder.convert_to_shape()
    shape.name = leaf.deck.say("outline")
    shape.fill.solid()
    shape.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1
    shape.fill.fore_color.brightness = 0.82
    shape.line.color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
    shape.line.width = Pt(2)
    return shape
