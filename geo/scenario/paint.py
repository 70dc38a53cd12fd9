"""Painting by hand: locks set unit by unit, refused where a use is closed, told with the reason.

A lock keeps a unit for a use through every later run; an empty one keeps it as it is. Units
that nobody painted stay as in the plan beneath, if there is one. A painted plan may be kept as
one of its own, with its points beside what a solver proves to be the most that can be had.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

import numpy as np

from geo import allocate
from geo.allocate import Allocation, State
from geo.allocate.ground import prepared as grounded
from geo.errors import DataError
from geo.scenario.closed import rules
from geo.scenario.prepare import prepare
from geo.scenario.solve import of_allocation
from geo.scenario.values import Outcome, Prepared, ReasonLabel
from geo.zone import Zone

Locks = Mapping[str, str]
KEPT = ""  # the lock of a unit that stays as it is
HAND = "hand"


@dataclass(frozen=True, slots=True)
class Stroke:
    """Units (numbers) painted at once.

    `tool` is ``use``, ``keep`` as they are now, ``hold`` what the plan beneath gives them, or
    ``free`` of any lock.
    """

    tool: Literal["use", "keep", "hold", "free"]
    units: tuple[int, ...]
    use: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Beneath:
    """The plan painted on, in the uses of the scenario painted: `use`, `period` (n,).

    Periods go by their years: `period` is -1 where the scenario has none of that year, and
    `lost` (n,) is then the year; 0 elsewhere.
    """

    use: np.ndarray
    period: np.ndarray
    lost: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Closures:
    """Why uses are closed: `codes` (K, n), 0 for open, else 1 + number of the first of `reasons`.

    `usable_m2` (K, n) is what counts of a unit under a use.
    """

    codes: np.ndarray
    reasons: tuple[str, ...]
    usable_m2: np.ndarray

    def why(self, use: int, unit: int) -> str:
        """Code of the reason that closes a unit to a use; empty where none does."""
        code = int(self.codes[use, unit])
        return self.reasons[code - 1] if code else ""


@dataclass(frozen=True, slots=True)
class Painted:
    """Locks after a stroke, how many units it changed, and those refused by reason."""

    locks: Locks
    changed: int
    refused: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Locks to a use on land that is closed to it by one reason."""

    use: str
    reason: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """What a use has: m² in all, m² of it locked by hand, and its demand over all periods."""

    use: str
    area_m2: float
    locked_m2: float
    low_m2: float
    high_m2: float


@lru_cache(maxsize=4)
def closures(prepared: Prepared) -> Closures:
    """What closes units to uses, locks aside. With periods a use is closed if it always is."""
    stage = prepared.plain.stage
    last = replace(stage, period=prepared.definition.spans - 1) if stage else None
    ground = grounded(replace(prepared.plain, locked=None, stage=last))
    codes = np.zeros(ground.bits.shape, dtype=np.uint8)
    for number in range(len(ground.codes), 0, -1):
        codes[(ground.bits >> (number - 1)) & 1 > 0] = number
    usable = np.stack([ground.row(k) for k in range(ground.uses)])
    return Closures(codes, ground.codes, usable)


def stroke(
    prepared: Prepared, locks: Locks, given: Stroke, under: Beneath | None = None
) -> Painted:
    """Locks after painting some units; `under` is the plan painted on.

    Raises `DataError` PAINT_USE or PAINT_UNIT for what the scenario does not have.
    """
    uses, ids = prepared.plain.uses, prepared.land.ids
    if given.tool == "use" and given.use not in uses:
        raise DataError(f"方案中没有用途 {given.use}，请重新选择", "PAINT_USE")
    if any(not 0 <= unit < len(ids) for unit in given.units):
        raise DataError("所涂单元不在本方案中，请刷新页面后再涂", "PAINT_UNIT")
    out, refused, shut = dict(locks), Counter[str](), closures(prepared)
    for unit in given.units:
        wanted = _wanted(prepared, given, unit, under)
        why = shut.why(uses.index(wanted), unit) if wanted else ""
        if why:
            refused[why] += 1
        elif wanted is None:
            out.pop(ids[unit], None)
        else:
            out[ids[unit]] = wanted
    changed = sum(locks.get(ids[unit]) != out.get(ids[unit]) for unit in {*given.units})
    return Painted(out, changed, dict(refused))


def _wanted(prepared: Prepared, given: Stroke, unit: int, under: Beneath | None) -> str | None:
    """Use that a unit is to be locked to, empty to stay as it is, None for no lock."""
    if given.tool == "free":
        return None
    if given.tool == "use":
        return given.use
    k = -1 if under is None or given.tool == "keep" else int(under.use[unit])
    return prepared.plain.uses[k] if 0 <= k < len(prepared.plain.uses) else KEPT


def locked(prepared: Prepared, locks: Locks) -> np.ndarray:
    """(n,) number of the use of each lock, K to stay as it is, -1 for none; see `strays`."""
    uses, number = prepared.plain.uses, _numbers(prepared)
    out = np.full(len(prepared.land), -1, dtype=np.int16)
    for id_, use in locks.items():
        if id_ in number:
            out[number[id_]] = uses.index(use) if use else len(uses)
    return out


def painted(prepared: Prepared, locks: Locks, under: Beneath | None = None) -> np.ndarray:
    """(n,) use of each unit: its lock, else that of the plan beneath, else K for unused."""
    uses = len(prepared.plain.uses)
    base = np.full(len(prepared.land), uses) if under is None else under.use
    held = locked(prepared, locks)
    return np.where(held >= 0, held, np.where(base < 0, uses, base)).astype(np.int16)


def conflicts(prepared: Prepared, locks: Locks) -> tuple[Conflict, ...]:
    """Locks that what is closed now does not allow, by use and reason; most units first."""
    held, shut, ids = locked(prepared, locks), closures(prepared), prepared.land.ids
    found = dict[tuple[str, str], list[str]]()
    for k, use in enumerate(prepared.plain.uses):
        for unit in np.flatnonzero((held == k) & (shut.codes[k] > 0)).tolist():
            found.setdefault((use, shut.why(k, unit)), []).append(ids[unit])
    rows = (Conflict(use, why, tuple(units)) for (use, why), units in found.items())
    return tuple(sorted(rows, key=lambda one: -len(one.units)))


def strays(prepared: Prepared, locks: Locks) -> tuple[str, ...]:
    """Locks on units that the scenario does not have."""
    there = _numbers(prepared)
    return tuple(id_ for id_ in locks if id_ not in there)


def without(locks: Locks, units: Sequence[str]) -> Locks:
    """Locks without those of some units."""
    gone = set(units)
    return {id_: use for id_, use in locks.items() if id_ not in gone}


def sums(prepared: Prepared, locks: Locks, under: Beneath | None = None) -> tuple[Sum, ...]:
    """What each use has in a painted plan; land that is closed to it counts for nothing."""
    use, held, shut = (
        painted(prepared, locks, under),
        locked(prepared, locks),
        closures(prepared),
    )
    out = []
    for k, band in enumerate(prepared.plain.bands):
        mine = (use == k) & (shut.codes[k] == 0)
        size = shut.usable_m2[k]
        own = float(size[mine & (held == k)].sum())
        code = prepared.plain.uses[k]
        out.append(Sum(code, float(size[mine].sum()), own, band.min_m2, band.max_m2))
    return tuple(out)


def reason(prepared: Prepared, code: str) -> ReasonLabel:
    """The words of a reason."""
    return prepared.reasons.get(code, ReasonLabel(code, code))


def beneath(prepared: Prepared, plan: Outcome) -> Beneath | None:
    """A plan to paint on; None where it divides other units. Uses go by their ids."""
    if plan.prepared.land.key != prepared.land.key:
        return None
    uses = prepared.plain.uses
    own = [uses.index(use) if use in uses else len(uses) for use in plan.prepared.plain.uses]
    use = np.array([*own, len(uses), -1])[plan.use]
    mine, theirs = prepared.definition.periods, plan.prepared.definition.periods
    # One that has no years may use its land at any time, so from the first period on.
    number = [mine.index(year) if year in mine else -1 for year in theirs] or [0]
    lost = [year if mine and year not in mine else 0 for year in theirs] or [0]
    period = np.array([*number, -1])[plan.period]
    return Beneath(use.astype(np.int16), period, np.array([*lost, 0])[plan.period])


def adrift(prepared: Prepared, locks: Locks, under: Beneath | None) -> Mapping[int, int]:
    """Year → units that keep what the plan beneath gives them, but not in that year."""
    if under is None:
        return {}
    used = (under.use >= 0) & (under.use < len(prepared.plain.uses))
    stays = used & (under.lost > 0) & (painted(prepared, locks, under) == under.use)
    years, numbers = np.unique(under.lost[stays], return_counts=True)
    return dict(zip(years.tolist(), numbers.tolist(), strict=True))


def by_hand(zone: Zone, prepared: Prepared, under: Beneath | None = None) -> Outcome:
    """The plan that the locks of a scenario paint over the one beneath, with its points.

    Its bound is what a solver proves of the same demands without any lock; None where those
    demands cannot be met. With periods a unit is used as early as it may be, but not before the
    year it is used in beneath.
    """
    free = prepared.definition.model_copy(update={"locks": {}})
    open_ = prepare(zone, free, prepared.version)
    best = allocate.solve(open_.problem, rules().effort)
    bound = best.bound if best.state is State.DONE else None
    use = painted(prepared, prepared.definition.locks, under)
    found = allocate.appraise(prepared.problem, _phased(prepared, use, under), bound)
    return of_allocation(prepared, _honest(found))


def _honest(found: Allocation) -> Allocation:
    """A plan that misses demands is no candidate for the best: no bound is told of it."""
    return replace(found, bound=None) if found.state is State.FAILED else found


def _phased(prepared: Prepared, use: np.ndarray, under: Beneath | None) -> np.ndarray:
    """Uses of the problem that is solved: with periods, each use in its period."""
    uses, spans = len(prepared.plain.uses), prepared.definition.spans
    if spans == 1:
        return use
    stage = prepared.plain.stage
    period = (
        np.zeros(len(use), dtype=np.int16) if stage is None else np.minimum(stage.ready, spans - 1)
    )
    if under is not None:
        held = under.use == use
        period = np.where(held, np.maximum(under.period, period), period)
    return np.where(use < uses, period * uses + use, uses * spans).astype(np.int16)


def _numbers(prepared: Prepared) -> Mapping[str, int]:
    return _numbered(prepared.land.ids)


@lru_cache(maxsize=4)
def _numbered(ids: tuple[str, ...]) -> Mapping[str, int]:
    return {id_: at for at, id_ in enumerate(ids)}
