"""Demands of several periods at once: each use in each period is a use of its own.

So the whole phasing is one problem with one proof, and no period eats what a later one needs.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from geo.allocate.values import LOCK, STAGE, Band, Problem
from geo.errors import DataError

MARK = "@"


def unfolded(problem: Problem, bands: Sequence[Sequence[Band]], discount: float = 1.0) -> Problem:
    """One problem for P periods from one for a single period and (P, K) new demands.

    A unit may be taken from its period of readiness (`Problem.stage`) on; points of a later
    period count `discount` times those of the one before. Uses are called ``code@0`` and on.
    """
    periods, uses = len(bands), len(problem.uses)
    if not periods or any(len(row) != uses for row in bands):
        raise DataError(f"每个时期都要有 {uses} 种用途的需求，请补全", "BANDS")
    closed = _closed(problem, periods)
    return replace(
        problem,
        uses=tuple(f"{use}{MARK}{period}" for period in range(periods) for use in problem.uses),
        scores=np.hstack([problem.scores * np.float32(discount**p) for p in range(periods)]),
        bands=tuple(band for row in bands for band in row),
        forbidden=closed,
        reasons=(*problem.reasons, STAGE, LOCK),
        partials=tuple(
            replace(one, uses=_spread(one.uses, uses, periods)) for one in problem.partials
        ),
        conversion=problem.conversion
        and replace(problem.conversion, allowed=np.tile(problem.conversion.allowed, (1, periods))),
        stage=None,
        locked=_held(problem, periods),
        patch_m2=None,
    )


def folded(use: np.ndarray, uses: int, periods: int) -> tuple[np.ndarray, np.ndarray]:
    """Use, (n,) with K for unused, and period, -1 for none, from an unfolded plan."""
    free, none = use == uses * periods, use < 0
    plain = np.where(free, uses, np.where(none, -1, use % uses))
    return plain, np.where(free | none, -1, use // uses)


def _spread(chosen: tuple[int, ...], uses: int, periods: int) -> tuple[int, ...]:
    return tuple(period * uses + use for period in range(periods) for use in chosen)


def _closed(problem: Problem, periods: int) -> np.ndarray:
    """(n, K P) bits: those of the problem, too early, and locked to another use."""
    uses = len(problem.uses)
    given = np.zeros((problem.units, uses), dtype=np.uint32)
    if problem.forbidden is not None:
        given |= problem.forbidden.astype(np.uint32)
    if problem.locked is not None:
        other = (problem.locked[:, None] >= 0) & (problem.locked[:, None] != np.arange(uses))
        given |= np.where(other, np.uint32(2 << len(problem.reasons)), np.uint32(0))
    out = np.tile(given, (1, periods))
    if problem.stage is not None:
        period = np.repeat(np.arange(periods), uses)
        early = problem.stage.ready[:, None] > period
        out |= np.where(early, np.uint32(1 << len(problem.reasons)), np.uint32(0))
    return out


def _held(problem: Problem, periods: int) -> np.ndarray | None:
    """Locks to stay unused; those to a use hold in any period, by exclusion."""
    if problem.locked is None:
        return None
    uses = len(problem.uses)
    return np.where(problem.locked == uses, uses * periods, -1).astype(np.int16)
