"""What land-use allocation speaks of. Areas in m², scores in points per m² of usable land."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

CONVERSION, STAGE, LOCK = "CONVERSION", "STAGE", "LOCK"


@dataclass(frozen=True, slots=True)
class Band:
    """How much usable land a use asks for: at least and at most, in m²."""

    min_m2: float = 0.0
    max_m2: float = math.inf


@dataclass(frozen=True, slots=True, eq=False)
class Partial:
    """Land that only a part of may be used.

    Parameters
    ----------
    reason
        Code of the constraint.
    share
        (n,) part of each unit that it covers, 0 to 1.
    usable_pct
        How much of the covered part may still be used.
    uses
        Indices of the uses it holds for; empty for all.
    priority
        Where several cover one unit, the lowest number takes its part first and the next
        only what is left of the unit.
    """

    reason: str
    share: np.ndarray
    usable_pct: float
    uses: tuple[int, ...] = ()
    priority: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Conversion:
    """Which present use may become which: `allowed` is (present uses, K) of bool.

    `present` is (n,), index into `names`, -1 where nothing is known and nothing forbidden.
    """

    names: tuple[str, ...]
    present: np.ndarray
    allowed: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """`ready` is (n,), the first period in which a unit has its road or tunnel."""

    ready: np.ndarray
    period: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """Units that touch: `pairs` (E, 2) of unit numbers, `shared_m` (E,) of edge in metres."""

    pairs: np.ndarray
    shared_m: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """How to divide n units among K uses. `checked` says whether it makes sense.

    Parameters
    ----------
    uses
        Codes of the K uses.
    areas_m2
        (n,) area of each unit.
    scores
        (n, K) points per m² of usable land; the more the better.
    bands
        What each use asks for.
    forbidden
        (n, K) unsigned integers, bit r set where `reasons[r]` forbids the use; None for nowhere.
    reasons
        Codes of hard exclusions.
    locked
        (n,) use that a person has set: -1 none, K for unused; None for none at all.
    patch_m2
        (K,) least area of one connected patch; needs `neighbours`.
    unused
        A unit may stay as it is. If not, every unit is given a use.
    shares
        Units may be split among uses instead of going whole.
    """

    uses: tuple[str, ...]
    areas_m2: np.ndarray
    scores: np.ndarray
    bands: tuple[Band, ...]
    forbidden: np.ndarray | None = None
    reasons: tuple[str, ...] = ()
    partials: tuple[Partial, ...] = ()
    conversion: Conversion | None = None
    stage: Stage | None = None
    locked: np.ndarray | None = None
    neighbours: Neighbours | None = None
    patch_m2: np.ndarray | None = None
    unused: bool = True
    shares: bool = False

    @property
    def units(self) -> int:
        """How many units."""
        return len(self.areas_m2)


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to try. Counts, not seconds, so that a plan comes out the same everywhere.

    Parameters
    ----------
    gap_pct
        Distance to the bound at which a plan is good enough.
    sample
        Units on which the prices are found first.
    exact_columns
        Pairs of unit and use up to which all that could matter is settled exactly.
    nodes
        Branch-and-bound nodes of one exact step.
    seconds
        Last resort for one exact step; a plan that met it says so.
    """

    gap_pct: float = 0.001
    sample: int = 6_000
    exact_columns: int = 700
    nodes: int = 200
    seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class Watch:
    """Who looks on: told how far a run is (0–1) and at what, asked whether to stop."""

    progress: Callable[[float, str], None] = lambda _part, _what: None
    cancelled: Callable[[], bool] = lambda: False
