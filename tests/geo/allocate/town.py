"""Made-up towns for the allocator, and the same problems written for other solvers."""

from dataclasses import replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp
from scipy.sparse import coo_array

from geo.allocate import Band, Neighbours, Partial, Problem


def town(units: int, uses: int, seed: int, demand: float = 0.9, tolerance: float = 0.1) -> Problem:
    """Units of uneven size, a sixth of the pairs forbidden, demands that fill part of the land."""
    random = np.random.default_rng(seed)
    areas = random.lognormal(8.3, 0.6, units)
    forbidden = (random.random((units, uses)) < 0.15).astype(np.uint8)
    forbidden[forbidden.all(axis=1), 0] = 0
    wanted = random.dirichlet(np.full(uses, 4.0)) * areas.sum() * demand
    return Problem(
        uses=tuple(f"U{k}" for k in range(uses)),
        areas_m2=areas,
        scores=random.random((units, uses)).astype(np.float32),
        bands=tuple(Band(w * (1 - tolerance), w * (1 + tolerance)) for w in wanted),
        forbidden=forbidden,
        reasons=("FARM",),
    )


def flooded(problem: Problem, seed: int) -> Problem:
    """The same where a part of some units may only be used by half."""
    share = np.random.default_rng(seed).random(problem.units) * 0.8
    share[share < 0.4] = 0
    part = Partial("FLOOD", share, 50.0, uses=(0,))
    return replace(problem, partials=(part,))


def grid(rows: int, columns: int, seed: int = 0) -> Problem:
    """Cells of 100 m, smooth scores for two uses, with their neighbours."""
    number = np.arange(rows * columns).reshape(rows, columns)
    across = np.column_stack([number[:, :-1].ravel(), number[:, 1:].ravel()])
    down = np.column_stack([number[:-1].ravel(), number[1:].ravel()])
    pairs = np.vstack([across, down])
    land, random = rows * columns * 1e4, np.random.default_rng(seed)
    return Problem(
        uses=("07", "10"),
        areas_m2=np.full(rows * columns, 1e4),
        scores=random.random((rows * columns, 2)).astype(np.float32),
        bands=(Band(0.3 * land, 0.35 * land), Band(0.3 * land, 0.35 * land)),
        neighbours=Neighbours(pairs, np.full(len(pairs), 100.0)),
    )


def usable(problem: Problem) -> np.ndarray:
    """(n, K) m² that count, written out again from the definition for a single constraint."""
    out = np.repeat(problem.areas_m2[:, None], len(problem.uses), axis=1)
    for part in problem.partials:
        for use in part.uses or range(len(problem.uses)):
            out[:, use] *= 1 - part.share * (1 - part.usable_pct / 100)
    return out


def open_pairs(problem: Problem) -> np.ndarray:
    """(n, K) of bool: no exclusion forbids it."""
    shape = problem.scores.shape
    return np.ones(shape, bool) if problem.forbidden is None else problem.forbidden == 0


def rows_of(problem: Problem) -> tuple[coo_array, np.ndarray, np.ndarray]:
    """Rows of the full program over pairs in use-major order: units first, then demands."""
    units, uses = problem.scores.shape
    unit = np.tile(np.arange(units), uses)
    use = np.repeat(np.arange(uses), units)
    entries = np.concatenate([np.ones(units * uses), usable(problem).T.ravel() / 1e3])
    column = np.tile(np.arange(units * uses), 2)
    matrix = coo_array((entries, (np.concatenate([unit, units + use]), column)))
    low = np.append(np.full(units, 0.0 if problem.unused else 1.0), _low(problem))
    high = np.append(np.ones(units), _high(problem))
    return matrix, low, high


def _low(problem: Problem) -> np.ndarray:
    return np.array([band.min_m2 for band in problem.bands]) / 1e3


def _high(problem: Problem) -> np.ndarray:
    return np.array([band.max_m2 for band in problem.bands]) / 1e3


def full(problem: Problem, *, whole: bool = True) -> OptimizeResult:
    """The whole program, every pair a variable, nothing left out: the oracle."""
    worth = (problem.scores.astype(float) * usable(problem)).T.ravel()
    matrix, low, high = rows_of(problem)
    return milp(
        -worth,
        integrality=np.full(len(worth), int(whole)),
        bounds=Bounds(0, open_pairs(problem).T.ravel().astype(float)),
        constraints=LinearConstraint(matrix.tocsr(), low, high),
        options={"mip_rel_gap": 1e-6},
    )


def feasible(problem: Problem, shift: np.ndarray | None = None) -> bool:
    """Whether parts of units can meet the demands, with least demands lowered by `shift` m²."""
    matrix, low, high = rows_of(problem)
    units = problem.units
    low = low.copy()
    if shift is not None:
        low[units:] -= shift / 1e3
    dense = matrix.tocsr()
    bounded = np.isfinite(high)
    found = linprog(
        np.zeros(dense.shape[1]),
        A_ub=_stacked(dense, bounded),
        b_ub=np.concatenate([high[bounded], -low]),
        bounds=[(0, float(one)) for one in open_pairs(problem).T.ravel()],
    )
    return bool(found.status == 0)


def _stacked(dense: coo_array, bounded: np.ndarray) -> coo_array:
    from scipy.sparse import vstack

    return vstack([dense[bounded], -dense])


def kept(problem: Problem, use: np.ndarray, tolerance: float = 1e-6) -> None:
    """Every promise of a plan of whole units, checked from the problem alone."""
    uses = len(problem.uses)
    assert use.min() >= 0
    assert use.max() <= (uses if problem.unused else uses - 1)
    used = np.flatnonzero(use < uses)
    assert open_pairs(problem)[used, use[used]].all()
    area = usable(problem)
    for k, band in enumerate(problem.bands):
        held = area[use == k, k].sum()
        assert band.min_m2 * (1 - 1e-9) - tolerance <= held <= band.max_m2 * (1 + 1e-9) + tolerance
    if problem.locked is not None:
        fixed = problem.locked >= 0
        assert (use[fixed] == problem.locked[fixed]).all()
    if problem.stage is not None:
        late = problem.stage.ready > problem.stage.period
        assert (use[late] == uses).all()
    if problem.conversion is not None:
        allowed = problem.conversion.allowed[problem.conversion.present[used], use[used]]
        assert allowed.all()


def points(problem: Problem, use: np.ndarray) -> float:
    """Points m² of a plan, added up again."""
    used = np.flatnonzero(use < len(problem.uses))
    area = usable(problem)
    return float((problem.scores[used, use[used]].astype(float) * area[used, use[used]]).sum())
