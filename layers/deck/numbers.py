"""Big numbers as cards that can be edited, six or eight to a slide."""

from collections.abc import Iterator, Sequence

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Pt

from layers.brief.values import Number
from layers.deck import fit, look, theme
from layers.deck.fit import Type
from layers.deck.frame import Frame, Part, Plan
from layers.deck.leaf import Deck, Leaf, Style, lay
from layers.deck.look import Room

_GAP, _PAD, _BAR = 7.0, 7.0, 1.6
_HIGHEST = 66.0
_SIZES = (60.0, 54.0, 48.0, 42.0, 36.0, 30.0, 24.0, 20.0, 18.0)
_UNIT = 0.42  # of the size of the number
_NOTE = Type(18.0)
_LINES = 2  # of a label, of a note
_LABELS = fit.types(20.0, 18.0, Type(20.0))


def plans(frame: Frame) -> Iterator[Plan]:
    """Slides of cards: eight to a slide only where all their numbers fit into narrow ones."""
    found, deck = frame.slide.numbers, frame.deck
    wide = _inside(_places(8, frame.room())[0]).width
    narrow = all(
        _largest(deck, one.value, one.unit.say(deck.english), (wide, 99.0)) for one in found
    )
    most = 8 if len(found) in (7, 8) and narrow else 6
    for start in range(0, len(found), most):
        yield _plan(frame, found[start : start + most])


def _plan(frame: Frame, shown: Sequence[Number]) -> Plan:
    def draw(part: Part) -> None:
        leaf = frame.begin(theme.NUMBERS, part)
        put(leaf, shown, frame.room(part))
        leaf.drop_empty()

    return draw


def put(leaf: Leaf, shown: Sequence[Number], room: Room) -> None:
    """Cards in a room, their notes on one level."""
    places = _places(len(shown), room)
    low = max(_note_high(leaf.deck, number, places[0]) for number in shown)
    for number, place in zip(shown, places, strict=True):
        _card(leaf, number, place, low)


def _places(count: int, room: Room) -> list[Room]:
    columns = count if count <= 3 else 4 if count in (4, 7, 8) else 3
    rows = -(-count // columns)
    wide = (room.width - (columns - 1) * _GAP) / columns
    high = min((room.height - (rows - 1) * _GAP) / rows, _HIGHEST)
    return [
        Room(
            room.left + (i % columns) * (wide + _GAP),
            room.top + (i // columns) * (high + _GAP),
            wide,
            high,
        )
        for i in range(count)
    ]


def _note_high(deck: Deck, number: Number, room: Room) -> float:
    note, wide = number.note.say(deck.english), _inside(room).width
    return fit.high(deck.fonts, [_short(deck, note, wide)], wide, _NOTE) if note else 0.0


def _short(deck: Deck, text: str, wide: float) -> str:
    return fit.cut(deck.fonts, text, wide, _NOTE, 2)


def _inside(room: Room) -> Room:
    wide = room.width - 2 * _PAD - _BAR
    return Room(room.left + _PAD + _BAR, room.top + 4, wide, room.height - 8)


def _card(leaf: Leaf, number: Number, room: Room, low: float) -> None:
    """A pale ground with a bar in the accent; label, number with unit, note of `low` mm."""
    deck = leaf.deck
    label, unit, note = (one.say(deck.english) for one in (number.label, number.unit, number.note))
    for shape_room, ink in ((room, "ground"), (room.lefthand(_BAR), "bar")):
        shape = leaf.made.shapes.add_shape(MSO_SHAPE.RECTANGLE, *shape_room.emu)
        shape.name = label if ink == "ground" else f"{label} 标记"
        shape.fill.solid()
        pale, accent = MSO_THEME_COLOR.BACKGROUND_2, MSO_THEME_COLOR.ACCENT_1
        shape.fill.fore_color.theme_color = pale if ink == "ground" else accent
        shape.line.fill.background()
    _words(leaf, (label, number.value, unit, note), _inside(room), low)


def _words(leaf: Leaf, said: tuple[str, str, str, str], room: Room, low: float) -> None:
    """Label, number, note; words too long are shortened here and whole in the notes."""
    deck, wide = leaf.deck, room.width
    label, value, unit, note = said
    size = _largest(deck, value, unit, (wide, room.height))
    if not size:  # the unit has no room beside the number
        label, unit = f"{label} ({unit})" if deck.english else f"{label}（{unit}）", ""
    types = [one for one in _LABELS if len(fit.lines(deck.fonts, label, wide, one)) <= _LINES]
    type_ = types[0] if types else _LABELS[-1]
    shown = fit.cut(deck.fonts, label, wide, type_, _LINES)
    top = fit.high(deck.fonts, [shown], wide, type_)
    leaf.box([shown], room.upper(top), type_, Style("soft"))
    short = _short(deck, note, wide)
    if note:
        leaf.box([short], room.below(room.height - low), _NOTE, Style("soft"))
    if (shown, short) != (label, note):
        leaf.note(" ".join((label, value, unit, note)))
    middle = room.height - top - low
    size = _largest(deck, value, unit, (wide, middle)) or look.LEAST
    _value(leaf, value, unit, (room.below(top).upper(middle), size))


def _value(leaf: Leaf, value: str, unit: str, where: tuple[Room, float]) -> None:
    place, size = where
    frame = leaf.box([value], place, Type(size, True), Style("navy", anchor="middle"))
    if unit:
        paragraph = frame.text_frame.paragraphs[0]
        run = lay(paragraph, f" {unit}", Type(size, False), leaf.deck, Style("soft"))
        run.font.size = Pt(max(round(size * _UNIT), 18))


def _largest(deck: Deck, value: str, unit: str, room: tuple[float, float]) -> float:
    """The largest size of a number at which it and its unit fit a room; 0 where none does."""
    for size in _SIZES:
        type_ = Type(size, True)
        wide = fit.wide(deck.fonts, value, type_)
        if unit:
            wide += fit.wide(deck.fonts, f" {unit}", Type(max(size * _UNIT, 18)))
        if wide <= room[0] and type_.step <= room[1]:
            return size
    return 0.0
