"""Slides as pages: plain values for the typesetter, with the pictures that stand on them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from layers.brief import chart, words
from layers.brief.values import Brief, Chart, Colouring, Kind, Look, Number, Slide
from layers.handout import maps, slides
from layers.handout.maps import Map
from layers.handout.values import SHEETS, How
from layers.handout.words import word
from layers.picture import typeset

Page = dict[str, Any]
_FULL = (Kind.TITLE, Kind.CLOSING)
_GUTTER = 7.0  # mm
_LINE = 8.4  # mm from one line of a lead to the next, on the 16:9 sheet
_POINTS, _CITED = 15.5, 8.5  # of a lead, of sources
_CITED_STEP = 3.9  # mm from one line of sources to the next
_DOWN, _ACROSS, _CAPTION = 2, 6, 9.0  # small maps: rows on a page; most in a row; mm of a date


@dataclass(slots=True)
class Book:
    """Pages being made, and the files of their pictures."""

    brief: Brief
    how: How
    files: dict[str, bytes] = field(default_factory=dict)

    def keep(self, data: bytes, suffix: str) -> str:
        """A picture put beside the pages; its name."""
        name = f"picture-{len(self.files)}.{suffix}"
        self.files[name] = data
        return name


def pages(brief: Brief, how: How) -> tuple[dict[str, Any], Mapping[str, bytes]]:
    """The whole handout as plain values, and its files by name."""
    book, english, occasion = Book(brief, how), how.english, brief.occasion
    sheet = SHEETS[how.paper]
    found = [page for slide in slides.joined(brief.slides) for page in _pages(book, slide)]
    return {
        "title": occasion.title.say(english),
        "meeting": words.say("meeting", english, number=occasion.number),
        "about": slides.about(brief, english),
        "secrecy": words.secrecy(brief, english),
        "marks": slides.marks(brief, english),
        "notes": slides.warnings(brief, english),
        "page": word("page", english, page="{page}", pages="{pages}"),
        "again": word("again", english),
        "english": english,
        "sheet": {
            "width": sheet.width, "height": sheet.height, "unit": sheet.unit, "side": sheet.side,
            "head": sheet.head, "title": sheet.title, "foot": sheet.foot,
        },
        "pages": found,
    }, book.files  # fmt: skip


def _pages(book: Book, slide: Slide) -> Iterator[Page]:
    """One page, or two where a map is played over periods."""
    look = slide.look
    if slide.kind is Kind.MAP and look is not None and look.before:
        yield _swiped(book, slide)
    elif slide.kind is Kind.MAP and look is not None:
        yield _mapped(book, slide)
    else:
        yield _worded(book, slide)
    if look is not None and look.periods:
        yield _played(book, slide, look)


def _base(book: Book, slide: Slide) -> Page:
    english = book.how.english
    address = slides.link(book.brief, slide)
    half = slide.look is not None or slide.chart is not None
    return {
        "kind": slide.kind.value,
        "title": slide.title.say(english),
        "lead": slide.lead.say(english),
        "lines": [one.say(english) for one in slide.lines],
        "numbers": [_number(one, english) for one in slide.numbers],
        "table": None if slide.table is None else slides.table(slide.table, book.how),
        "chart": None, "maps": [], "across": 1, "legend": [], "split": 1.0,
        "clauses": slides.clauses(slide, english),
        "sources": slides.sources(slide, english),
        "foot": _foot(book, slide),
        "cards": {"across": _across(len(slide.numbers), half=half), "small": half},
        "code": book.keep(slides.code(address), "svg") if address else "",
        "address": address,
    }  # fmt: skip


def _number(one: Number, english: bool) -> dict[str, str]:
    return {
        "label": one.label.say(english), "value": one.value, "unit": one.unit.say(english),
        "note": one.note.say(english),
    }  # fmt: skip


def _across(count: int, *, half: bool) -> int:
    """Cards in a row."""
    if half:
        return 3 if count == 3 or count > 4 else 2
    return 4 if count == 4 or count > 6 else 3


def _foot(book: Book, slide: Slide) -> float:
    """Mm that what is cited needs beyond its first line."""
    sheet = SHEETS[book.how.paper]
    em = sheet.room[0] / (_CITED * sheet.unit * 25.4 / 72)
    lines = typeset.wrapped(book.how.fonts, slides.cited(slide, book.how.english), em * 0.98)
    return max(len(lines) - 1, 0) * _CITED_STEP * sheet.unit


def _room(book: Book, slide: Slide) -> tuple[float, float]:
    """Width and height in mm that a lead of this length leaves."""
    sheet = SHEETS[book.how.paper]
    wide, high = sheet.room
    lead = slide.lead.say(book.how.english)
    em = wide / (_POINTS * sheet.unit * 25.4 / 72)
    lines = len(typeset.wrapped(book.how.fonts, lead, em)) if lead else 0
    return wide, high - lines * _LINE * sheet.unit - (2 if lines else 0) - _foot(book, slide)


def _mapped(book: Book, slide: Slide) -> Page:
    """The map fills the page; its sources stand under it."""
    wide, high = _room(book, slide)
    size = (wide, high - 1 + _foot(book, slide))  # the map cites by itself
    found = maps.whole(book.brief, slide, size, book.how)
    return _base(book, slide) | {
        "maps": [_map(book, found)],
        "sources": "",
        "foot": 0,
        "caption": False,
    }


def _swiped(book: Book, slide: Slide) -> Page:
    wide, high = _room(book, slide)
    size = ((wide - _GUTTER) / 2, high - 11)
    found = list(maps.swipe(book.brief, slide, size, book.how))
    return _base(book, slide) | {
        "maps": [_map(book, one) for one in found], "across": 2, "caption": True,
    }  # fmt: skip


def _played(book: Book, slide: Slide, look: Look) -> Page:
    """A small map for each period, and what their colours mean."""
    wide, high = SHEETS[book.how.paper].room
    high -= _foot(book, slide)
    across, size = _split(len(look.periods), (wide, high - 20), maps.shape_of(book.brief, look))
    found = [_map(book, one) for one in maps.periods(book.brief, slide, size, book.how)]
    tinted = book.brief.colourings.get(look.periods[-1])
    return _base(book, slide) | {
        "kind": Kind.MAP.value, "lead": word("each", book.how.english), "lines": [], "numbers": [],
        "table": None, "maps": found, "across": across, "caption": True,
        "legend": _legend(book, tinted), "code": "", "address": "",
    }  # fmt: skip


def _split(count: int, room: tuple[float, float], shape: float) -> tuple[int, tuple[float, float]]:
    """How many maps in a row, and their size, so that what they show is as large as can be."""
    least = max(-(-count // _DOWN), 1)
    rows = range(min(least, _ACROSS), min(count, _ACROSS) + 1)
    found = []
    for across in rows:
        down = min(-(-count // across), _DOWN)  # more go on to the next page
        size = ((room[0] - _GUTTER * (across - 1)) / across, room[1] / down - _CAPTION)
        found.append((min(size[0] / shape, size[1]), -across * down, across, size))
    *_, across, size = max(found)
    return across, size


def _legend(book: Book, tinted: Colouring | None) -> list[dict[str, str]]:
    """The classes of a colouring in the palette in use."""
    return [
        {
            "ink": getattr(one.ink, book.how.palette.value), "letter": one.letter,
            "title": one.title.say(book.how.english),
        }
        for one in (tinted.tones if tinted else ())
    ]  # fmt: skip


def _worded(book: Book, slide: Slide) -> Page:
    """Words on the left, map or chart on the right; without a picture words take the width."""
    page, sheet = _base(book, slide), SHEETS[book.how.paper]
    wide, high = sheet.room
    high -= _foot(book, slide)
    full = slide.kind in _FULL
    share = 0.54 if slide.table and slide.look else 0.42
    right = (wide * (1 - share) - _GUTTER, high - 1)
    if slide.look is not None:
        found = maps.beside(book.brief, slide, (right[0], right[1] - (60 if full else 0)), book.how)
        page |= {"maps": [_map(book, found)], "caption": False, "split": share}
    if slide.chart is not None:
        left = (wide * share, min(high * 0.46, 70.0))
        size = left if slide.look is not None else (right[0], min(high - 1, right[0] * 0.72))
        page |= {"chart": _chart(book, slide.chart, size), "split": share}
    return page


def _chart(book: Book, known: Chart, size: tuple[float, float]) -> dict[str, Any]:
    how = book.how
    data = chart.draw(
        known, how.fonts, chart.page(*size), english=how.english, palette=how.palette
    )  # fmt: skip
    name = book.keep(data, "svg")
    return {"file": name, "width": size[0], "alt": known.title.say(how.english)}


def _map(book: Book, one: Map) -> dict[str, Any]:
    name = book.keep(one.data, one.kind.value)
    return {"file": name, "width": one.width, "height": one.height, "caption": one.caption}
