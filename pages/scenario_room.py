"""How much land a draft has room on: by the very numbers the allocator uses."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from geo.allocate.ground import prepared as grounded
from geo.scenario import Prepared


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """Usable land in m², sooner or later: open to each use, to any of them, and all units."""

    open_m2: tuple[float, ...]
    any_m2: float
    all_m2: float


@lru_cache(maxsize=6)
def room(found: Prepared) -> Room:
    """How much land is open in any period, by the very numbers the allocator uses."""
    ground = grounded(found.problem)
    free = ground.bits == 0
    whole = np.stack([ground.row(k) * free[k] for k in range(ground.uses)])
    most = whole.reshape(found.definition.spans, len(found.labels), -1).max(axis=0)
    rows = tuple(float(row.sum()) for row in most)
    return Room(rows, float(most.max(axis=0).sum()), float(found.land.areas_m2.sum()))
