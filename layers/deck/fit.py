"""Fit: how many lines a text takes at a size, and the largest size at which it stays in its room.

Measured with our own fonts, whose Chinese is as wide as that of every office font, and with
something to spare for their Latin, which may be wider.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from layers.deck.look import LINE, MM_PER_POINT, SAFE
from layers.picture import FontBook, typeset

_HAN, _MEET = 0x2E80, 0.2  # em that programs put between Han and Latin
_WIDER, _WIDER_BOLD = 0.14, 0.2  # DejaVu, which stands in for Arial where there is no other


@dataclass(frozen=True, slots=True)
class Type:
    """How text is set: size in points, weight, mm between paragraphs, mm taken by a bullet."""

    size: float
    bold: bool = False
    after: float = 0.0
    indent: float = 0.0

    @property
    def step(self) -> float:
        """From one line to the next in mm."""
        return self.size * LINE * MM_PER_POINT


def lines(fonts: FontBook, text: str, width: float, type_: Type) -> list[str]:
    """Lines of one paragraph in a room of `width` mm; at least one."""
    em = (width - type_.indent) * SAFE / (type_.size * MM_PER_POINT)
    em = max(em / _spare(fonts, text, type_.bold), 2.0)
    out: list[str] = []
    for part in text.split("\n"):
        out += typeset.wrapped(fonts, part, em, heavy=type_.bold) or [""]
    return out


def wide(fonts: FontBook, text: str, type_: Type) -> float:
    """Width of a text in one line in mm, with what is spared for other fonts."""
    em = typeset.width(fonts, text, heavy=type_.bold)
    return em * type_.size * MM_PER_POINT / SAFE * _spare(fonts, text, type_.bold)


def _spare(fonts: FontBook, text: str, bold: bool) -> float:
    """How much wider a text may be: a wider Latin, a gap where Han and Latin meet."""
    latin = "".join(character for character in text if ord(character) < _HAN)
    whole = typeset.width(fonts, text, heavy=bold)
    share = typeset.width(fonts, latin, heavy=bold) / whole if whole else 0.0
    meets = sum((ord(a) < _HAN) != (ord(b) < _HAN) for a, b in itertools.pairwise(text))
    gaps = _MEET * meets / whole if whole else 0.0
    return 1 + (_WIDER_BOLD if bold else _WIDER) * share + gaps


def high(fonts: FontBook, texts: Sequence[str], width: float, type_: Type) -> float:
    """Height of paragraphs in mm."""
    count = sum(len(lines(fonts, one, width, type_)) for one in texts)
    return count * type_.step + max(len(texts) - 1, 0) * type_.after


def largest(
    fonts: FontBook, texts: Sequence[str], room: tuple[float, float], types: Sequence[Type]
) -> Type | None:
    """The first of some types at which paragraphs fit a room (width, height in mm)."""
    return next((one for one in types if high(fonts, texts, room[0], one) <= room[1]), None)


def types(most: float, least: float, like: Type) -> list[Type]:
    """Types like one, from the largest size to the least, two points apart."""
    count = int((most - least) // 2) + 1
    sizes = [most - 2 * i for i in range(count)]
    sizes += [least] if sizes[-1] > least else []
    return [Type(size, like.bold, like.after, like.indent) for size in sizes]


def pages(
    fonts: FontBook, texts: Sequence[str], room: tuple[float, float], type_: Type
) -> list[list[str]]:
    """Paragraphs in rooms of one size, each as full as it goes; a longer paragraph is parted."""
    most = max(int((room[1] + type_.after) // (type_.step + type_.after)), 1)
    out, left = list[list[str]]([[]]), room[1]
    for text in texts:
        broken = lines(fonts, text, room[0], type_)
        while broken:
            there = max(int(left // type_.step), 0)
            if there < len(broken) <= most or there == 0:
                out, left = [*out, []], room[1]
                there = max(int(left // type_.step), 1)
            piece, broken = broken[:there], broken[there:]
            out[-1].append(joined(piece))
            left -= len(piece) * type_.step + type_.after
    return [page for page in out if page]


def cut(fonts: FontBook, text: str, width: float, type_: Type, most: int) -> str:
    """A text of at most some lines, with … for what is left out."""
    broken = lines(fonts, text, width, type_)
    if len(broken) <= most:
        return text
    return joined([*broken[: most - 1], broken[most - 1][:-1] + "…"])


def joined(broken: Sequence[str]) -> str:
    """Lines as one paragraph again: a space only between Latin words."""
    out = ""
    for line in broken:
        latin = bool(out) and bool(line) and ord(out[-1]) < 0x2E80 and ord(line[0]) < 0x2E80
        out += (" " if latin else "") + line
    return out
