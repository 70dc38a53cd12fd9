"""A meeting as a Word brief: the same slides as sections of an official document.

Set from the blocks of `layers.report` in the layout of GB/T 9704-2012. What the presenter says
is not in it.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from layers.brief import chart, words
from layers.brief.values import Brief, Kind, Slide
from layers.brief.values import Table as Rows
from layers.handout import maps, slides
from layers.handout.values import How
from layers.handout.words import word
from layers.picture import Kind as File
from layers.picture import typeset
from layers.report import office
from layers.report.blocks import (
    Band,
    Block,
    Code,
    Document,
    Figures,
    Line,
    Pairs,
    Section,
    Table,
    Text,
)
from layers.report.opening import TEXT_MM
from layers.report.values import Picture

_MAP = (TEXT_MM, 90.0)  # mm
_CHART = (TEXT_MM, 66.0)
_SMALL = (76.0, 48.0)
_DIGITS = "〇一二三四五六七八九"
_MOST, _LEAST = 20.0, 3.5  # em that a column asks for


def docx(brief: Brief, how: How) -> bytes:
    """The brief as a Word file. Fonts are named, not embedded; the same bytes each run."""
    return office.rendered(document(brief, how))


def document(brief: Brief, how: How) -> Document:
    """The brief as blocks."""
    english, title = how.english, brief.occasion.title.say(how.english)
    figures, chapters = count(1), count(1)
    sections = [_opening(brief, how)]
    for slide in slides.joined(brief.slides):
        blocks = tuple(_blocks(brief, slide, how, figures))
        if slide.kind is not Kind.TITLE and blocks:
            mark = numbered(next(chapters), english=english)
            sections.append(Section(mark + slide.title.say(english), blocks))
    about = slides.about(brief, english)
    return Document(
        word("about", english, title=title),
        words.say("meeting", english, number=brief.occasion.number),
        tuple(about),
        words.secrecy(brief, english),
        tuple(slides.marks(brief, english)),
        words.say("example", english) if brief.example else "",
        (title, about[1]),
        word("page", english, page="{page}", pages="{pages}"),
        tuple(one for one in sections if one.blocks),
        brief.occasion.held,
        english,
    )


def numbered(number: int, *, english: bool) -> str:
    """The mark before a heading: 一、 to 九十九、, or figures."""
    if english:
        return f"{number}.  "
    tens, ones = divmod(number, 10)
    left = "" if not tens else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return f"{left}{_DIGITS[ones] if ones or not tens else ''}、"


def _opening(brief: Brief, how: How) -> Section:
    """What must be said before all, and the words of the title slide."""
    first = [one for one in brief.slides if one.kind is Kind.TITLE]
    said = [*slides.warnings(brief, how.english)]
    said += [text for one in first for text in _words(one, how.english)]
    return Section(word("before_all", how.english), tuple(Text(one) for one in said))


def _words(slide: Slide, english: bool) -> list[str]:
    return [text for one in (slide.lead, *slide.lines) if (text := one.say(english))]


def _blocks(brief: Brief, slide: Slide, how: How, figures: "count[int]") -> Iterator[Block]:
    """One slide: words, numbers, table, chart, maps, and what it rests on."""
    english = how.english
    yield from (Text(one) for one in _words(slide, english))
    if slide.numbers:
        yield _numbers(slide, english)
    if slide.table is not None:
        yield from _table(slide.table, how)
    if slide.chart is not None:
        yield _figure([_chart(slide, how)], figures, english)
    for found in _maps(brief, slide, replace(how, dots=True)):
        yield _figure(found, figures, english)
    for told in (slides.clauses(slide, english), slides.sources(slide, english)):
        if told:
            yield Text(told)
    address = slides.link(brief, slide)
    if address:
        yield Code(address, words.say("scan", english))


def _numbers(slide: Slide, english: bool) -> Pairs:
    rows = []
    for one in slide.numbers:
        note = one.note.say(english)
        value = f"{one.value} {one.unit.say(english)}".strip()
        if note:
            value += f" ({note})" if english else f"（{note}）"
        rows.append((one.label.say(english), value))
    return Pairs(tuple(rows), 62.0)


def _table(known: Rows, how: How) -> Iterator[Block]:
    told = slides.table(known, how)
    heads, rows = told["heads"], told["rows"]
    asks = [
        min(max(_LEAST, max(typeset.width(how.fonts, text) for text in column) + 1), _MOST)
        for column in zip(heads, *rows, strict=True)
    ]
    widths = tuple(one * TEXT_MM / sum(asks) for one in asks)
    lines = tuple(tuple((Line(text),) for text in row) for row in rows)
    right = tuple(i for i, one in enumerate(told["right"]) if one)
    yield Table(tuple(heads), widths, (Band("", lines),), right)
    if told["told"]:
        yield Text(told["told"])


def _maps(brief: Brief, slide: Slide, how: How) -> Iterator[list[Picture]]:
    """The map, or before and now side by side; then the periods, two in a row."""
    look = slide.look
    if look is None:
        return
    if look.before:
        yield [_picture(one) for one in maps.swipe(brief, slide, _MAP, how)]
    else:
        yield [_picture(maps.beside(brief, slide, _MAP, how))]
    if look.periods:
        yield [_picture(one) for one in maps.periods(brief, slide, _SMALL, how)]


def _picture(one: maps.Map) -> Picture:
    return Picture(one.data, one.width, one.caption)


def _chart(slide: Slide, how: How) -> Picture:
    known = slide.chart
    if known is None:
        return Picture(b"", 0, "")
    data = chart.draw(
        known, how.fonts, chart.page(*_CHART), kind=File.PNG, english=how.english,
        palette=how.palette,
    )  # fmt: skip
    return Picture(data, _CHART[0], known.title.say(how.english))


def _figure(found: list[Picture], figures: "count[int]", english: bool) -> Figures:
    captions = tuple(
        f"{word('figure', english, number=next(figures))}  {one.caption}" for one in found
    )
    return Figures(tuple(found), captions)
