"""Slides as pages: plain values for the typesetter, with the pictures that stand on them."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import segno

from layers.brief import chart, words
from layers.brief.values import Brief, Chart, Colouring, Kind, Look, Number, Slide, Table, Text
from layers.handout import maps
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
_CELL = 22.0  # em: a column asks for no more
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
    found = [page for slide in joined(brief.slides) for page in _pages(book, slide)]
    return {
        "title": occasion.title.say(english),
        "meeting": words.say("meeting", english, number=occasion.number),
        "about": about(brief, english),
        "secrecy": words.secrecy(brief, english),
        "marks": marks(brief, english),
        "notes": warnings(brief, english),
        "page": word("page", english, page="{page}", pages="{pages}"),
        "again": word("again", english),
        "english": english,
        "sheet": {
            "width": sheet.width, "height": sheet.height, "unit": sheet.unit, "side": sheet.side,
            "head": sheet.head, "title": sheet.title, "foot": sheet.foot,
        },
        "pages": found,
    }, book.files  # fmt: skip


def joined(slides: Sequence[Slide]) -> Iterator[Slide]:
    """Slides with a table that was cut for the screen made whole: paper has room for it."""
    kept: Slide | None = None
    for slide in slides:
        if kept is not None and _continues(kept, slide):
            rows = (*_rows(kept), *_rows(slide))
            whole = replace(kept.table, rows=rows) if kept.table else None
            kept = replace(kept, table=whole)
            continue
        if kept is not None:
            yield kept
        kept = slide
    if kept is not None:
        yield kept


def _continues(one: Slide, more: Slide) -> bool:
    """Whether a slide goes on with the table of the one before."""
    if one.table is None or more.table is None or one.title != more.title:
        return False
    plain = not (more.look or more.chart or more.numbers or more.lines)
    return (
        plain and one.table.columns == more.table.columns and len(one.table.rows) < one.table.total
    )


def _rows(slide: Slide) -> tuple[tuple[Text, ...], ...]:
    return slide.table.rows if slide.table else ()


def about(brief: Brief, english: bool) -> list[str]:
    """What every page says of the state it shows."""
    known, say = brief.occasion, words.say
    found = [
        say("held", english, day=known.held.isoformat()),
        say("as_of", english, day=known.as_of.isoformat()),
        say("version", english, version=known.version),
    ]
    found += [say("maker", english, maker=brief.maker)] if brief.maker else []
    return found + ([say("approval", english, approval=brief.approval)] if brief.approval else [])


def marks(brief: Brief, english: bool) -> list[str]:
    """The marks at the top right."""
    found = (("example", brief.example), ("public", brief.public))
    return [words.say(key, english) for key, there in found if there]


def warnings(brief: Brief, english: bool) -> list[str]:
    """What the first page must say."""
    found = (("sample", brief.example), ("coarse", brief.public))
    return [word(key, english) for key, there in found if there]


def clauses(slide: Slide, english: bool) -> str:
    """The clauses of the plan that a slide rests on."""
    told = words.say("comma", english).join(slide.clauses)
    return words.say("clauses", english, clauses=told) if told else ""


def sources(slide: Slide, english: bool) -> str:
    """What a slide cites."""
    told = words.say("semicolon", english).join(one.say(english) for one in slide.sources)
    return words.say("sources", english, sources=told) if told else ""


def link(brief: Brief, slide: Slide) -> str:
    """The address of the same view in the app; empty where the app has no address."""
    if not (brief.base_url and slide.permalink):
        return ""
    return f"{brief.base_url.rstrip('/')}/{slide.permalink.lstrip('/')}"


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
    address = link(book.brief, slide)
    half = slide.look is not None or slide.chart is not None
    return {
        "kind": slide.kind.value,
        "title": slide.title.say(english),
        "lead": slide.lead.say(english),
        "lines": [one.say(english) for one in slide.lines],
        "numbers": [_number(one, english) for one in slide.numbers],
        "table": None if slide.table is None else table(slide.table, book.how),
        "chart": None, "maps": [], "across": 1, "legend": [], "split": 1.0,
        "clauses": clauses(slide, english),
        "sources": sources(slide, english),
        "foot": _foot(book, slide),
        "cards": {"across": _across(len(slide.numbers), half=half), "small": half},
        "code": book.keep(code(address), "svg") if address else "",
        "address": address,
    }  # fmt: skip


def _number(one: Number, english: bool) -> dict[str, str]:
    return {
        "label": one.label.say(english), "value": one.value, "unit": one.unit.say(english),
        "note": one.note.say(english),
    }  # fmt: skip


def table(known: Table, how: How) -> dict[str, Any]:
    """A table with the share of the width that each column asks for."""
    english = how.english
    heads = [one.title.say(english) for one in known.columns]
    rows = [[cell.say(english) for cell in row] for row in known.rows]
    wide = [
        min(max(typeset.width(how.fonts, text) for text in column) + 1.5, _CELL)
        for column in zip(heads, *rows, strict=True)
    ]
    cut = known.total > len(rows)
    told = words.say("rows_more", english, total=known.total, shown=len(rows)) if cut else ""
    right = [one.right for one in known.columns]
    return {"heads": heads, "rows": rows, "right": right, "wide": wide, "told": told}


def code(address: str) -> bytes:
    """An address as a QR code."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", scale=4, border=3, light="#fff"
    )
    return out.getvalue()


def _across(count: int, *, half: bool) -> int:
    """Cards in a row."""
    if half:
        return 3 if count == 3 or count > 4 else 2
    return 4 if count == 4 or count > 6 else 3


def _cited(slide: Slide, english: bool) -> str:
    return "　".join(filter(None, (clauses(slide, english), sources(slide, english))))


def _foot(book: Book, slide: Slide) -> float:
    """Mm that what is cited needs beyond its first line."""
    sheet = SHEETS[book.how.paper]
    em = sheet.room[0] / (_CITED * sheet.unit * 25.4 / 72)
    lines = typeset.wrapped(book.how.fonts, _cited(slide, book.how.english), em * 0.98)
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
