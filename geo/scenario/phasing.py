"""Phasing: in which period land opens, after which road or tunnel, and how much of it."""

from dataclasses import dataclass

import numpy as np

from geo.scenario.values import Prepared


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
