"""Scenarios as the screens read them: opened with all beside them, made once for all visits."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from geo import scenario
from geo.allocate import Allocation
from geo.scenario import Definition, Kept, Outcome, Prepared, State, Told
from geo.units import mu
from geo.zone import Zone


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A scenario that is kept, what came out, quick methods beside it, and why it fell short."""

    kept: Kept
    outcome: Outcome
    beside: Mapping[str, Allocation]
    told: tuple[Told, ...]


def listed(zone: Zone) -> tuple[Kept, ...]:
    """Every scenario kept, the latest first."""
    return _listed(zone, zone.version)


@lru_cache(maxsize=4)
def _listed(zone: Zone, _version: int) -> tuple[Kept, ...]:
    return tuple(scenario.listed(zone))


def opened(zone: Zone, id_: str) -> Found:
    """One scenario with its allocation; name, note and lock as they are now."""
    outcome, beside, told = _opened(zone, id_)
    return Found(scenario.kept(zone, id_), outcome, beside, told)


@lru_cache(maxsize=6)
def _opened(zone: Zone, id_: str) -> tuple[Outcome, Mapping[str, Allocation], tuple[Told, ...]]:
    found = scenario.opened(zone, id_)
    failed = found.allocation.state is State.FAILED
    told = scenario.explain(found.prepared) if failed else ()
    return found, scenario.beside(found.prepared), told


def prepared(zone: Zone, draft: Definition) -> Prepared:
    """A draft made ready on what is held now; quick the second time."""
    return scenario.prepare(zone, draft)


@lru_cache(maxsize=12)
def of_period(found: Outcome, period: int) -> Outcome:
    """What a plan gives in one of its periods."""
    return scenario.of_period(found, period)


def short_mu(kept: Kept) -> float:
    """What is missing of all demands together, in mu."""
    return mu(float(sum(kept.result["short_m2"])))


def changed(draft: Definition, **fields: Any) -> Definition:
    """The draft with some of its fields replaced, checked whole. Raises `DataError` SCENARIO."""
    return scenario.checked(scenario.plain(draft) | fields)


@lru_cache(maxsize=6)
def explained(found: Prepared) -> tuple[Told, ...]:
    """Why the demands of a draft cannot be met; empty if they can."""
    return scenario.explain(found)


def largest_mu(found: Prepared) -> float:
    """Area of the largest unit, in mu."""
    return mu(float(found.land.areas_m2.max()))


@lru_cache(maxsize=6)
def compared(a: Outcome, b: Outcome) -> scenario.Comparison:
    """What differs between two scenarios. Raises `DataError` COMPARE_UNITS."""
    return scenario.compare(a, b)
