"""A report put together as a document of blocks, and made fit for the fonts we have."""

from collections.abc import Sequence
from dataclasses import replace

from geo.model import Grade
from layers.report.blocks import Document, Section
from layers.report.closing import method, proof, terms, tolerances
from layers.report.opening import answer, asked
from layers.report.outlook import way
from layers.report.ruling import findings, maps, near
from layers.report.values import Picture, Report
from layers.report.words import SECRECIES, bracketed, word

_TENS = "一二三四五六七八九十"


def document(report: Report, pictures: Sequence[Picture], english: bool) -> Document:
    """The whole document; sections are numbered as they stand."""
    whole = tuple(one for one in pictures if not one.rule)
    hits = tuple(one for one in pictures if one.rule)
    sections = (
        answer(report, english),
        asked(report, whole, english),
        findings(report, english),
        maps(hits, 1 + len(whole), english),
        near(report, english),
        way(report, english),
        terms(report, english),
        tolerances(report, english),
        method(report, english),
        proof(report, english),
    )
    cover, colon = report.cover, ": " if english else "："
    head = [("number", cover.number), ("made", cover.made.isoformat())]
    head += [("asker", cover.asker), ("office", cover.office)]
    return Document(
        word("title", english),
        report.site.name or report.site.id,
        tuple(f"{word(key, english)}{colon}{text}" for key, text in head if text),
        _secrecy(report, english),
        _marks(report, english),
        word("water", english) if cover.example else "",
        (cover.number, _version(report, english)),
        word("page", english, page="{page}", pages="{pages}"),
        _numbered([one for one in sections if one], english),
        cover.made,
        english,
    )


def _secrecy(report: Report, english: bool) -> str:
    level = report.cover.secrecy
    return SECRECIES[level] if english and level else level


def _marks(report: Report, english: bool) -> tuple[str, ...]:
    example = [word("example", english)] if report.cover.example else []
    sketch = [word("sketch", english)] if report.grade is Grade.SCHEMATIC else []
    return (*example, *sketch)


def _version(report: Report, english: bool) -> str:
    day = report.cover.made.isoformat()
    if report.cover.version is None:
        return day
    return f"{word('version', english)} {report.cover.version}{bracketed(day, english)}"


def _numbered(sections: Sequence[Section], english: bool) -> tuple[Section, ...]:
    out, body, annexes = [], 0, 0
    for one in sections:
        if one.annex:
            annexes += 1
            mark = word("annex", english, number=annexes)
            out.append(replace(one, title=f"{mark}  {one.title}"))
        else:
            body += 1
            mark = f"{body}.  " if english else f"{_TENS[body - 1]}、"
            out.append(replace(one, title=mark + one.title))
    return tuple(out)
