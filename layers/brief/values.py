"""What a meeting is shown: one neutral value that screen, PowerPoint, PDF, Word and HTML draw.

A `Brief` is a list of slides over sets frozen at one version. Nothing here knows how a slide
is drawn; every writer takes the same brief, so that all of them say the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from geo.model import UNSEALED, Boundaries, Seal
from layers.style import Ink

Extent = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Text:
    """Words in both languages; English falls back to Chinese where nobody wrote it."""

    zh: str = ""
    en: str = ""

    def say(self, english: bool) -> str:
        """The words in a language."""
        return (english and self.en) or self.zh


class Kind(StrEnum):
    """What a slide is for; writers choose a layout by it."""

    TITLE = "title"
    TEXT = "text"  # words, with a map or chart beside them if there is one
    NUMBERS = "numbers"
    TABLE = "table"
    MAP = "map"  # the map fills the slide
    CHANGES = "changes"  # what changed since the last meeting: table, and map if any moved
    CLOSING = "closing"


class ChartKind(StrEnum):
    """Charts that PowerPoint, SVG and matplotlib all have."""

    BAR = "bar"
    STACKED = "stacked"
    LINE = "line"
    DOUGHNUT = "doughnut"


@dataclass(frozen=True, slots=True)
class Number:
    """A big number: already rounded and with its unit; `note` tells the day or what is missing."""

    label: Text
    value: str
    unit: Text = Text()
    note: Text = Text()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    key: str
    title: Text
    right: bool = False  # numbers stand to the right


@dataclass(frozen=True, slots=True)
class Table:
    """Cells as text in the order of the columns; `total` rows were there, if more than shown."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Text, ...], ...]
    total: int = 0


@dataclass(frozen=True, slots=True)
class Series:
    """One line of numbers; None where there is no data. `ink` colours all, `inks` one by one."""

    name: Text
    values: tuple[float | None, ...]
    ink: str = ""  # #RRGGBB
    inks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its data."""

    kind: ChartKind
    title: Text
    categories: tuple[Text, ...]
    series: tuple[Series, ...]
    unit: Text = Text()


@dataclass(frozen=True, slots=True)
class Tone:
    """One class of a colouring."""

    key: str
    title: Text
    ink: Ink
    letter: str = ""
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class Colouring:
    """A set coloured by something as of a day.

    Parameters
    ----------
    codes
        Per row of the set's table the number of its tone, None where it is not there.
    day
        Day it holds for; None where it has no day.
    """

    key: str
    set: str
    title: Text
    tones: tuple[Tone, ...]
    codes: tuple[int | None, ...]
    day: date | None = None
    note: Text = Text()


@dataclass(frozen=True, slots=True)
class Drawing:
    """Something a presenter drew: GeoJSON geometry (EPSG:4490), words, #RRGGBB."""

    geometry: Mapping[str, Any]
    label: str = ""
    color: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """The whole state of a map on a slide.

    Parameters
    ----------
    extent
        West, south, east, north in degrees; None for the zone.
    on
        Names of sets shown.
    hidden
        Set → keys of classes hidden.
    opacity
        Group of the layer tree → 0 to 1.
    selected
        Set and id of features outlined.
    colouring
        Key of the brief's colouring in use; empty for the sets' own colours.
    before
        Key of the colouring on the left of a swipe; empty for none.
    periods
        Keys of colourings played one after the other; empty for none.
    """

    extent: Extent | None = None
    on: tuple[str, ...] = ()
    hidden: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    opacity: Mapping[str, float] = field(default_factory=dict)
    selected: tuple[tuple[str, str], ...] = ()
    colouring: str = ""
    before: str = ""
    periods: tuple[str, ...] = ()
    drawings: tuple[Drawing, ...] = ()


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide; what it has none of is empty or None.

    Parameters
    ----------
    lead
        Words under the title.
    lines
        Points, one each.
    clauses
        Clauses of the plan it rests on, as `geo.plan` writes them.
    sources
        Lines to cite.
    notes
        What the presenter says; never on the slide itself.
    seconds
        How long it stands in auto-play.
    permalink
        Address that opens the same view in the app, relative to it; drawn as QR code.
    """

    id: str
    kind: Kind
    title: Text
    lead: Text = Text()
    lines: tuple[Text, ...] = ()
    numbers: tuple[Number, ...] = ()
    table: Table | None = None
    chart: Chart | None = None
    look: Look | None = None
    clauses: tuple[str, ...] = ()
    sources: tuple[Text, ...] = ()
    notes: str = ""
    seconds: int = 20
    permalink: str = ""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Which meeting, and which state of the zone it sees; number 0 for slides of no meeting."""

    number: int
    title: Text
    held: date
    as_of: date
    version: int
    previous: int | None = None  # number of the meeting it is compared with
    seal: Seal = UNSEALED  # of the version; printed, it shows later cuts


@dataclass(frozen=True, slots=True, eq=False)
class Brief:
    """Everything shown at one meeting.

    Parameters
    ----------
    sets
        Name → boundaries at the occasion's version, already of the edition.
    secrecy
        One of `geo.model.SECRECY`; empty where none was set.
    public
        Made for the public edition.
    names
        What sets are called that have no style of their own.
    example
        Rests on generated data: every slide then says 示例.
    maker, approval
        制图单位 and 审图号; empty where none was given.
    base_url
        Address of the app for QR codes; empty: no codes.
    """

    occasion: Occasion
    slides: tuple[Slide, ...]
    sets: Mapping[str, Boundaries]
    colourings: Mapping[str, Colouring] = field(default_factory=dict)
    names: Mapping[str, Text] = field(default_factory=dict)
    secrecy: str = ""
    public: bool = False
    example: bool = False
    maker: str = ""
    approval: str = ""
    base_url: str = ""

    @property
    def titles(self) -> Sequence[Text]:
        """Titles of the slides in order."""
        return [slide.title for slide in self.slides]
