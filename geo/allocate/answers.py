"""What comes back from land-use allocation: plans, and reasons why there is none."""

import math
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from geo.units import mu


class State(StrEnum):
    """How far a run has come."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"  # the demands cannot all be met; the plan comes as near as it can
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Split:
    """Part of a unit given to a use."""

    unit: int
    use: int
    share: float


@dataclass(frozen=True, slots=True)
class Fault:
    """A wish that a plan does not keep: ``PATCH``, patches of a use that are too small."""

    code: str
    use: int
    count: int
    area_m2: float


@dataclass(frozen=True, slots=True, eq=False)
class Allocation:
    """A plan.

    Parameters
    ----------
    use
        (n,) index of the use, K for unused, -1 where nothing was decided.
    area_m2
        (K + 1,) usable area of each use, last the area left unused.
    objective
        Points times m².
    bound
        No plan whatever reaches more; None from methods that prove nothing.
    prices
        (K,) points that one more m² at the binding limit of a use would bring: negative
        where the least demand binds, positive where the most does, 0 where none does.
        The same number holds per mu in points times mu.
    short_m2, over_m2
        (K,) what is missing to the least, or beyond the most, of each demand.
    settled
        The run was not cut short by the clock.
    splits
        Parts of units given to more than one use, with `Problem.shares`.
    boundary_m, cost_pct
        Edge between unlike uses, and what compactness took off the objective.
    """

    use: np.ndarray
    area_m2: np.ndarray
    objective: float
    bound: float | None
    prices: np.ndarray
    short_m2: np.ndarray
    over_m2: np.ndarray
    seconds: float
    state: State
    method: str
    settled: bool = True
    splits: tuple[Split, ...] = ()
    faults: tuple[Fault, ...] = ()
    boundary_m: float | None = None
    cost_pct: float = 0.0

    @property
    def gap_pct(self) -> float | None:
        """How far below the best possible it can be at most, in percent; None if unknown."""
        if self.bound is None or not math.isfinite(self.bound):
            return None
        if self.bound <= self.objective:
            return 0.0
        return 100 * (self.bound - self.objective) / max(abs(self.bound), 1e-12)

    @property
    def short_mu(self) -> tuple[float, ...]:
        """What is missing of each demand, in mu."""
        return tuple(mu(float(area)) for area in self.short_m2)


@dataclass(frozen=True, slots=True)
class Removal:
    """What one exclusion takes from the uses of a reason.

    Parameters
    ----------
    code
        Reason code of the exclusion.
    touched_m2
        Land it closes to all of these uses, alone or together with others.
    alone_m2
        Land that would open if it alone were lifted.
    relax_m2
        How much of that land must open to meet all demands; None if all of it is not enough.
    """

    code: str
    touched_m2: float
    alone_m2: float
    relax_m2: float | None


@dataclass(frozen=True, slots=True)
class Reduction:
    """How far the demand of one use alone would have to change; None if that does not help."""

    use: int
    by_m2: float | None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why demands cannot be met.

    Parameters
    ----------
    code
        ``LAND`` uses ask together for more than the land open to them; ``ROOM`` land that must
        be used has too little room in the demands; ``BAND`` a least above its most; ``CLOSED``
        units that must be used are closed to every use; ``GRAIN`` whole units do not fit a band.
    uses
        Which demands, together.
    asked_m2, open_m2
        What they ask, and the usable land open to any of them.
    short_m2
        What is missing; for ``ROOM`` and ``CLOSED`` what is too much.
    weights
        Proof: the multiplier of each use, by linear programming duality.
    """

    code: str
    uses: tuple[int, ...]
    asked_m2: float
    open_m2: float
    short_m2: float
    weights: tuple[float, ...] = ()
    removals: tuple[Removal, ...] = ()
    reductions: tuple[Reduction, ...] = field(default=())

    @property
    def short_mu(self) -> float:
        """What is missing, in mu."""
        return mu(self.short_m2)
