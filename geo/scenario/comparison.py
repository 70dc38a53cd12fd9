"""Two scenarios beside one another: from which use to which, by how much, and where."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from geo import allocate
from geo.allocate import Allocation, Flow
from geo.errors import DataError
from geo.scenario import figure
from geo.scenario.figure import Coverage, Indicator, Price
from geo.scenario.values import Outcome, UseLabel

Row = TypeVar("Row", Coverage, Price)


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """What is different between two scenarios of the same units.

    Parameters
    ----------
    labels
        Uses of either, in order; the flow has two more, ``unused`` and ``undecided``.
    flow
        m² from each use of the first to each of the second; adds up to all land.
    codes
        (n,) 0 where a unit keeps its use, else 1 + number of the pair in `changes`.
    changes
        Pairs of uses between which land moves, most land first, with its m².
    indicators, coverage, prices
        Of the first and of the second.
    """

    labels: tuple[UseLabel, ...]
    flow: Flow
    codes: np.ndarray
    changes: tuple[tuple[str, str, float], ...]
    indicators: tuple[tuple[Indicator, ...], tuple[Indicator, ...]]
    coverage: tuple[tuple[Coverage, ...], tuple[Coverage, ...]]
    prices: tuple[tuple[Price, ...], tuple[Price, ...]]


def compare(a: Outcome, b: Outcome) -> Comparison:
    """From scenario `a` to `b`. Raises `DataError` COMPARE_UNITS where they divide other units."""
    land = a.prepared.land
    if land.key != b.prepared.land.key:
        raise DataError("两个方案的单元不同，不能逐单元比较，请选用同一底数的方案", "COMPARE_UNITS")
    labels = {label.id: label for one in (b, a) for label in one.prepared.labels}
    ids = tuple(dict.fromkeys(label.id for one in (a, b) for label in one.prepared.labels))
    problem = replace(a.prepared.plain, uses=ids)
    flow = allocate.compare(_among(a, ids), _among(b, ids), problem)
    changes, codes = _changes(flow, _among(a, ids).use, _among(b, ids).use)
    return Comparison(
        labels=tuple(labels[id_] for id_ in ids),
        flow=flow,
        codes=codes,
        changes=changes,
        indicators=(figure.indicators(a), figure.indicators(b)),
        coverage=(figure.coverage(a), figure.coverage(b)),
        prices=(figure.prices(a), figure.prices(b)),
    )


def paired(first: Iterable[Row], second: Iterable[Row]) -> list[tuple[Row | None, Row | None]]:
    """Rows of both by use and year: periods of one number may be of different years."""
    a: dict[tuple[str, int | None], Row] = {(row.use.id, row.year): row for row in first}
    b: dict[tuple[str, int | None], Row] = {(row.use.id, row.year): row for row in second}
    return [(a.get(key), b.get(key)) for key in dict.fromkeys((*a, *b))]


def from_present(outcome: Outcome) -> Flow:
    """From the present classes to the uses of a scenario; what stays unused stays as it is."""
    among = _among(outcome, outcome.prepared.plain.uses)
    return allocate.from_present(among, outcome.prepared.plain)


def _among(outcome: Outcome, ids: tuple[str, ...]) -> Allocation:
    """The allocation with its uses numbered among others, periods put together."""
    own = [ids.index(label.id) for label in outcome.prepared.labels]
    number = np.array([*own, len(ids), -1])
    return replace(outcome.allocation, use=number[outcome.use].astype(np.int16))


def _changes(
    flow: Flow, was: np.ndarray, is_: np.ndarray
) -> tuple[tuple[tuple[str, str, float], ...], np.ndarray]:
    wide = len(flow.columns)
    sums = flow.m2.copy()
    np.fill_diagonal(sums, 0)
    order = [int(i) for i in np.argsort(-sums.ravel(), kind="stable") if sums.ravel()[i] > 0]
    pairs = tuple((flow.rows[i // wide], flow.columns[i % wide], sums.ravel()[i]) for i in order)
    code = np.zeros(wide * wide, dtype=np.uint16)
    code[order] = np.arange(1, len(order) + 1)
    key = (was.astype(np.int64) % wide) * wide + is_.astype(np.int64) % wide
    codes = np.where(flow.changed, code[key], 0).astype(np.uint16)
    return tuple((start, end, float(m2)) for start, end, m2 in pairs), codes
