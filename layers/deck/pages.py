"""Pages: how the slides of a brief are laid out, on as many slides of the deck as they need.

What has no room on its slide gets one of its own; nothing is left out and nothing overflows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from layers.brief import words
from layers.brief.scene import subtitle
from layers.brief.values import Kind, Slide, Table, Text
from layers.deck import cover, grid, look, numbers, plate, plot, prose, theme
from layers.deck.fit import Type
from layers.deck.frame import Frame, Part, Plan
from layers.deck.leaf import Deck, Style

_PER_SLIDE = 4  # maps side by side; more would be too small
_FEW = 3  # points that may join a lead
_LEAST_MAP = 84.0  # mm of a map under a table
_NOTE = 9.0  # mm of the line that tells how many rows there were


def add(deck: Deck, slide: Slide) -> None:
    """All slides of the deck that a slide of the brief comes to."""
    if slide.kind is Kind.TITLE:
        cover.first(deck, slide)
    elif slide.kind is Kind.CLOSING:
        cover.last(deck, slide)
    else:
        plans = list(_plans(deck, slide))
        for number, plan in enumerate(plans, 1):
            plan((number, len(plans)))


def _plans(deck: Deck, slide: Slide) -> Iterator[Plan]:
    """The slide's own kind first, then whatever had no room on it."""
    left, made = _led(deck, slide), 0
    order = (slide.kind, Kind.NUMBERS, Kind.TEXT, Kind.TABLE, Kind.MAP)
    for kind in dict.fromkeys(order):
        found, left = _of_kind(deck, left, kind)
        made += len(found)
        yield from found
    if not made:  # a title alone
        yield lambda part: Frame(deck, slide).begin(theme.TABLE, part).drop_empty()


def _of_kind(deck: Deck, slide: Slide, kind: Kind) -> tuple[list[Plan], Slide]:
    """Slides for one part of a slide, and the slide without that part."""
    frame = Frame(deck, slide)
    if kind is Kind.NUMBERS:
        return list(numbers.plans(frame)), replace(slide, numbers=())
    if kind in (Kind.TABLE, Kind.CHANGES):
        both = _short(frame)
        if both:
            return [both], replace(slide, table=None, look=None)
        return list(_tables(frame)), replace(slide, table=None)
    if kind is Kind.MAP:
        return list(_maps(frame)), replace(slide, look=None)
    return _said(frame)


def _said(frame: Frame) -> tuple[list[Plan], Slide]:
    """Words, chart, and a map or numbers beside them."""
    slide = frame.slide
    if slide.kind is not Kind.TEXT and not (slide.lines or slide.chart):
        return [], slide  # the lead stands on the slide of its own kind, the map comes later
    both = prose.with_numbers(frame)
    if both:
        return [both], replace(slide, numbers=(), lines=())
    found, left = prose.plans(frame)
    return [*found, *_charts(Frame(frame.deck, left))], replace(left, chart=None)


def _led(deck: Deck, slide: Slide) -> Slide:
    """A table, a map or numbers with a few short points: these join the lead above them."""
    if slide.kind is Kind.TEXT or slide.chart or not slide.lines:
        return slide
    said = [one for one in (slide.lead, *slide.lines) if one.zh]
    zh = words.say("semicolon", False).join(one.zh for one in said)
    en = words.say("semicolon", True).join(one.say(True) for one in said)
    lead = Text(zh, en)
    if len(slide.lines) > _FEW or not Frame(deck, replace(slide, lead=lead)).brief_lead:
        return slide
    return replace(slide, lead=lead, lines=())


def _charts(frame: Frame) -> Iterator[Plan]:
    chart = frame.slide.chart
    if chart is None:
        return

    def draw(part: Part) -> None:
        leaf = frame.begin(theme.TABLE, part)
        plot.put(leaf, chart, frame.room(part))
        leaf.drop_empty()

    yield draw


def _tables(frame: Frame) -> Iterator[Plan]:
    """The table over slides; smaller where that saves a slide."""
    deck, table = frame.deck, frame.slide.table
    if table is None:
        return
    room = frame.room()
    room = room.upper(room.height - (_NOTE if _more(deck, table) else 0))
    large, small = (grid.parts(deck, table, room, size) for size in (look.TABLE, look.TABLE_LEAST))
    found = small if len(small) < len(large) else large
    for number, one in enumerate(found, 1):
        yield _table(frame, one, _more(deck, table) if number == len(found) else "")


def _short(frame: Frame) -> Plan | None:
    """A table of few rows with its map below on one slide, if both can be read there."""
    deck, slide = frame.deck, frame.slide
    if not slide.table or not slide.table.rows or not slide.look or plate.panels(deck, slide):
        return None
    room = frame.room()
    one, *more = grid.parts(deck, slide.table, room, look.TABLE)
    place = room.below(one.height + look.GAP)
    if more or _more(deck, slide.table) or place.height < _LEAST_MAP:
        return None
    data = plate.drawn(deck, slide, place)
    if data is None:
        return None

    def draw(part: Part) -> None:
        leaf = frame.begin(theme.TABLE, part)
        grid.put(leaf, one, room)
        plate.put(leaf, data, place)
        leaf.drop_empty()

    return draw


def _table(frame: Frame, one: grid.Part, note: str) -> Plan:
    deck = frame.deck

    def draw(part: Part) -> None:
        leaf, room = frame.begin(theme.TABLE, part), frame.room(part)
        if one.rows:
            grid.put(leaf, one, room)
        else:
            empty = "no_rows" if frame.slide.kind is Kind.CHANGES else "no_data"
            leaf.box([deck.say(empty)], room.upper(14), Type(24.0), Style("soft"))
        if note:
            leaf.box([note], room.below(one.height + 3).upper(7), Type(14.0), Style("soft"))
        leaf.drop_empty()

    return draw


def _more(deck: Deck, table: Table) -> str:
    if table.total <= len(table.rows):
        return ""
    return deck.say("rows_more", total=table.total, shown=len(table.rows))


def _maps(frame: Frame) -> Iterator[Plan]:
    """One map with all around it, or several of one scale."""
    deck, slide = frame.deck, frame.slide
    if slide.look is None:
        return
    shown = plate.panels(deck, slide)
    slides = -(-len(shown) // _PER_SLIDE)
    each = -(-len(shown) // max(slides, 1))
    for start in range(0, len(shown), max(each, 1)):
        yield _panels(frame, shown[start : start + each])
    if not shown:
        yield _single(deck, slide)


def _single(deck: Deck, slide: Slide) -> Plan:
    """The picture tells its sources itself; without a lead it says what it is coloured by."""

    def draw(part: Part) -> None:
        key = slide.look.colouring if slide.look else ""
        told = subtitle(deck.brief.colourings.get(key), english=deck.english)
        said = replace(slide, lead=slide.lead if slide.lead.zh else Text(told))
        if part[0] > 1:
            said = replace(said, lead=Text())
        frame = Frame(deck, said, cited=False)
        leaf, room = frame.begin(theme.MAP, part), frame.room(part)
        plate.put(leaf, plate.must(deck, slide, room), room)
        leaf.drop_empty()

    return draw


def _panels(frame: Frame, shown: Sequence[plate.Panel]) -> Plan:
    def draw(part: Part) -> None:
        leaf = frame.begin(theme.MAP, part)
        plate.side_by_side(leaf, shown, frame.room(part))
        leaf.drop_empty()

    return draw
