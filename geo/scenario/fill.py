"""Use what room whole units leave in the demands: small units that still fit, best first.

The solver settles the units whose prices are in doubt; where whole cells leave a few mu of a
demand open, a cut cell elsewhere may fit and only adds points. Every step gains, none breaks a
band or an exclusion, and the bound stands.
"""

from dataclasses import replace

import numpy as np

from geo.allocate import Allocation, Problem
from geo.allocate.appraisal import boundary_m
from geo.allocate.ground import Ground, prepared
from geo.allocate.response import OPEN

_MOST = 50  # units added to one use; each is at least half of what is left, so few are needed


def filled(problem: Problem, found: Allocation) -> Allocation:
    """The allocation with units that were left unused put where they still fit and add points."""
    if not problem.unused or problem.shares:
        return found
    ground, use = prepared(problem), found.use.copy()
    area, gained = found.area_m2.copy(), 0.0
    for k in np.argsort(-found.prices, kind="stable").tolist():
        for unit in _fitting(ground, k, use, ground.high[k] - area[k]):
            use[unit] = k
            size = float(ground.row(k)[unit])
            area[k] += size
            area[-1] -= float(ground.row(ground.uses)[unit])
            gained += float(ground.score[k, unit]) * size
    if not gained:
        return found
    whole = found.objective + gained
    bound = None if found.bound is None else max(found.bound, whole)
    edge = boundary_m(problem, use)
    return replace(found, use=use, area_m2=area, objective=whole, bound=bound, boundary_m=edge)


def _fitting(ground: Ground, k: int, use: np.ndarray, room: float) -> list[int]:
    """Unused units that go into the room of a use one after another, most points first."""
    if not np.isfinite(room):
        return []
    size, score = ground.row(k), ground.score[k].astype(float)
    stays = ground.score[-1] > OPEN
    free = np.flatnonzero((use == ground.uses) & stays & (score > 0) & (size <= room))
    order, chosen = free[np.argsort(-(score * size)[free], kind="stable")], list[int]()
    while len(order) and len(chosen) < _MOST:
        chosen.append(int(order[0]))
        room -= float(size[order[0]])
        order = order[1:]
        order = order[size[order] <= room]
    return chosen
