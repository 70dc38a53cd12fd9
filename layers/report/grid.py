"""Tables of a Word file: verdict, names and values, findings."""

from collections.abc import Mapping, Sequence
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor

from layers.report import ooxml
from layers.report.blocks import Answer, Cell, Line, Pairs, Table
from layers.report.opening import TEXT_MM

COLORS: Mapping[str, RGBColor] = {
    "plain": RGBColor(0, 0, 0),
    "good": RGBColor(0x1B, 0x6E, 0x43),
    "warn": RGBColor(0x8F, 0x52, 0x00),
    "bad": RGBColor(0xA6, 0x1B, 0x1B),
    "open": RGBColor(0x3F, 0x51, 0x66),
    "faint": RGBColor(0x50, 0x58, 0x60),
}
_WHOLE = 14  # rows of names and values that stay on one page
_HEAD, _BAND, _NAME = "E7ECF1", "F5F7F9", "F3F5F7"


def clean(text: str) -> str:
    """A text without what XML cannot hold."""
    return "".join(
        letter if letter.isprintable() or letter == "\u00a0" else " "
        for letter in text
        if not 0xD800 <= ord(letter) <= 0xDFFF
    )


def answer(book: Any, block: Answer, style: str) -> None:
    """The verdict: its sign on its colour, and what it says."""
    table = _made(book, (24.0, TEXT_MM - 24.0), 1)
    sign, said = table.rows[0].cells
    color = COLORS[block.tone]
    ooxml.shade(sign, str(color))
    _write(sign, 0, Line(block.sign, strong=True), style, (Pt(30), RGBColor(255, 255, 255)))
    sign.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    sign.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    _write(said, 0, Line(block.label), style, (Pt(10.5), COLORS["faint"]))
    _write(said, 1, Line(block.word, strong=True), style, (Pt(22), color))
    _write(said, 2, Line(block.text), style, (Pt(10.5), COLORS["plain"]))
    ooxml.keep_row(table.rows[0])


def pairs(book: Any, block: Pairs, style: str) -> None:
    """Names on the left, what they are on the right."""
    table = _made(book, (block.first, TEXT_MM - block.first), len(block.rows))
    last = block.rows[-1] if len(block.rows) <= _WHOLE else None
    for row, (name, text) in zip(table.rows, block.rows, strict=True):
        ooxml.shade(row.cells[0], _NAME)
        _fill(row.cells[0], (Line(name),), style)
        _fill(row.cells[1], (Line(text),), style)
        ooxml.keep_row(row)
        row.cells[0].paragraphs[0].paragraph_format.keep_with_next = bool(last) and last != (
            name,
            text,
        )


def table(book: Any, block: Table, style: str) -> None:
    """A table whose head is repeated and whose rows stay whole."""
    count = 1 + sum(len(band.rows) + bool(band.title) for band in block.bands)
    made = _made(book, block.widths, count)
    rows = iter(made.rows)
    head = next(rows)
    ooxml.repeat_head(head)
    _row(head, [(Line(text, strong=True),) for text in block.heads], style, block)
    for cell in head.cells:
        ooxml.shade(cell, _HEAD)
    for band in block.bands:
        if band.title:
            row = next(rows)
            cell = row.cells[0].merge(row.cells[-1])
            ooxml.shade(cell, _BAND)
            _fill(cell, (Line(band.title, strong=True),), style)
            cell.paragraphs[0].paragraph_format.keep_with_next = True
            ooxml.keep_row(row)
        for cells in band.rows:
            row = next(rows)
            _row(row, cells, style, block)
            ooxml.keep_row(row)


def side_by_side(book: Any, count: int) -> Any:
    """Cells without lines for small maps, two in a row; the cells one after another."""
    table = book.add_table((count + 1) // 2, 2)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    ooxml.set_margins(table, 28, 60)
    for row in table.rows:
        ooxml.keep_row(row)
        for cell in row.cells:
            cell.width = Mm(TEXT_MM / 2)
    return [cell for row in table.rows for cell in row.cells]


def _row(row: Any, cells: Sequence[Cell], style: str, block: Table) -> None:
    for i, (cell, lines) in enumerate(zip(row.cells, cells, strict=True)):
        _fill(cell, lines, style)
        if i in block.right:
            for paragraph in cell.paragraphs:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _made(book: Any, widths: Sequence[float], rows: int) -> Any:
    made = book.add_table(rows, len(widths), style="Table Grid")
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    ooxml.set_margins(made, 60, 30)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return made


def _fill(cell: Any, lines: Cell, style: str) -> None:
    for i, line in enumerate(lines):
        _write(cell, i, line, style, (Pt(10.5), COLORS[line.tone]))


def _write(cell: Any, place: int, line: Line, style: str, look: tuple[Pt, RGBColor]) -> None:
    """One paragraph of a cell; `look` is its size and colour."""
    paragraph = cell.paragraphs[0] if not place else cell.add_paragraph()
    paragraph.style = style
    texts = [(clean(line.head) + "：", True)] if line.head else []
    for text, strong in [*texts, (clean(line.text), line.strong)]:
        run = paragraph.add_run(text)
        (run.font.size, run.font.color.rgb), run.font.bold = look, strong
