"""Small moves that gain: a unit to the use of its neighbours, or two units that swap."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from geo.allocate.ground import Ground
from geo.allocate.response import OPEN

SWEEPS = 12
TINY = 1e-9
WAITING = 40  # moves kept for each pair of uses, in case another makes room for them


@dataclass(slots=True, eq=False)
class _State:
    """A plan being changed: `held` (C,) m² of each use, units already `touched` in this sweep."""

    use: np.ndarray
    held: np.ndarray
    touched: np.ndarray


def exchanged(ground: Ground, links: csr_array, use: np.ndarray, points_per_m: float) -> np.ndarray:
    """Move units while points less edges rise; demands, exclusions and locks stay kept."""
    uses = np.arange(len(ground.score))[:, None]
    area = np.array([ground.row(k)[use == k].sum() for k in range(len(ground.score))])
    state = _State(use.copy(), area, np.zeros(ground.units, dtype=bool))
    every = np.arange(ground.units)
    for _ in range(SWEEPS):
        around = np.asarray((links @ (state.use == uses).T.astype(float)).T)
        worth = np.where(ground.score > OPEN, ground.score * ground.usable, -np.inf)
        worth = worth + points_per_m * around
        gain = worth - worth[state.use, every]
        gain[state.use, every] = -np.inf
        target = gain.argmax(axis=0)
        best = gain[target, every]
        if best.max() <= TINY:
            break
        hopeful = np.flatnonzero(best > -best.max() / 4)
        hopeful = hopeful[np.argsort(-best[hopeful], kind="stable")]
        state.touched[:] = False
        if not _sweep(
            ground, links, state, [(int(i), int(target[i]), float(best[i])) for i in hopeful]
        ):
            break
    return state.use


def _sweep(
    ground: Ground, links: csr_array, state: _State, moves: list[tuple[int, int, float]]
) -> int:
    """Make the moves that gain, best first, alone or with one that makes room; how many."""
    waiting: dict[tuple[int, int], list[tuple[int, int, float]]] = {}
    made = 0
    for move in moves:
        unit, to, gain = move
        if state.touched[unit]:
            continue
        if gain > TINY and _fits(ground, state, [move]):
            _make(ground, links, state, [move])
            made += 1
            continue
        start = int(state.use[unit])
        queue = waiting.get((to, start), [])
        made += _paired(ground, links, state, (move, queue))
        if not state.touched[unit] and len(waiting.setdefault((start, to), [])) < WAITING:
            waiting[start, to].append(move)
    return made


def _paired(
    ground: Ground,
    links: csr_array,
    state: _State,
    swap: tuple[tuple[int, int, float], list[tuple[int, int, float]]],
) -> int:
    """Swap with the first waiting unit that gains together and keeps the demands."""
    move, queue = swap
    beside = links.indices[links.indptr[move[0]] : links.indptr[move[0] + 1]]
    for other in queue:
        both = [move, other]
        fresh = not state.touched[other[0]] and other[0] not in beside
        if fresh and move[2] + other[2] > TINY and _fits(ground, state, both):
            _make(ground, links, state, both)
            return 1
    return 0


def _fits(ground: Ground, state: _State, moves: list[tuple[int, int, float]]) -> bool:
    """Whether the demands are kept after some moves."""
    area = _after(ground, state, moves)
    return bool(np.all(area >= ground.low) and np.all(area <= ground.high))


def _after(ground: Ground, state: _State, moves: list[tuple[int, int, float]]) -> np.ndarray:
    area = state.held.copy()
    for unit, to, _ in moves:
        start = state.use[unit]
        area[start] -= ground.row(start)[unit]
        area[to] += ground.row(to)[unit]
    return area


def _make(
    ground: Ground, links: csr_array, state: _State, moves: list[tuple[int, int, float]]
) -> None:
    state.held = _after(ground, state, moves)
    for unit, to, _ in moves:
        state.use[unit] = to
        state.touched[unit] = True
        state.touched[links.indices[links.indptr[unit] : links.indptr[unit + 1]]] = True
