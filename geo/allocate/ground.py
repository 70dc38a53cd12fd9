"""What a problem comes to: for every unit and use, points and usable land, or why not.

Arrays are use-major, (C, n) with C = K uses and, where units may stay as they are, one more
for unused. That way one pass over all units is a few long vector operations.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from geo.allocate.values import CONVERSION, LOCK, STAGE, Band, Problem
from geo.errors import DataError, Issue

CLOSED = -1e25  # points of a forbidden pair: finite, so that 0 m² of it is 0 and not NaN
SMALL = 50_000  # units up to which double precision costs nothing
MOST_REASONS = 28


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """A problem made ready.

    `score` (C, n), `usable` (1, n) or (C, n) in m², `low` and `high` (C,) bands in m²,
    `bits` (K, n) which of `codes` forbid a pair.
    """

    score: np.ndarray
    usable: np.ndarray
    low: np.ndarray
    high: np.ndarray
    bits: np.ndarray
    codes: tuple[str, ...]
    uses: int

    @property
    def units(self) -> int:
        """How many units."""
        return int(self.score.shape[1])

    @property
    def total(self) -> float:
        """All usable land in m², each unit at its most."""
        return float(self.usable.max(axis=0).sum())

    def row(self, use: int) -> np.ndarray:
        """Usable m² of every unit under a use."""
        return np.asarray(self.usable[use if len(self.usable) > 1 else 0])

    def take(self, chosen: np.ndarray) -> "Ground":
        """The same demands on some of the units."""
        return replace(
            self,
            score=np.ascontiguousarray(self.score[:, chosen]),
            usable=np.ascontiguousarray(self.usable[:, chosen]),
            bits=self.bits[:, chosen],
        )


def prepared(problem: Problem, *, exact: bool = False) -> Ground:
    """Check a problem and make it ready; `exact` keeps double precision at any size."""
    _refuse(list(_faults(problem)))
    uses, units = len(problem.uses), problem.units
    codes = (*problem.reasons, CONVERSION, STAGE, LOCK)
    bits = _bits(problem, codes)
    _lock(bits, problem, codes)
    kind = np.float64 if exact or units <= SMALL else np.float32
    score = np.zeros((uses + problem.unused, units), dtype=kind)
    score[:uses] = problem.scores.T
    score[:uses][bits > 0] = CLOSED
    if problem.unused and problem.locked is not None:
        score[uses][(problem.locked >= 0) & (problem.locked < uses)] = CLOSED
    low = [band.min_m2 for band in problem.bands] + [0.0] * problem.unused
    high = [band.max_m2 for band in problem.bands] + [math.inf] * problem.unused
    usable = _usable(problem)
    return Ground(score, usable, np.array(low), np.array(high), bits, codes, uses)


def _bits(problem: Problem, codes: tuple[str, ...]) -> np.ndarray:
    bits = np.zeros((len(problem.uses), problem.units), dtype=np.uint32)
    if problem.forbidden is not None:
        bits |= problem.forbidden.T.astype(np.uint32)
    if problem.conversion is not None:
        present = problem.conversion.present
        closed = ~problem.conversion.allowed[present].T & (present >= 0)
        bits |= np.where(closed, np.uint32(1 << codes.index(CONVERSION)), np.uint32(0))
    if problem.stage is not None:
        late = problem.stage.ready > problem.stage.period
        bits |= np.where(late, np.uint32(1 << codes.index(STAGE)), np.uint32(0))
    return bits


def _lock(bits: np.ndarray, problem: Problem, codes: tuple[str, ...]) -> None:
    """Close a locked unit to every use but its own."""
    if problem.locked is not None:
        for use, row in enumerate(bits):
            row[(problem.locked >= 0) & (problem.locked != use)] |= 1 << codes.index(LOCK)


def _usable(problem: Problem) -> np.ndarray:
    """Usable m²: (1, n) where the same for all uses, else (C, n)."""
    area = np.asarray(problem.areas_m2, dtype=np.float64)
    if not problem.partials:
        return area[None, :]
    rows = len(problem.uses) + problem.unused
    left, usable = np.ones((rows, problem.units)), np.zeros((rows, problem.units))
    for part in sorted(problem.partials, key=lambda part: part.priority):
        for use in part.uses or range(len(problem.uses)):
            covered = np.minimum(left[use], part.share)
            left[use] -= covered
            usable[use] += covered * (part.usable_pct / 100)
    return (usable + left) * area


def _refuse(issues: list[Issue]) -> None:
    if issues:
        first = issues[0].message
        more = f"（共 {len(issues)} 处）" if len(issues) > 1 else ""
        raise DataError(f"配置问题的输入有误：{first}{more}", "ALLOCATION_INPUT", issues)


def _faults(problem: Problem) -> Iterator[Issue]:
    uses, units = len(problem.uses), problem.units
    shapes = {
        "scores": (problem.scores, (units, uses)),
        "forbidden": (problem.forbidden, (units, uses)),
        "locked": (problem.locked, (units,)),
        "patch_m2": (problem.patch_m2, (uses,)),
        **{f"partials {p.reason}": (p.share, (units,)) for p in problem.partials},
    }
    if problem.conversion is not None:
        shapes["present"] = (problem.conversion.present, (units,))
        shapes["allowed"] = (problem.conversion.allowed, (len(problem.conversion.names), uses))
    if problem.stage is not None:
        shapes["ready"] = (problem.stage.ready, (units,))
    wrong = [
        Issue("SHAPE", f"{name} 的大小应为 {wanted}，实为 {array.shape}，请核对", field=name)
        for name, (array, wanted) in shapes.items()
        if array is not None and array.shape != wanted
    ]
    yield from wrong
    if not wrong:
        yield from _value_faults(problem)
        yield from _lock_faults(problem)


def _value_faults(problem: Problem) -> Iterator[Issue]:
    if not problem.units or not problem.uses or len(problem.bands) != len(problem.uses):
        yield Issue("EMPTY", "至少要有一个单元、一种用途，且每种用途有一个需求区间，请补全")
    if not np.all(np.isfinite(problem.areas_m2) & (problem.areas_m2 > 0)):
        yield Issue("AREA", "单元面积必须大于 0，请核对", field="areas_m2")
    if not np.all(np.isfinite(problem.scores)):
        yield Issue("SCORE", "适宜性得分有空值，请先补全或列为排除", field="scores")
    elif np.abs(problem.scores).max(initial=0) > 1e6:
        yield Issue("SCORE", "适宜性得分超过一百万，请换算到 0–100 后再用", field="scores")
    for use, band in zip(problem.uses, problem.bands, strict=False):
        if not 0 <= band.min_m2 < math.inf or math.isnan(band.max_m2) or band.max_m2 < 0:
            yield Issue("BAND", f"用途 {use} 的需求 {_told(band)} 不成立，请改正", field=use)
    for part in problem.partials:
        inside = part.share.min() >= 0 and part.share.max() <= 1 and 0 <= part.usable_pct <= 100
        if not inside:
            message = f"约束 {part.reason} 的比例须在 0–1、可用率须在 0–100%，请改正"
            yield Issue("PARTIAL", message, field=part.reason)
    if len(problem.reasons) > MOST_REASONS:
        yield Issue(
            "REASONS", f"排除原因最多 {MOST_REASONS} 种，实有 {len(problem.reasons)} 种，请合并"
        )
    if problem.patch_m2 is not None and problem.neighbours is None:
        yield Issue("NEIGHBOURS", "设了最小图斑却没有相邻关系，请先计算相邻关系")


def _told(band: Band) -> str:
    return f"{band.min_m2:g}–{band.max_m2:g} ㎡"


def _lock_faults(problem: Problem) -> Iterator[Issue]:
    if problem.locked is None:
        return
    uses = len(problem.uses)
    last = uses if problem.unused else uses - 1
    if problem.locked.min() < -1 or problem.locked.max() > last:
        yield Issue(LOCK, f"锁定的用途编号须在 -1–{last} 之间，请核对", field="locked")
        return
    bits = _bits(problem, (*problem.reasons, CONVERSION, STAGE, LOCK))
    held = np.flatnonzero((problem.locked >= 0) & (problem.locked < uses))
    for unit in held[bits[problem.locked[held], held] > 0][:20]:
        use = problem.uses[problem.locked[unit]]
        message = f"第 {unit + 1} 个单元锁定为 {use}，但该用途在此被排除，请解锁或改用途"
        yield Issue("LOCK_FORBIDDEN", message, row=int(unit) + 1, field="locked", value=use)
