"""What the land-supply ledger speaks of. Areas in m², money in 万元, days as dates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from geo.chronicle import Entry

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
    letter, letter_en
        One sign that says the same as the colour, for print in grey; in English an ASCII letter.
    """

    id: str
    name: str
    name_en: str
    phase: str
    letter: str
    letter_en: str


@dataclass(frozen=True, slots=True)
class Move:
    """One step the rules allow: from a status to another.

    `needs` are fields that must be known by then, `paper` says a document number is required,
    `basis` is the article it rests on (empty where it is the office's practice). `methods` are
    the ways of supply it is open to; none named means that the way does not matter. `clears`
    are fields that say nothing any more from then on. One `id` may lead from several statuses.
    """

    start: str
    end: str
    needs: tuple[str, ...] = ()
    paper: bool = False
    basis: str = ""
    id: str = ""
    name: str = ""
    name_en: str = ""
    methods: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Method:
    """One way of supply.

    `limited`: the longest term by use binds. `termless`: it has no term at all (划拨).
    `needs` come on top of those of the move that supplies.
    """

    id: str
    name: str
    name_en: str
    limited: bool = False
    termless: bool = False
    needs: tuple[str, ...] = ()
    basis: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """The longest term in `years` of a group of uses; `uses` are beginnings of their codes."""

    id: str
    name: str
    name_en: str
    years: int
    uses: tuple[str, ...]
    mixed: bool = False  # also for what belongs to several groups
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Range:
    """Two fields of which the first may not be above the second.

    `low_in`, `high_in` are fields that say whether an end belongs to the range.
    """

    low: str
    high: str
    low_in: str = ""
    high_in: str = ""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far numbers may differ: m² for each parcel of a split, of overlap, and as drawn."""

    lineage_m2: float
    overlap_m2: float
    drawn_share: float
    drawn_m2: float


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value as it was given, with the unit it was given in."""

    value: Value
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One column of the ledger.

    `kind` is text, number, whole, day, yes, choice (one of `choices`), use, method or realm.
    `units` maps each unit it may come in to its factor to the first, in which it is kept.
    `additive`: those of parts add up to that of the whole, so a split does not repeat it.
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
    choices: tuple[str, ...] = ()
    additive: bool = False

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
    paused
        Cause for which its clock stands still; empty while it runs.
    example
        Made up for demonstration.
    """

    id: str
    status: str
    since: date
    fields: Mapping[str, Value] = field(default_factory=dict)
    parents: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    ended: date | None = None
    number: int = 0
    paused: str = ""
    example: bool = False

    @property
    def realm(self) -> Realm:
        """Land, unless it was entered as sea."""
        return Realm.SEA if self.fields.get("realm") == Realm.SEA else Realm.LAND

    @property
    def area_m2(self) -> float | None:
        """Registered area, where it is known."""
        found = self.fields.get("area_m2")
        return float(found) if isinstance(found, int | float) else None

    @property
    def live(self) -> bool:
        """Whether it has not gone into other parcels."""
        return self.ended is None


class Span(NamedTuple):
    """From `start` up to, not with, `end` a parcel had a status; None while it lasts."""

    id: str
    status: str
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Step:
    """One entry in a parcel's life, and what it made of it.

    `withdrawn_by` is the number of the entry that took it back. Entries that count for nothing,
    and withdrawals, have no before and after.
    """

    entry: Entry
    withdrawn_by: int | None = None
    before: Parcel | None = None
    after: Parcel | None = None
