"""Whole units in the demands: only those that the prices leave in doubt are still decided.

At the best prices nearly every unit has one use that is clearly worth most to it. The few
nearest to indifference are divided exactly by an integer program, so that every demand is met;
a column whose use costs more than the distance to the bound cannot be in a better plan.
"""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from geo.allocate.ground import Ground
from geo.allocate.response import OPEN, blocks, choose, worths
from geo.allocate.values import Effort

if TYPE_CHECKING:
    from scipy.optimize import OptimizeResult

WIDEST = 24_000  # columns of the largest core
LONG = 50  # the dearest shortage, in ranges of scores


@dataclass(frozen=True, slots=True, eq=False)
class Stand:
    """What units do at a price: `choice` (n,), its gain `best`, and `margin` in points per m²."""

    choice: np.ndarray
    best: np.ndarray
    margin: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Pairs in doubt: `unit` and `use` of each, sorted by unit; all others stay as `choice`."""

    unit: np.ndarray
    use: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """A plan of whole units, or with `share` of each column; `bound` of these columns alone."""

    choice: np.ndarray
    columns: Columns
    share: np.ndarray
    met: bool
    bound: float
    timely: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Sized:
    """Points and area of each column, and their means: numbers of about one solve best."""

    value: np.ndarray
    usable: np.ndarray
    size: float
    mean_m2: float


def stand(ground: Ground, price: np.ndarray) -> Stand:
    """What each unit takes at a price, and how far its second best is behind."""
    kind = ground.score.dtype
    choice = np.empty(ground.units, dtype=np.int16)
    best, margin = np.empty(ground.units, dtype=kind), np.empty(ground.units, dtype=kind)
    for part in blocks(ground):
        best[part], choice[part] = choose(ground, price, part)
        second = np.full(len(best[part]), -math.inf, dtype=kind)
        for use, gain in enumerate(worths(ground, price, part)):
            np.maximum(second, gain, out=second, where=choice[part] != use)
        margin[part] = best[part] - second
        if len(ground.usable) > 1:
            margin[part] /= np.maximum(ground.usable[:, part].max(axis=0), 1e-9)
    return Stand(choice, best, margin)


def regrets(ground: Ground, price: np.ndarray, units: np.ndarray) -> np.ndarray:
    """(C, m) points m² that each use of some units is behind their best; inf if closed."""
    score = ground.score[:, units].astype(float)
    usable = ground.usable[:, units]
    gain = (score + price[:, None]) * usable
    return np.where(score > OPEN, gain.max(axis=0) - gain, math.inf)


def doubtful(ground: Ground, price: np.ndarray, at: Stand, counts: np.ndarray) -> Columns:
    """For each use, the `counts` (C,) units that would most easily come to it, or leave it."""
    reach = np.full(ground.units, -1.0)
    for k, count in enumerate(counts):
        held = at.choice == k
        behind = np.where(ground.score[k] > OPEN, _behind(ground, price, at, k), math.inf)
        _pick(reach, behind, ~held, int(count))
        _pick(reach, at.margin, held, int(count))
    units = np.flatnonzero(reach >= 0)
    most = np.maximum(ground.usable[:, units].max(axis=0), 1e-9)
    unit, use = np.nonzero((regrets(ground, price, units) <= 2 * reach[units] * most).T)
    return Columns(units[unit], use)


def _behind(ground: Ground, price: np.ndarray, at: Stand, use: int) -> np.ndarray:
    gain = ground.score[use] + ground.score.dtype.type(price[use])
    if len(ground.usable) == 1:
        return np.asarray(at.best - gain)
    most = np.maximum(ground.usable.max(axis=0), 1e-9)
    return np.asarray((at.best - gain * ground.usable[use]) / most)


def _pick(reach: np.ndarray, values: np.ndarray, where: np.ndarray, count: int) -> None:
    """Mark the `count` units with the least values, as far as each value reaches."""
    found = np.flatnonzero(where & (values < -OPEN))
    if len(found) > count:
        found = found[np.argpartition(values[found], count)[:count]]
    reach[found] = np.maximum(reach[found], values[found])


def within(ground: Ground, price: np.ndarray, reach: float, at: Stand) -> Columns:
    """All pairs that a plan within `reach` points m² of the bound could hold."""
    most = ground.usable.max(axis=0)
    units = np.flatnonzero(at.margin.astype(float) * most <= reach * (1 + 1e-6) + 1e-6 * most)
    unit, use = np.nonzero((regrets(ground, price, units) <= reach * (1 + 1e-9)).T)
    return Columns(units[unit], use)


def settle(
    ground: Ground, columns: Columns, choice: np.ndarray, effort: Effort, *, whole: bool = True
) -> Settled:
    """Divide the doubtful units exactly, all others staying with their `choice`.

    If the demands cannot be met so, nothing is decided: `met` is false.
    """
    found = _program(ground, columns, choice, (effort, whole, None))
    if found.x is None:
        return Settled(choice, columns, np.zeros(0), False, -math.inf, found.status != 1)
    return _read(columns, choice, found, len(columns.unit))


def approach(
    ground: Ground, columns: Columns, choice: np.ndarray, effort: Effort, *, whole: bool = True
) -> Settled:
    """As `settle`, but where the demands cannot be met, miss them by as little as may be."""
    scores = ground.score[ground.score > OPEN]
    dear = LONG * max(float(np.ptp(scores)) if scores.size else 0.0, 1.0)
    found = _program(ground, columns, choice, (effort, whole, dear))
    if found.x is None:
        return Settled(choice, columns, np.zeros(0), False, -math.inf, False)
    return _read(columns, choice, found, len(columns.unit))


def _read(columns: Columns, choice: np.ndarray, found: "OptimizeResult", count: int) -> Settled:
    share = np.clip(found.x[:count], 0, 1)
    chosen = choice.copy()
    order = np.argsort(share, kind="stable")  # the largest share of a unit is written last
    chosen[columns.unit[order]] = columns.use[order]
    bound = -found.mip_dual_bound if found.mip_dual_bound is not None else -found.fun
    return Settled(chosen, columns, share, True, float(bound), found.status != 1)


def _program(
    ground: Ground,
    columns: Columns,
    choice: np.ndarray,
    how: tuple[Effort, bool, float | None],
) -> "OptimizeResult":
    """The integer program of the columns; the worth of all other units is a fixed column."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - 0.7 s to load

    effort, whole, dear = how
    units, place = np.unique(columns.unit, return_inverse=True)
    rest = np.ones(ground.units, dtype=bool)
    rest[units] = False
    fixed, worth = taken(ground, choice, rest)
    count, sized = len(columns.unit), _sized(ground, columns)
    size, area = sized.size, sized.mean_m2
    slack = 0 if dear is None else 2 * len(ground.low)
    short = np.full(slack, (dear or 0) * area / size)
    cost = np.concatenate([-sized.value / size, short, [-worth / size]])
    one = csr_array((np.ones(count), (place, np.arange(count))), shape=(len(units), len(cost)))
    bands = _bands(columns.use, sized.usable / area, slack, (len(ground.low), len(cost)))
    least = np.concatenate([np.zeros(count + slack), [1.0]])
    most = np.concatenate([np.ones(count), np.full(slack, np.inf), [1.0]])
    demand = LinearConstraint(bands, (ground.low - fixed) / area, (ground.high - fixed) / area)
    found = milp(
        cost,
        integrality=np.concatenate([np.full(count, int(whole)), np.zeros(slack + 1)]),
        bounds=Bounds(least, most),
        constraints=[LinearConstraint(one, 1, 1), demand],
        options=_options(effort, len(units), ground.units),
    )
    return _rescaled(found, size)


def _sized(ground: Ground, columns: Columns) -> _Sized:
    usable = ground.usable[columns.use if len(ground.usable) > 1 else 0, columns.unit]
    value = ground.score[columns.use, columns.unit].astype(float) * usable
    size, area = float(np.abs(value).mean()), float(usable.mean())
    return _Sized(value, usable, max(size, 1e-9), max(area, 1e-9))


def _bands(use: np.ndarray, areas: np.ndarray, slack: int, shape: tuple[int, int]) -> csr_array:
    """Area that each use gets, by column; with a column for what it misses, and for what is over.

    `slack` is the number of those, 0 or two for each use; the last column is of no area.
    """
    count, rows = len(use), shape[0]
    if not slack:
        return csr_array((areas, (use, np.arange(count))), shape=shape)
    every = np.arange(rows)
    entries = np.concatenate([areas, np.ones(rows), -np.ones(rows)])
    at = np.concatenate([use, every, every])
    return csr_array((entries, (at, np.arange(count + slack))), shape=shape)


def _options(effort: Effort, units: int, of: int) -> dict[str, float]:
    nodes = effort.nodes * (50 if units == of and of <= 100 else 1)
    return {"mip_rel_gap": effort.gap_pct / 200, "node_limit": nodes, "time_limit": effort.seconds}


def _rescaled(found: "OptimizeResult", size: float) -> "OptimizeResult":
    if found.x is not None:
        found.fun *= size
        if found.mip_dual_bound is not None:
            found.mip_dual_bound *= size
    return found


def taken(ground: Ground, choice: np.ndarray, where: np.ndarray) -> tuple[np.ndarray, float]:
    """(C,) m² and points m² of the units that are not in doubt."""
    area, worth = np.zeros(len(ground.score)), 0.0
    for use in range(len(ground.score)):
        held = where & (choice == use)
        area[use] = ground.row(use)[held].sum()
        worth += float(np.dot(ground.score[use][held].astype(float), ground.row(use)[held]))
    return area, worth
