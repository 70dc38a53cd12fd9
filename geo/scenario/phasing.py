"""Phasing: in which period land opens and how much of it; and a plan, one period at a time."""

from dataclasses import dataclass, replace

import numpy as np

from geo.allocate import Allocation, Problem, State, ground
from geo.allocate.response import OPEN
from geo.errors import DataError
from geo.scenario.values import Outcome, Prepared


@dataclass(frozen=True, slots=True)
class Opening:
    """Land that opens in a period (`year` None where there is only one), or never."""

    period: int | None
    year: int | None
    units: int
    area_m2: float


def ready(prepared: Prepared) -> np.ndarray:
    """(n,) first period in which a unit may be used; the number of periods if never."""
    spans, stage = prepared.definition.spans, prepared.plain.stage
    if stage is None:
        return np.zeros(len(prepared.land), dtype=np.int16)
    return np.asarray(np.minimum(stage.ready, spans), dtype=np.int16)


def openings(prepared: Prepared) -> tuple[Opening, ...]:
    """Units and land that open in each period, last those that never do, if there are any."""
    known, first = prepared.definition, ready(prepared)
    areas = prepared.land.areas_m2
    out = []
    for period in range(known.spans):
        mine = first == period
        year = known.periods[period] if known.periods else None
        out.append(Opening(period, year, int(mine.sum()), float(areas[mine].sum())))
    never = first == known.spans
    if never.any():
        out.append(Opening(None, None, int(never.sum()), float(areas[never].sum())))
    return tuple(out)


def of_period(outcome: Outcome, period: int) -> Outcome:
    """What a plan gives in one of its periods; all other land as it is, all figures of it alone.

    Proof and prices are those of all periods together. Raises `DataError` PERIOD where the
    plan has no such period.
    """
    uses, spans = len(outcome.prepared.labels), outcome.prepared.definition.spans
    if not (outcome.prepared.definition.periods and 0 <= period < spans):
        raise DataError(f"方案没有第 {period + 1} 期，请改选", "PERIOD")
    mine = slice(period * uses, (period + 1) * uses)
    found, here = outcome.allocation, outcome.period == period
    rows = (found.area_m2, found.short_m2, found.over_m2)
    area, short, over = (_kept(row, mine) for row in rows)
    area[-1] = found.area_m2.sum() - area.sum()
    kept = not short.any() and not over.any()
    return replace(
        outcome,
        allocation=replace(
            found,
            use=np.where(here | (found.use < 0), found.use, uses * spans).astype(np.int16),
            area_m2=area,
            objective=_points(outcome.prepared.problem, found, mine),
            bound=None,
            short_m2=short,
            over_m2=over,
            state=State.DONE if kept else found.state,
            splits=tuple(one for one in found.splits if mine.start <= one.use < mine.stop),
            boundary_m=None,
        ),
        use=np.where(here | (outcome.use < 0), outcome.use, uses).astype(np.int16),
        period=np.where(here, period, -1).astype(np.int16),
        whole=outcome,
        only=period,
    )


def _kept(row: np.ndarray, mine: slice) -> np.ndarray:
    """Numbers of some uses, 0 for the others."""
    out = np.zeros_like(row)
    out[mine] = row[mine]
    return out


def _points(problem: Problem, found: Allocation, mine: slice) -> float:
    """Points times m² of some uses; parts of units count as parts."""
    known, total = ground.prepared(problem), 0.0
    whole = np.ones(problem.units, dtype=bool)
    whole[[one.unit for one in found.splits]] = False
    for use in range(mine.start, mine.stop):
        held = whole & (found.use == use) & (known.score[use] > OPEN)
        total += float(np.dot(known.score[use][held].astype(float), known.row(use)[held]))
    for one in found.splits:
        if mine.start <= one.use < mine.stop:
            size = float(known.row(one.use)[one.unit]) * one.share
            total += float(known.score[one.use, one.unit]) * size
    return total
