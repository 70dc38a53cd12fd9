"""Two plans beside one another: how much land goes from which use to which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from geo.allocate.answers import Allocation
from geo.allocate.ground import prepared
from geo.allocate.response import OPEN
from geo.allocate.values import Problem
from geo.errors import DataError
from geo.units import AreaUnit, parts_to_total, to_unit

UNUSED, UNDECIDED, UNKNOWN = "unused", "undecided", "unknown"


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """Land that goes from one use to another: `m2` (rows, columns), `changed` (n,) of bool."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    m2: np.ndarray
    changed: np.ndarray

    def rounded(self, unit: AreaUnit, decimals: int) -> list[list[Decimal]]:
        """The table in a unit, rounded so that its cells add up to its rounded total."""
        cells = [to_unit(float(area), unit) for area in self.m2.ravel()]
        flat, width = parts_to_total(cells, decimals), len(self.columns)
        return [flat[at : at + width] for at in range(0, len(flat), width)]


@dataclass(frozen=True, slots=True)
class Why:
    """One use for one unit: its score, its score after prices, and what forbids it."""

    use: str
    score: float
    priced: float
    forbidden: tuple[str, ...]


def compare(a: Allocation, b: Allocation, problem: Problem) -> Flow:
    """From the uses of plan `a` to those of plan `b`, full areas of units in m²."""
    labels = (*problem.uses, UNUSED, UNDECIDED)
    return _flow((labels, a.use), (labels, b.use), problem)


def from_present(b: Allocation, problem: Problem) -> Flow:
    """From the present uses to those of a plan; units left unused stay what they are."""
    if problem.conversion is None:
        raise DataError("没有现状用途，无法与现状比较，请先给出现状", "PRESENT")
    rows = (*problem.conversion.names, UNKNOWN)
    columns = (*problem.uses, UNUSED, UNDECIDED)
    return _flow((rows, problem.conversion.present), (columns, b.use), problem)


def _flow(
    start: tuple[tuple[str, ...], np.ndarray],
    end: tuple[tuple[str, ...], np.ndarray],
    problem: Problem,
) -> Flow:
    (rows, was), (columns, is_) = start, end
    if not len(was) == len(is_) == problem.units:
        raise DataError("两个方案的单元数不同，不能比较，请选用同一底数的方案", "UNITS")
    row, column = was.astype(np.int64) % len(rows), is_.astype(np.int64) % len(columns)
    sums = np.bincount(
        row * len(columns) + column, weights=problem.areas_m2, minlength=len(rows) * len(columns)
    )
    changed = was != is_ if rows == columns else is_ < len(problem.uses)
    return Flow(rows, columns, sums.reshape(len(rows), len(columns)), np.asarray(changed))


def indicators(plan: Allocation, rates: Mapping[str, Sequence[float]]) -> Mapping[str, float]:
    """Totals of what each use brings: rates are K numbers per m² of usable land."""
    return {
        name: float(np.dot(plan.area_m2[:-1], np.asarray(rate, dtype=float)))
        for name, rate in rates.items()
    }


def why(problem: Problem, plan: Allocation, unit: int) -> tuple[Why, ...]:
    """Why a unit has its use and not another: best after prices first, closed ones last."""
    ground = prepared(problem)
    found = []
    for k, use in enumerate(problem.uses):
        bits = int(ground.bits[k, unit])
        codes = tuple(code for place, code in enumerate(ground.codes) if bits >> place & 1)
        score = float(problem.scores[unit, k])
        found.append(Why(use, score, score - float(plan.prices[k]), codes))
    if len(ground.score) > ground.uses and ground.score[-1, unit] > OPEN:
        found.append(Why(UNUSED, 0.0, 0.0, ()))
    return tuple(sorted(found, key=lambda one: (bool(one.forbidden), -one.priced)))
