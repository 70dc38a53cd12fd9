"""Maps on slides: pictures true to scale, alone with legend and imprint, or side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx.enum.shapes import MSO_SHAPE

from geo.errors import DataError
from layers import picture
from layers.brief.scene import scene_of, subtitle
from layers.brief.values import Colouring, Slide
from layers.deck import fit
from layers.deck.fit import Type
from layers.deck.leaf import Deck, Leaf, Style, colour
from layers.deck.look import GAP, Room
from layers.picture import Layout, Page, Scene
from layers.picture.paint import readable

DPI = 190
_PX = (0.37, 0.33, 0.3)  # mm of a px; smaller where the legend is long, never unreadable
_MOST_BELOW = 12  # lines of a legend that were ever read below a small map
_NO_ROOM = "PICTURE_LEGEND"
_TAG = Type(18.0, True)  # over a panel
_KEY = Type(14.0)
_SIDE = 6.5  # mm of a sample in the key


def page(room: Room, layout: Layout, px: float = _PX[1]) -> Page:
    """A page of the size of a room."""
    return Page("幻灯片", "slide", room.width, room.height, px, 0.5, layout, fine=True)


def drawn(deck: Deck, slide: Slide, room: Room, layout: Layout = Layout.SIDE) -> bytes | None:
    """A map with its legend, at the side with an imprint, as a picture of the size of a room.

    None where the legend does not fit in readable letters.
    """
    if layout is Layout.BARE and _entries_expected(deck, slide) > _MOST_BELOW:
        return None
    for px in _PX if layout is Layout.SIDE else _PX[:1]:
        scene = replace(_plain(deck, slide, page(room, layout, px)), legend=True, locator=None)
        try:
            return picture.draw(scene, deck.fonts, dpi=DPI)
        except DataError as error:
            if error.code != _NO_ROOM:
                raise
    return None


def _entries_expected(deck: Deck, slide: Slide) -> int:
    """About how many lines a legend has: one a set, one a class, and those of the grades."""
    if slide.look is None:
        return 0
    tinted = deck.brief.colourings.get(slide.look.colouring)
    return len(slide.look.on) + (len(tinted.tones) if tinted else 0) + 4


def must(deck: Deck, slide: Slide, room: Room) -> bytes:
    """The same where there is no other place left; raises `DataError` PICTURE_LEGEND."""
    data = drawn(deck, slide, room)
    if data is not None:
        return data
    scene = replace(_plain(deck, slide, page(room, Layout.SIDE, _PX[-1])), legend=True)
    return picture.draw(scene, deck.fonts, dpi=DPI)


def put(leaf: Leaf, data: bytes, room: Room, more: str = "") -> Any:
    """A map on a slide, with words for those who cannot see it."""
    deck, slide = leaf.deck, leaf.slide
    key = slide.look.colouring if slide.look else ""
    told = more or subtitle(deck.brief.colourings.get(key), english=deck.english)
    said = deck.say("map_of", title=slide.title.say(deck.english))
    return leaf.picture(data, room, f"{said} {told}".strip())


def _plain(deck: Deck, slide: Slide, paper: Page, key: str | None = None) -> Scene:
    """The scene without the words that the slide itself has."""
    scene = scene_of(
        deck.brief, slide, paper, english=deck.english, palette=deck.palette, colouring=key
    )
    return replace(scene, caption=replace(scene.caption, title="", subtitle="", secrecy=""))


@dataclass(frozen=True, slots=True)
class Panel:
    """One of several maps: the key of its colouring, and what stands over it."""

    key: str
    title: str


def panels(deck: Deck, slide: Slide) -> list[Panel]:
    """Before and after, or the periods of a slide; none for a single map."""
    known, at = deck.brief.colourings, slide.look
    if at is None:
        return []
    if at.before:
        sides = (("before", at.before), ("after", at.colouring))
        return [Panel(key, f"{deck.say(word)}  {_told(deck, known.get(key))}".strip())
                for word, key in sides]  # fmt: skip
    return [Panel(key, _told(deck, known[key])) for key in at.periods]


def _told(deck: Deck, one: Colouring | None) -> str:
    if one is None:
        return ""
    return one.day.isoformat() if one.day else one.title.say(deck.english)


def side_by_side(leaf: Leaf, shown: Sequence[Panel], room: Room) -> None:
    """Maps of one size, and so of one scale, with their titles; one key for all below."""
    deck, slide = leaf.deck, leaf.slide
    colourings = [deck.brief.colourings[p.key] for p in shown if p.key in deck.brief.colourings]
    keyed = _key_height(deck, colourings, room.width)
    places = _places(deck, slide, len(shown), room.upper(room.height - keyed))
    scenes = [
        _plain(deck, slide, page(place, Layout.BARE), panel.key)
        for panel, place in zip(shown, places, strict=True)
    ]
    for panel, place, scene in zip(shown, places, scenes, strict=True):
        above = Room(place.left, place.top - 9.5, place.width, 9)
        leaf.box([panel.title], above, _TAG, Style("navy", anchor="middle"))
        put(leaf, picture.draw(scene, deck.fonts, dpi=DPI), place, panel.title)
    _key(leaf, colourings, room.below(room.height - keyed + 3))


def _places(deck: Deck, slide: Slide, count: int, room: Room) -> list[Room]:
    """Rooms in rows and columns, as many beside each other as make the maps largest."""
    wide = _shape(deck, slide)
    best = max(range(1, count + 1), key=lambda n: (_size(n, count, room, wide), -n))
    rows = -(-count // best)
    width = (room.width - (best - 1) * GAP) / best
    height = (room.height - rows * 10 - (rows - 1) * 3) / rows
    return [
        Room(
            room.left + (i % best) * (width + GAP),
            room.top + 10 + (i // best) * (height + 13),
            width,
            height,
        )
        for i in range(count)
    ]


def _size(columns: int, count: int, room: Room, wide: float) -> float:
    rows = -(-count // columns)
    width = (room.width - (columns - 1) * GAP) / columns
    return min(width / wide, (room.height - rows * 13) / rows)


def _shape(deck: Deck, slide: Slide) -> float:
    """Width against height of what a map shows."""
    extent = slide.look.extent if slide.look else None
    zone = deck.brief.sets.get("zone")
    if extent is None and zone is not None:
        extent = tuple(zone.table.total_bounds)
    if extent is None:
        return 1.4
    west, south, east, north = extent
    return 0.794 * (east - west) / (north - south)  # cosine of 37.4° N


def _entries(deck: Deck, colourings: Sequence[Colouring]) -> list[tuple[str, str, str]]:
    """Letter, ink and words of every class that any of the maps has, in the legend's order."""
    out = dict[str, tuple[str, str, str]]()
    there = {one.tones[code].key for one in colourings for code in one.codes if code is not None}
    for tone in (tone for one in colourings for tone in one.tones if tone.key in there):
        ink = getattr(tone.ink, deck.palette.value)
        out.setdefault(tone.key, (tone.letter, ink, tone.title.say(deck.english)))
    return list(out.values())


def _rows(
    deck: Deck, entries: Sequence[tuple[str, str, str]], width: float
) -> list[list[tuple[float, tuple[str, str, str]]]]:
    """Entries of the key in rows, each with its distance from the left."""
    out: list[list[tuple[float, tuple[str, str, str]]]] = [[]]
    x = 0.0
    for entry in entries:
        wide = _SIDE + 2.5 + fit.wide(deck.fonts, entry[2], _KEY) + 8
        if x and x + wide > width:
            out, x = [*out, []], 0.0
        out[-1].append((x, entry))
        x += wide
    return out


def _key_height(deck: Deck, colourings: Sequence[Colouring], width: float) -> float:
    return 3 + 8.0 * len(_rows(deck, _entries(deck, colourings), width))


def _key(leaf: Leaf, colourings: Sequence[Colouring], room: Room) -> None:
    """Samples with their letters and words, as shapes that can be edited."""
    rows = _rows(leaf.deck, _entries(leaf.deck, colourings), room.width)
    for number, row in enumerate(rows):
        for x, (letter, ink, text) in row:
            at = Room(room.left + x, room.top + number * 8, _SIDE, _SIDE)
            sample = leaf.made.shapes.add_shape(MSO_SHAPE.RECTANGLE, *at.emu)
            sample.name = text
            sample.fill.solid()
            sample.fill.fore_color.rgb = colour(ink[1:])
            sample.line.fill.background()
            over = leaf.box([letter], at, Type(12.0, True), Style("ink", "middle", "middle"))
            for run in over.text_frame.paragraphs[0].runs:
                run.font.color.rgb = colour(readable(ink))
            wide = fit.wide(leaf.deck.fonts, text, _KEY) + 4
            label = Room(at.right + 2.5, at.top, wide, _SIDE)
            leaf.box([text], label, _KEY, Style(anchor="middle"))
