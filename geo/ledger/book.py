"""The ledger and the register as they stand: every event folded once, then kept in step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from threading import Lock
from weakref import WeakKeyDictionary

from geo import chronicle, projects, supply
from geo.chronicle import Entry
from geo.errors import DataError
from geo.projects import Register
from geo.supply import Ledger
from geo.zone import DATA, Zone


@dataclass(frozen=True, slots=True)
class Book:
    """All that was entered, at one version of the store."""

    version: int
    entries: tuple[Entry, ...]
    supply: Ledger
    register: Register


@dataclass(frozen=True, slots=True)
class Moment:
    """As of which day, and known at which version; None for all that is known, and for now."""

    as_of: date | None = None
    known: int | None = None


NOW = Moment()
_KEEPING = Lock()
_kept: WeakKeyDictionary[Zone, Book] = WeakKeyDictionary()


@cache
def supply_rules() -> supply.Rules:
    """The rules of the supply ledger that came with the product."""
    return supply.read(DATA / "rules")


@cache
def project_rules() -> projects.Rules:
    """The rules of the project register that came with the product."""
    return projects.read(DATA / "rules")


def book(zone: Zone) -> Book:
    """The book at the zone's version: what was folded before is never folded again."""
    with _KEEPING:
        held = _kept.get(zone)
        version = zone.version
        if held is None or held.version > version:  # a backup was put back
            held = Book(0, (), Ledger.of((), supply_rules()), Register.of((), project_rules()))
        if held.version < version:
            held = _with(held, chronicle.numbered(zone.events(after=held.version), held.version))
        _kept[zone] = held
        return held


def _with(held: Book, more: Sequence[Entry]) -> Book:
    return Book(
        more[-1].number,
        (*held.entries, *more),
        held.supply.added([one for one in more if one.event.subject.startswith("parcel/")]),
        held.register.added([one for one in more if one.event.subject.startswith("project/")]),
    )


def moment(zone: Zone, as_of: date | None = None, known: date | int | None = None) -> Moment:
    """A moment; what was known on a day is what was recorded by its end.

    Raises `DataError` VERSION for a version that the zone has not reached.
    """
    if isinstance(known, date):
        return Moment(as_of, chronicle.version_on(book(zone).entries, known))
    if known is not None and not 0 <= known <= zone.version:
        raise DataError(f"没有版本 {known}，现为版本 {zone.version}", "VERSION")
    return Moment(as_of, known)
