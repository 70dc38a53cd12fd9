"""What slides say on paper, in one language: their tables whole, what they cite and rest on."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import segno

from layers.brief import words
from layers.brief.values import Brief, Slide, Table, Text
from layers.handout.values import How
from layers.handout.words import word
from layers.picture import typeset

_CELL = 22.0  # em: a column asks for no more


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
        words.state(brief, english),
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


def cited(slide: Slide, english: bool) -> str:
    """Clauses and sources in one line."""
    return "　".join(filter(None, (clauses(slide, english), sources(slide, english))))


def link(brief: Brief, slide: Slide) -> str:
    """The address of the same view in the app; empty where the app has no address."""
    if not (brief.base_url and slide.permalink):
        return ""
    return f"{brief.base_url.rstrip('/')}/{slide.permalink.lstrip('/')}"


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
