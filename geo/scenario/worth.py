"""What a plan would lose with each of its units: a proven least, from the prices alone.

With prices p the Lagrangian L(p) is above every plan, and without a unit it falls by what the
unit's best use is worth above its price (Geoffrion 1974). So no plan without the unit reaches
L(p) less that, whatever else is moved: the loss is at least the rest.
"""

import math

import numpy as np

from geo.allocate import ground
from geo.scenario.values import Outcome


def worth(outcome: Outcome) -> np.ndarray:
    """(n,) points times m² that are lost at least if a unit must stay as it is.

    0 for units that get no use, and where the prices prove nothing. All 0 where the demands
    cannot be met, and where units may be split.
    """
    problem, found = outcome.prepared.problem, outcome.allocation
    if found.gap_pct is None or problem.shares or not problem.unused:
        return np.zeros(problem.units)
    known = ground.prepared(problem, exact=True)
    net = np.full(problem.units, -math.inf)
    for k, price in enumerate(found.prices):
        above = (known.score[k] - price) * known.row(k)
        net = np.maximum(net, np.where(known.bits[k] > 0, -math.inf, above))
    free = known.score[-1] > ground.CLOSED / 2  # may stay as it is
    held = np.where(free, np.maximum(net, 0.0), net)
    limits = [
        price * (high if price > 0 else low)
        for price, low, high in zip(found.prices, known.low, known.high, strict=False)
        if price
    ]
    over = float(held.sum()) + math.fsum(limits) - found.objective
    given = (found.use >= 0) & (found.use < len(problem.uses)) & free
    return np.where(given, np.maximum(held - max(over, 0.0), 0.0), 0.0)
