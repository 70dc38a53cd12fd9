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
_HALF = 0.75  # of a head's width, where it is broken in two
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
    """A table cut so that every part fits the room; a row higher than a slide is parted too.

    Parts are about equally long, so that no slide has a single row.
    """
    head = tuple(one.title.say(deck.english) for one in table.columns)
    given = [tuple(cell.say(deck.english) for cell in row) for row in table.rows]
    widths = _widths(deck, (head, given), room.width, size)
    top = _high(deck, head, widths, Type(size, True))
    rows = [piece for one in given for piece in _cut(deck, one, widths, (size, room.height - top))]
    heights = [_high(deck, row, widths, Type(size)) for row in rows]
    right = tuple(one.right for one in table.columns)
    out, first = list[Part](), 0
    for count in _balanced(heights, room.height - top):
        last = first + count
        highs = (top, *heights[first:last])
        out.append(Part(head, tuple(rows[first:last]), widths, highs, right, size))
        first = last
    return out


def _balanced(heights: Sequence[float], room: float) -> list[int]:
    """How many rows stand on each slide: as few slides as can be, about equally full."""
    counts = _counts(heights, room)
    step = room / 40
    while len(counts) > 1:
        room -= step
        fewer = _counts(heights, room) if room >= max(heights) else []
        if len(fewer) != len(counts):
            break
        counts = fewer
    return counts


def _counts(heights: Sequence[float], room: float) -> list[int]:
    out, left = [0], room
    for high in heights:
        if out[-1] and high > left:
            out, left = [*out, 0], room
        out[-1] += 1
        left -= high
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


def _widths(
    deck: Deck, texts: tuple[Row, Sequence[Row]], total: float, size: float
) -> tuple[float, ...]:
    """Columns that need little get it; those that need much share the rest by what they need.

    A head may be broken in two, so that a long one does not widen a column of short cells.
    """
    head, rows = texts
    wanted = []
    for i, title in enumerate(head):
        cells = [fit.wide(deck.fonts, row[i], Type(size)) for row in rows]
        words = [fit.wide(deck.fonts, word, Type(size, True)) for word in title.split()]
        half = fit.wide(deck.fonts, title, Type(size, True)) * _HALF
        wanted.append(max([half, *words, *cells]) + 2 * _PAD + 1.0)
    return _shared(wanted, total, _NARROW * size * look.MM_PER_POINT + 2 * _PAD)


def _shared(wanted: Sequence[float], total: float, least: float) -> tuple[float, ...]:
    if sum(wanted) <= total:
        spare = (total - sum(wanted)) / len(wanted)
        return tuple(one + spare for one in wanted)
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
    frame._element.nvGraphicFramePr.cNvPr.set("descr", frame.name)
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
