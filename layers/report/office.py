"""A document as a Word file: A4 after GB/T 9704-2012, real headings, tables, page numbers.

Offices have 方正小标宋, 黑体, 楷体 and 仿宋_GB2312; they may not be passed on, so they are named.
"""

import io
from collections.abc import Mapping
from typing import Any

import docx
import segno
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.image.exceptions import UnrecognizedImageError
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell

from geo.errors import DataError
from layers.report import grid, ooxml
from layers.report.blocks import (
    Answer,
    Block,
    Code,
    Document,
    Figures,
    Heading,
    Pairs,
    Signature,
    Table,
    Text,
)
from layers.report.opening import TEXT_MM
from layers.report.values import Picture

TITLE, HEAD, SECOND, BODY, LATIN = (
    "方正小标宋简体",
    "黑体",
    "楷体_GB2312",
    "仿宋_GB2312",
    "Times New Roman",
)
_SMALL = "Report Small"
_HALF_MM = 77.0  # widest map that has room for another beside it
_STYLES: Mapping[str, tuple[str, float, bool]] = {  # font, points, bold
    "Normal": (BODY, 16, False),
    "Title": (TITLE, 22, False),
    "Subtitle": (SECOND, 16, False),
    "Heading 1": (HEAD, 16, False),
    "Heading 2": (SECOND, 16, False),
    "Caption": (BODY, 10.5, False),
    "Header": (HEAD, 10.5, False),
    "Footer": (BODY, 10.5, False),
    _SMALL: (BODY, 10.5, False),
}


def rendered(document: Document) -> bytes:
    """The Word file of a document; raises `DataError` REPORT_PICTURE."""
    book = docx.Document()
    _styles(book)
    _page(book, document)
    _opening(book, document)
    first = next((one for one in document.sections if one.annex), None)
    for section in document.sections:
        heading = book.add_heading(grid.clean(section.title), 1)
        heading.paragraph_format.page_break_before = section is first
        for i, block in enumerate(section.blocks):
            leads = i + 1 < len(section.blocks) and isinstance(block, Text)
            _add(book, block, document, leads)
    properties = book.core_properties
    properties.title = grid.clean(f"{document.title} {document.subtitle}")[:255]
    properties.author = properties.comments = ""
    return ooxml.saved(book, document.made)


def _styles(book: Any) -> None:
    book.styles.add_style(_SMALL, WD_STYLE_TYPE.PARAGRAPH).base_style = book.styles["Normal"]
    for name, (font, points, bold) in _STYLES.items():
        style = book.styles[name]
        ooxml.set_fonts(style.element.get_or_add_rPr(), font, LATIN)
        style.font.size, style.font.bold, style.font.italic = Pt(points), bold, False
        style.font.color.rgb = RGBColor(0, 0, 0)
        layout = style.paragraph_format
        layout.space_before = layout.space_after = Pt(0)
        layout.line_spacing_rule = WD_LINE_SPACING.SINGLE
    body = book.styles["Normal"].paragraph_format
    body.line_spacing_rule, body.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28)
    small = book.styles[_SMALL].paragraph_format
    small.line_spacing_rule, small.line_spacing = WD_LINE_SPACING.SINGLE, 1.0
    for name in ("Heading 1", "Heading 2"):
        layout = book.styles[name].paragraph_format
        layout.space_before, layout.space_after, layout.keep_with_next = Pt(12), Pt(6), True


def _page(book: Any, document: Document) -> None:
    """Paper and margins of GB/T 9704-2012, marks on top, page numbers below."""
    page = book.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin = Mm(37), Mm(35)
    page.left_margin, page.right_margin = Mm(28), Mm(26)
    page.header_distance, page.footer_distance = Mm(20), Mm(22)
    head = page.header.paragraphs[0]
    ooxml.drop_tabs(head.style)
    head.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_MM), 2)
    head.add_run(document.secrecy).font.size = Pt(16)
    if document.marks:
        marks = head.add_run("\t" + " ".join(f"【{mark}】" for mark in document.marks))
        marks.font.color.rgb = grid.COLORS["bad"]
    foot = page.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    before, rest = document.pages.split("{page}")
    between, after = rest.split("{pages}")
    foot.add_run(before)
    ooxml.add_field(foot, "PAGE")
    foot.add_run(between)
    ooxml.add_field(foot, "NUMPAGES")
    foot.add_run(after)
    line = page.footer.add_paragraph(grid.clean("    ".join(document.foot)), "Footer")
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _opening(book: Any, document: Document) -> None:
    for style, text in (("Title", document.title), ("Subtitle", document.subtitle)):
        paragraph = book.add_paragraph(grid.clean(text), style)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(8)
        borders = paragraph.style.element.get_or_add_pPr().find(qn("w:pBdr"))
        if borders is not None:
            borders.getparent().remove(borders)
    told = book.add_paragraph(grid.clean("    ".join(document.head)), _SMALL)
    told.alignment = WD_ALIGN_PARAGRAPH.CENTER
    ooxml.rule_below(told, "A61B1B")


def _add(book: Any, block: Block, document: Document, leads: bool) -> None:
    if isinstance(block, Heading):
        book.add_heading(grid.clean(block.text), 2)
    elif isinstance(block, Text):
        paragraph = book.add_paragraph(grid.clean(block.text))
        paragraph.paragraph_format.keep_with_next = leads
        if not document.english:
            paragraph.paragraph_format.first_line_indent = Pt(32)
    elif isinstance(block, Figures):
        _figures(book, block)
    elif isinstance(block, Code):
        _code(book, block)
    elif isinstance(block, Signature):
        book.add_paragraph()
        for text in block.lines:
            book.add_paragraph(grid.clean(text)).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    else:
        _gridded(book, block)
        book.add_paragraph(style=_SMALL)


def _gridded(book: Any, block: Answer | Pairs | Table) -> None:
    if isinstance(block, Answer):
        grid.answer(book, block, _SMALL)
    elif isinstance(block, Pairs):
        grid.pairs(book, block, _SMALL)
    else:
        grid.table(book, block, _SMALL)


def _figures(book: Any, block: Figures) -> None:
    """Small maps two in a row, large ones one below another."""
    both = list(zip(block.pictures, block.captions, strict=True))
    if len(both) > 1 and all(one.width_mm <= _HALF_MM for one, _ in both):
        for cell, (one, caption) in zip(grid.side_by_side(book, len(both)), both, strict=False):
            _figure(cell, one, caption)
        return
    for one, caption in both:
        _figure(book, one, caption)


def _figure(place: Any, one: Picture, caption: str) -> None:
    """A map and its caption in the document or in a cell."""
    blank = place.paragraphs[0] if isinstance(place, _Cell) else None
    paragraph = blank or place.add_paragraph()
    paragraph.style = _SMALL
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = True
    try:
        shape = paragraph.add_run().add_picture(io.BytesIO(one.png), width=Mm(one.width_mm))
    except UnrecognizedImageError as error:
        text = f"附图“{one.caption}”不是 PNG 图片，请重新出图"
        raise DataError(text, "REPORT_PICTURE") from error
    ooxml.alternative_text(shape, grid.clean(caption))
    below = place.add_paragraph(grid.clean(caption), "Caption")
    below.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _code(book: Any, block: Code) -> None:
    out = io.BytesIO()
    segno.make(block.link, error="m", micro=False).save(out, kind="png", scale=8, border=4)
    paragraph = book.add_paragraph(style=_SMALL)
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(io.BytesIO(out.getvalue()), width=Mm(28))
    ooxml.alternative_text(shape, block.link)
    for text in (block.caption, block.link):
        below = book.add_paragraph(grid.clean(text), _SMALL)
        below.paragraph_format.keep_with_next = True
