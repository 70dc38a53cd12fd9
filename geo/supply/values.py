"""What the land-supply ledger speaks of. Areas in m², money in 万元, days as dates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Value = str | float | int | bool | date | None


class Realm(StrEnum):
    """What is supplied: land or sea, in one ledger."""

    LAND = "land"
    SEA = "sea"


@dataclass(frozen=True, slots=True)
class Status:
    """One stage of a parcel's life.

    Parameters
    ----------
    id
        ASCII word, e.g. ``available``.
    name, name_en
        On screen.
    phase
        Group it belongs to: ``before`` supply, ``supplied``, ``built``, ``alert``, ``after``.
    letter
        One sign that says the same as the colour, for print in grey.
    """

    id: str
    name: str
    name_en: str
    phase: str
    letter: str


@dataclass(frozen=True, slots=True)
class Move:
    """One step the rules allow: from a status to another.

    `needs` are fields that must be known by then, `paper` says a document number is required,
    `basis` is the article it rests on (empty where it is the office's practice).
    """

    start: str
    end: str
    needs: tuple[str, ...] = ()
    paper: bool = False
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One column of the ledger: `kind` is text, number, whole, day, yes, use, method or realm.

    `units` maps each unit it may come in to its factor to the first, in which it is kept.
    """

    key: str
    name: str
    name_en: str
    kind: str
    group: str
    units: Mapping[str, float] = field(default_factory=dict)
    low: float | None = None
    high: float | None = None
    internal: bool = False  # left out of the public edition: parties, their money
    basis: str = ""

    @property
    def unit(self) -> str:
        """The unit it is kept in, empty for what has none."""
        return next(iter(self.units), "")


@dataclass(frozen=True, slots=True)
class Parcel:
    """One parcel as of a day, as known at a version.

    Parameters
    ----------
    id
        宗地编号, also the id of its shape in the set ``parcel``, if it has been drawn.
    status, since
        Stage, and the day from which it holds.
    fields
        Field key → value in the field's own unit; a key that is not known is absent.
    parents, children
        Parcels it was made from and became.
    ended
        Day it was split, merged or renumbered away; None while it lives.
    number
        Number of the event that shaped it last.
    """

    id: str
    status: str
    since: date
    fields: Mapping[str, Value] = field(default_factory=dict)
    parents: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    ended: date | None = None
    number: int = 0

    @property
    def area_m2(self) -> float | None:
        """Registered area, where it is known."""
        found = self.fields.get("area_m2")
        return float(found) if isinstance(found, int | float) else None

    @property
    def live(self) -> bool:
        """Whether it has not gone into other parcels."""
        return self.ended is None
