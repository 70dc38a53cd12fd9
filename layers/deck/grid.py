"""Tables that can be edited: columns as wide as their text asks, rows over several slides."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from layers.brief.values import Table
from layers.deck import fit, look
from layers.deck.fit import Type
from layers.deck.leaf import Deck, Leaf, Style, lay
from layers.deck.look import Room

_PAD, _AIR = 2.2, 1.5  # mm left and right, above and below the text of a cell
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # PowerPoint's own table without a style
_NARROW = 3.0  # characters that a column holds in any case
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that stand on one slide, with the heights of head and rows in mm."""

    head: Row
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    right: tuple[bool, ...]
    size: float

    @property
    def height(self) -> float:
        """Mm of the whole."""
        return sum(self.heights)


def parts(deck: Deck, table: Table, room: Room, size: float) -> list[Part]:
    """A table cut so that every part fits the room; a row higher than a slide is parted too."""
    head = tuple(one.title.say(deck.english) for one in table.columns)
    rows = [tuple(cell.say(deck.english) for cell in row) for row in table.rows]
    widths = _widths(deck, [head, *rows], room.width, size)
    top = _high(deck, head, widths, Type(size, True))
    out, held, left = list[Part](), list[tuple[Row, float]](), room.height - top
    right = tuple(one.right for one in table.columns)

    def close() -> None:
        heights = (top, *(high for _, high in held))
        out.append(Part(head, tuple(row for row, _ in held), widths, heights, right, size))
        held.clear()

    for row in (piece for one in rows for piece in _cut(deck, one, widths, (size, left))):
        high = _high(deck, row, widths, Type(size))
        if held and high > left - sum(h for _, h in held):
            close()
        held.append((row, high))
    close()
    return out


def _cut(deck: Deck, row: Row, widths: Sequence[float], most: tuple[float, float]) -> list[Row]:
    """A row, or several where it is higher than a slide."""
    size, high = most
    type_ = Type(size)
    fitting = max(int((high - 2 * _AIR) // type_.step), 1)
    cells = [
        fit.lines(deck.fonts, text, wide - 2 * _PAD, type_)
        for text, wide in zip(row, widths, strict=True)
    ]
    count = -(-max(map(len, cells)) // fitting)
    if count == 1:
        return [row]
    starts = range(0, count * fitting, fitting)
    return [tuple(fit.joined(one[i : i + fitting]) for one in cells) for i in starts]


def _high(deck: Deck, row: Row, widths: Sequence[float], type_: Type) -> float:
    count = max(
        len(fit.lines(deck.fonts, text, wide - 2 * _PAD, type_))
        for text, wide in zip(row, widths, strict=True)
    )
    return count * type_.step + 2 * _AIR


def _widths(deck: Deck, rows: Sequence[Row], total: float, size: float) -> tuple[float, ...]:
    """Columns that need little get it; those that need much share the rest by what they need."""
    type_ = Type(size, True)
    wanted = [
        max(fit.wide(deck.fonts, row[i], type_) for row in rows) + 2 * _PAD + 1.0
        for i in range(len(rows[0]))
    ]
    if sum(wanted) <= total:
        spare = (total - sum(wanted)) / len(wanted)
        return tuple(one + spare for one in wanted)
    least = _NARROW * size * look.MM_PER_POINT + 2 * _PAD
    out = dict[int, float]()
    while len(out) < len(wanted):
        rest = {i: one for i, one in enumerate(wanted) if i not in out}
        share = (total - sum(out.values())) / len(rest)
        small = {i: one for i, one in rest.items() if one <= share}
        if not small:
            whole = sum(one**0.5 for one in rest.values())
            left = total - sum(out.values()) - least * len(rest)
            out |= {i: least + left * one**0.5 / whole for i, one in rest.items()}
        out |= small
    return tuple(out[i] for i in range(len(wanted)))


def put(leaf: Leaf, part: Part, room: Room) -> Any:
    """A part as a table on a slide."""
    deck = leaf.deck
    left, top, wide, high = Room(room.left, room.top, room.width, part.height).emu
    frame = leaf.made.shapes.add_table(1 + len(part.rows), len(part.widths), left, top, wide, high)
    frame.name = leaf.slide.title.say(deck.english)
    table = frame.table
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = _NO_STYLE
    table.horz_banding = False
    edges = [look.emu(sum(part.widths[:i])) for i in range(len(part.widths) + 1)]
    for i, column in enumerate(table.columns):
        column.width = edges[i + 1] - edges[i]
    for number, height in enumerate(part.heights):
        table.rows[number].height = look.emu(height)
        row = part.rows[number - 1] if number else part.head
        for i, text in enumerate(row):
            align = "right" if part.right[i] else "left"
            _cell(deck, table.cell(number, i), text, (part.size, align, number == 0))
    return frame


def _cell(deck: Deck, cell: Any, text: str, how: tuple[float, str, bool]) -> None:
    size, align, head = how
    cell.margin_left = cell.margin_right = look.emu(_PAD)
    cell.margin_top = cell.margin_bottom = look.emu(_AIR * 0.8)
    properties = cell._tc.get_or_add_tcPr()
    properties.set("anchor", "ctr")
    ink, width = ("accent1", 19050) if head else ("bg2", 9525)
    shade = "" if head else '<a:lumMod val="85000"/>'
    properties.append(parse_xml(
        f'<a:lnB {nsdecls("a")} w="{width}"><a:solidFill><a:schemeClr val="{ink}">{shade}'
        "</a:schemeClr></a:solidFill></a:lnB>"
    ))  # fmt: skip
    if head:
        properties.append(parse_xml(
            f'<a:solidFill {nsdecls("a")}><a:schemeClr val="bg2"/></a:solidFill>'
        ))  # fmt: skip
    style = Style("navy" if head else "ink", align)
    paragraph = cell.text_frame.paragraphs[0]
    run = lay(paragraph, text, Type(size, head), deck, style)
    run.font.size = Pt(size)
