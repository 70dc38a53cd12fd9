"""Plans that hang together: fewer edges between unlike uses, no patches too small.

The edge between neighbours of unlike use costs points per metre. The plan is moved towards
the uses of its neighbours (the edges of the last plan become a bonus on the scores, and the
land is divided again at new prices, so that demands stay met), then single units and pairs
are exchanged as long as that gains. There is no bound on compact plans; what compactness
took off the plain objective is told.
"""

import time
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from geo.allocate.answers import Allocation, Fault, State
from geo.allocate.appraisal import Maker, appraised, boundary_m
from geo.allocate.exchange import exchanged
from geo.allocate.ground import CLOSED, Ground, prepared
from geo.allocate.plan import Way, divide
from geo.allocate.response import OPEN
from geo.allocate.values import Effort, Neighbours, Problem, Watch
from geo.errors import DataError

ROUNDS = 8
PATCH_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Compactness:
    """Points lost per metre of edge between unlike uses."""

    points_per_m: float


def compact(
    problem: Problem,
    plain: Allocation,
    wish: Compactness,
    effort: Effort | None = None,
    watch: Watch | None = None,
) -> Allocation:
    """A plan with fewer edges and without small patches, beside the plain one it starts from.

    Keeps all that the plain plan keeps. `cost_pct` is what it loses against it; `faults` are
    patches that stay too small. Raises `DataError` where neighbours are not known.
    """
    if problem.neighbours is None:
        raise DataError("要求成片却没有相邻关系，请先计算相邻关系", "NEIGHBOURS")
    if plain.state is not State.DONE or problem.shares:
        raise DataError("只有满足全部需求的整块方案才能调整成片，请先求得这样的方案", "PLAIN")
    effort, watch = effort or Effort(), watch or Watch()
    began = time.perf_counter()
    ground = prepared(problem)
    use = _gathered(ground, problem.neighbours, (plain.use, wish, effort, watch))
    if problem.patch_m2 is not None:
        use = _mended(ground, problem, (use, wish, effort, watch))
    found = appraised(problem, ground, use, Maker("compact", began), plain.bound)
    cost = 100 * (plain.objective - found.objective) / max(abs(plain.objective), 1e-12)
    state = State.CANCELLED if watch.cancelled() else found.state
    faults = _faults(ground, problem, use)
    return replace(found, prices=plain.prices, cost_pct=cost, state=state, faults=faults)


_Work = tuple[np.ndarray, Compactness, Effort, Watch]


def _gathered(ground: Ground, by: Neighbours, work: _Work) -> np.ndarray:
    """The best of some rounds of dividing with a bonus for the uses of neighbours."""
    use, wish, effort, watch = work
    links = _links(by, ground.units)
    best, top = use, _value(ground, by, use, wish)
    mean = _around(ground, links, use)
    for step in range(ROUNDS):
        if watch.cancelled():
            return best
        watch.progress(step / (ROUNDS + 1), "compact")
        strength = wish.points_per_m * min(1.0, (step + 1) / 3)
        found = divide(_drawn(ground, mean, strength), _rough(effort), Watch(), Way())
        if not found.met:
            break
        mean = (mean + _around(ground, links, found.choice)) / 2
        value = _value(ground, by, found.choice, wish)
        if value > top:
            best, top = found.choice, value
    return exchanged(ground, links, best, wish.points_per_m)


def _rough(effort: Effort) -> Effort:
    return replace(effort, gap_pct=max(effort.gap_pct, 0.02), exact_columns=0)


def _links(by: Neighbours, units: int) -> csr_array:
    """(n, n) metres of shared edge, both ways."""
    one, other = by.pairs.T
    both = (np.concatenate([one, other]), np.concatenate([other, one]))
    return csr_array((np.tile(by.shared_m, 2), both), shape=(units, units))


def _around(ground: Ground, links: csr_array, use: np.ndarray) -> np.ndarray:
    """(C, n) metres of edge each unit shares with each use."""
    uses = np.arange(len(ground.score))[:, None]
    return np.asarray((links @ (use == uses).T.astype(float)).T)


def _drawn(ground: Ground, around: np.ndarray, strength: float) -> Ground:
    """The ground with a bonus for what lies around: points per m² of usable land."""
    bonus = strength * around / np.maximum(ground.usable, 1e-9)
    score = np.where(ground.score > OPEN, ground.score + bonus, CLOSED)
    return replace(ground, score=score.astype(ground.score.dtype))


def _value(ground: Ground, by: Neighbours, use: np.ndarray, wish: Compactness) -> float:
    worth = 0.0
    for k, row in enumerate(ground.score):
        held = use == k
        worth += float(np.dot(row[held].astype(float), ground.row(k)[held]))
    one, other = by.pairs.T
    return worth - wish.points_per_m * float(by.shared_m[use[one] != use[other]].sum())


def patches(problem: Problem, use: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Connected patches of one use: (n,) patch of each unit, and (patches,) m² of each."""
    if problem.neighbours is None:
        raise DataError("没有相邻关系，无法划分图斑，请先计算相邻关系", "NEIGHBOURS")
    one, other = problem.neighbours.pairs.T
    same = use[one] == use[other]
    shape = (problem.units, problem.units)
    joined = csr_array((np.ones(int(same.sum())), (one[same], other[same])), shape=shape)
    count, patch = connected_components(joined, directed=False)
    return patch, np.bincount(patch, weights=problem.areas_m2, minlength=count)


def _small(ground: Ground, problem: Problem, use: np.ndarray) -> np.ndarray:
    """(n,) units that lie in a patch smaller than their use allows."""
    patch, area = patches(problem, use)
    least = np.zeros(len(ground.score))
    if problem.patch_m2 is not None:
        least[: ground.uses] = problem.patch_m2
    wanted = np.where(use >= 0, least[np.minimum(use, len(least) - 1)], 0.0)
    return np.asarray(area[patch] < wanted * (1 - 1e-9))


def _mended(ground: Ground, problem: Problem, work: _Work) -> np.ndarray:
    """Close small patches to their use and divide again, some times; the fewest left wins."""
    use, wish, effort, watch = work
    if problem.neighbours is None:
        return use
    links = _links(problem.neighbours, ground.units)
    best, least, score = use, int(_small(ground, problem, use).sum()), ground.score.copy()
    for _ in range(PATCH_ROUNDS):
        small = _small(ground, problem, use) & ((score > OPEN).sum(axis=0) > 1)
        if not small.any() or watch.cancelled():
            break
        score[use[small], np.flatnonzero(small)] = CLOSED
        closer = replace(ground, score=score)
        drawn = _drawn(closer, _around(ground, links, use), wish.points_per_m)
        found = divide(drawn, _rough(effort), Watch(), Way())
        if not found.met:
            break
        use = exchanged(closer, links, found.choice, wish.points_per_m)
        left = int(_small(ground, problem, use).sum())
        if left < least:
            best, least = use, left
    return best


def _faults(ground: Ground, problem: Problem, use: np.ndarray) -> tuple[Fault, ...]:
    """Patches that stay too small, by use."""
    if problem.patch_m2 is None:
        return ()
    small = _small(ground, problem, use)
    patch, _ = patches(problem, use)
    found = []
    for k in np.unique(use[small]):
        mine = small & (use == k)
        area = float(problem.areas_m2[mine].sum())
        found.append(Fault("PATCH", int(k), len(np.unique(patch[mine])), area))
    return tuple(found)


__all__ = ["Compactness", "boundary_m", "compact", "patches"]
