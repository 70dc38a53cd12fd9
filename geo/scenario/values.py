"""What a scenario becomes: units with their ground, a problem with its labels, an outcome."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from shapely.geometry.base import BaseGeometry

from geo.allocate import Allocation, Problem
from geo.model import UNSEALED, Grade, Seal, Source
from geo.scenario.definition import Definition
from geo.terrain.ahp import Weighing
from geo.terrain.baseline import LandClass
from geo.terrain.grid import Cells


@dataclass(frozen=True, slots=True, eq=False)
class Land:
    """The units of a scenario; n of them.

    Parameters
    ----------
    key
        Names the units for ever: two scenarios of one key can be compared unit by unit.
    ids
        ``r012c034`` for a cell, by row and column of the grid; else the ids of the set.
    planes, areas_m2
        (n,) areas in EPSG:4550 and their ellipsoid areas.
    cells
        The grid, where units are cells.
    present, shares
        (n,) number of the present class, -1 where not known; (n, classes) part of each.
    source
        Where the present use comes from; says 示例 where places are made up.
    pairs, shared_m
        Units that touch, (E, 2), and by how much, (E,).
    outline
        All units together in EPSG:4490, where they are cells.
    """

    key: str
    ids: tuple[str, ...]
    planes: np.ndarray
    areas_m2: np.ndarray
    cells: Cells | None
    classes: tuple[LandClass, ...]
    present: np.ndarray
    shares: np.ndarray
    source: Source
    example: bool
    pairs: np.ndarray
    shared_m: np.ndarray
    outline: BaseGeometry | None = None

    def __len__(self) -> int:
        """How many units."""
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Input:
    """Something a scenario looked at. `since` is None where nobody holds it: 无数据.

    `role` is ``units``, ``present``, ``limit``, ``factor`` or ``both``: what it
    was looked at for.
    """

    name: str
    title: str
    title_en: str
    since: int | None
    grade: Grade | None = None
    example: bool = False
    role: str = "limit"

    @property
    def held(self) -> bool:
        """Whether there is data."""
        return self.since is not None


@dataclass(frozen=True, slots=True)
class UseLabel:
    """What a use is called and drawn in; `code` is its class of ydyh 2023."""

    id: str
    code: str
    name: str
    name_en: str
    color: str


@dataclass(frozen=True, slots=True)
class ReasonLabel:
    """What closes land, in words, with what it rests on."""

    title: str
    title_en: str
    basis: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A scenario made ready at one version of the zone.

    Parameters
    ----------
    problem
        What is solved; with several periods its uses are called ``id@period``.
    plain
        The same for one period, with every demand of a use added up.
    labels
        Uses, in the order of `plain.uses`.
    reasons
        Code of an exclusion → its words.
    inputs
        All it looked at, also what nobody holds.
    factors
        Factor id → (n,) value at each unit, NaN where not known.
    weights
        Use id → factor → weight; `weighings` where they come from comparisons in pairs.
    points
        (n, K) suitability from 0 to 100, NaN where it is closed or not known.
    digest
        Of the definition, the rules and all inputs: the same digest, the same outcome.
    """

    definition: Definition
    version: int
    land: Land
    problem: Problem
    plain: Problem
    labels: tuple[UseLabel, ...]
    reasons: Mapping[str, ReasonLabel]
    inputs: tuple[Input, ...]
    factors: Mapping[str, np.ndarray]
    weights: Mapping[str, Mapping[str, float]]
    weighings: Mapping[str, Weighing]
    points: np.ndarray
    digest: str
    seal: Seal = UNSEALED  # of the version; no part of the digest

    @property
    def example(self) -> bool:
        """Whether any of it is made up."""
        return any(one.example for one in self.inputs)

    @property
    def no_data(self) -> tuple[Input, ...]:
        """What it would have looked at, but nobody has brought."""
        return tuple(one for one in self.inputs if not one.held)


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """A scenario with its allocation.

    Parameters
    ----------
    allocation
        Of `Prepared.problem`; beside it those of the quick methods, by name.
    use, period
        (n,) number of the use, K for unused, -1 undecided; its period, -1 where it has none.
    told
        Why demands cannot be met; empty if they are.
    whole
        The plan of all periods where this is one of them alone, see `phasing.of_period`.
    only
        That period; None where all are told.
    """

    prepared: Prepared
    allocation: Allocation
    use: np.ndarray
    period: np.ndarray
    beside: Mapping[str, Allocation] = field(default_factory=dict)
    told: tuple["Told", ...] = ()
    whole: "Outcome | None" = None
    only: int | None = None

    @property
    def year(self) -> int | None:
        """Year of the one period that is told; None where all are."""
        return None if self.only is None else self.prepared.definition.periods[self.only]

    @property
    def gap_pct(self) -> float | None:
        """How far the plan of all periods is from the best at most, in percent; None: not known."""
        return (self.whole or self).allocation.gap_pct


@dataclass(frozen=True, slots=True)
class Told:
    """A reason in words: one sentence, then the details, each in Chinese and English."""

    code: str
    text: str
    text_en: str
    details: tuple[tuple[str, str], ...] = ()
    uses: tuple[str, ...] = ()
    short_mu: float = 0.0
    rows: tuple["Ease", ...] = ()


@dataclass(frozen=True, slots=True)
class Ease:
    """What would make a demand possible: `what` is a use or an exclusion, `by_mu` the least.

    None where changing it alone is not enough. `touched_mu`, `alone_mu` for exclusions only.
    """

    what: str
    kind: str  # use | exclusion
    title: str
    title_en: str
    by_mu: float | None
    touched_mu: float | None = None
    alone_mu: float | None = None
