"""A document before it is a file: what stands in it and in which order, nothing of how it looks.

PDF and Word are set from the same blocks, so they cannot say different things. All texts are
plain: no renderer may read marks of its own language in them.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from layers.report.values import Picture


class Tone(StrEnum):
    """How a text is meant; renderers choose the colour."""

    PLAIN = "plain"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    OPEN = "open"  # nobody can say
    FAINT = "faint"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of a cell; `head` is set strong in front of it."""

    text: str
    tone: Tone = Tone.PLAIN
    strong: bool = False
    head: str = ""


Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section; stays with what follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Band:
    """Rows of a table under a title of their own; empty for none."""

    title: str
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that may run over pages, its head repeated.

    `widths` are mm and add up to the text width; `right` numbers the columns of figures.
    """

    heads: tuple[str, ...]
    widths: tuple[float, ...]
    bands: tuple[Band, ...]
    right: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Pairs:
    """Names and what they are."""

    rows: tuple[tuple[str, str], ...]
    first: float = 32.0  # mm of the names


@dataclass(frozen=True, slots=True)
class Figures:
    """Maps, each at its own size, as many in a row as fit."""

    pictures: tuple[Picture, ...]
    captions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdict: its word and sign, and a sentence that sums up."""

    word: str
    sign: str
    tone: Tone
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """An address as a QR code."""

    link: str
    caption: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Who answers, and when."""

    lines: tuple[str, ...]


Block = Text | Heading | Table | Pairs | Figures | Answer | Code | Signature


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, numbered already, and its blocks."""

    title: str
    blocks: tuple[Block, ...]
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """The whole.

    Parameters
    ----------
    marks
        Of secrecy, left, and of what it rests on, right; on every page.
    water
        One word across every page; empty for none.
    foot
        Left and right of every page; the page number stands between.
    pages
        How a page says its number and their count, as {page} and {pages}.
    """

    title: str
    subtitle: str
    head: tuple[str, ...]
    secrecy: str
    marks: tuple[str, ...]
    water: str
    foot: tuple[str, str]
    pages: str
    sections: tuple[Section, ...]
    made: date
    english: bool
