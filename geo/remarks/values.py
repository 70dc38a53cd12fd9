"""What people say about the product and at places of the map, and what is announced to them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from geo.model import SECRECY


class Kind(StrEnum):
    """What a remark is: a comment pinned to a place, or feedback on what was seen."""

    COMMENT = "comment"
    FAULT = "fault"
    WISH = "wish"
    DATA = "data"


class State(StrEnum):
    """Where a remark stands."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class Level(StrEnum):
    """How loudly something is announced."""

    NOTE = "note"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote: account and name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a comment is pinned: longitude and latitude (EPSG:4490), and the feature there, if any.

    `unit` is the town it lies in, empty outside all.
    """

    lon: float
    lat: float
    unit: str = ""
    set: str = ""
    id: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer under a remark."""

    by: Author
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody remarked, with all answers.

    Parameters
    ----------
    number
        From 1, in the order of writing.
    address
        Page and question of the view it was written in, as ``supply?at=…``.
    secrecy
        Who may read it, one of `SECRECY`.
    """

    number: int
    kind: Kind
    by: Author
    at: datetime
    text: str
    place: Place | None = None
    address: str = ""
    secrecy: str = SECRECY[1]
    state: State = State.OPEN
    replies: tuple[Reply, ...] = ()

    @property
    def changed(self) -> datetime:
        """When it was last written to."""
        return self.replies[-1].at if self.replies else self.at


@dataclass(frozen=True, slots=True)
class Draft:
    """A remark before it is written; `place` for a comment, `address` for feedback."""

    kind: Kind
    text: str
    place: Place | None = None
    address: str = ""
    secrecy: str = SECRECY[1]


@dataclass(frozen=True, slots=True)
class News:
    """Something announced from one day to another, both included."""

    number: int
    title: str
    text: str
    since: date
    until: date
    level: Level = Level.NOTE
    by: str = ""
    withdrawn: bool = False
    title_en: str = ""
    text_en: str = ""

    def stands(self, day: date) -> bool:
        """Whether it is shown on a day."""
        return not self.withdrawn and self.since <= day <= self.until
