"""What meetings speak of: a frozen state, what is told of it chapter by chapter, what changed.

Days are days at the office. Looks name sets, classes and colourings by key, never by shape.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

Extent = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Text:
    """Words in both languages; English falls back to Chinese where nobody wrote it."""

    zh: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        """Whether anything is said."""
        return bool(self.zh or self.en)


@dataclass(frozen=True, slots=True)
class Call:
    """What is said of a meeting when its state is frozen.

    Parameters
    ----------
    held
        Day of the meeting.
    as_of
        Day the state is of; never after the meeting.
    compare
        Number of an earlier meeting to compare with; None for the one before.
    """

    title: str
    held: date
    as_of: date
    title_en: str = ""
    note: str = ""
    compare: int | None = None


@dataclass(frozen=True, slots=True)
class Actual:
    """What was published of a target when a state was frozen; `number` None for texts."""

    value: Text
    as_of: str = ""
    number: float | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """第 n 次会议: a version of the zone and a day under a number; never altered.

    Parameters
    ----------
    version
        All that was known: the last event before it was frozen.
    previous
        Number of the meeting it is compared with; None for a first one.
    by, at
        Who froze it, and when; never shown to a public.
    actuals
        By id of target.
    """

    number: int
    title: Text
    held: date
    as_of: date
    version: int
    by: str
    at: datetime
    note: str = ""
    previous: int | None = None
    actuals: Mapping[str, Actual] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Drawing:
    """Something a presenter drew: GeoJSON geometry (EPSG:4490), words, #RRGGBB."""

    geometry: Mapping[str, Any]
    label: str = ""
    color: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """The whole state of a map.

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
    colouring, before, periods
        Keys of colourings: in use, on the left of a swipe, played one after the other. In a
        story ``as_of`` and ``last`` stand for the day of the meeting and of the one before.
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
class Chapter:
    """One chapter of a story.

    Parameters
    ----------
    made
        What fills it from the state of the meeting: one of `MADE`, or ``matter:M1``; empty for
        a chapter of one's own. What is written here goes before what is made.
    look
        Its map; None for the one that is made, or for none.
    chart
        One of `CHARTS`; empty for the one that is made, or for none.
    day
        Day its map and chart show; None for the day of the meeting.
    notes
        What the presenter says; never on a slide, never in public.
    internal
        Left out of the public edition.
    permalink
        Address of the view it was taken from, relative to the app.
    """

    id: str
    title: Text = Text()
    made: str = ""
    lead: Text = Text()
    lines: tuple[Text, ...] = ()
    look: Look | None = None
    chart: str = ""
    day: date | None = None
    clauses: tuple[str, ...] = ()
    notes: str = ""
    seconds: int = 20
    hidden: bool = False
    internal: bool = False
    permalink: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """Chapters in order. `number` is that of the event that saved it; 0 before it is saved."""

    id: str
    title: Text
    chapters: tuple[Chapter, ...]
    number: int = 0
    by: str = ""
    at: datetime | None = None


MADE = (
    *("title", "agenda", "numbers", "playback", "swipe", "wall", "changes"),
    *("actions", "sources", "closing"),
)
CHARTS = ("projects", "supply", "supply_years")


class ChangeKind(StrEnum):
    """What happened to something between two meetings."""

    NEW = "new"
    MOVED = "moved"  # another colour or status
    LATE = "late"  # a step is late that was not
    RECOVERED = "recovered"  # no step is late any more
    LEFT = "left"
    SPLIT = "split"
    MERGED = "merged"
    RENUMBERED = "renumbered"
    RESTORED = "restored"  # a split or merger was taken back
    REPLACED = "replaced"  # a set of boundaries
    TARGET = "target"  # an actual value was published or changed


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    Parameters
    ----------
    set
        ``project``, ``parcel`` or ``target``; the name of the set where boundaries were replaced.
    name
        In both languages.
    before, after
        Key of the colour or status, ids joined by 、, features of a set, or the value of a
        target; empty where there was none.
    day
        Day from which it holds, where it is known.
    moved_m2
        Area that changed side, where boundaries were replaced.
    said
        Before and after of a target in both languages, with the day each is of.
    """

    kind: ChangeKind
    set: str
    id: str
    name: Text
    before: str = ""
    after: str = ""
    day: date | None = None
    moved_m2: float | None = None
    said: tuple[Text, Text] = (Text(), Text())


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed from meeting `against` to meeting `number`; `against` None: nothing before."""

    number: int
    against: int | None
    rows: tuple[Change, ...] = ()

    def of(self, set_: str, *kinds: ChangeKind) -> Sequence[Change]:
        """Rows of a set, of some kinds or of all."""
        return [one for one in self.rows if one.set == set_ and (not kinds or one.kind in kinds)]
