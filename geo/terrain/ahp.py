"""Weights from comparisons in pairs: the analytic hierarchy process.

Weights are the principal eigenvector of the matrix of comparisons, and the consistency ratio
holds its greatest eigenvalue against that of matrices filled at random (T. L. Saaty, The
Analytic Hierarchy Process, 1980). A ratio above 0.1 is told, not refused: the office decides.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from geo.errors import DataError, Issue

GOOD_RATIO = 0.1
SCALE = 9.0  # one thing may be at most so many times as important as another
# Saaty's random index for 1 to 15 things.
RANDOM_INDEX = (
    *(0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49),
    *(1.51, 1.48, 1.56, 1.57, 1.59),
)
_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Weighing:
    """What a matrix of comparisons comes to.

    Parameters
    ----------
    weights
        Name of each thing compared and its weight; they add up to 1.
    greatest
        Principal eigenvalue of the matrix.
    index, ratio
        Consistency index, and that by the random index; 0 for two things.
    doubtful
        The pair whose comparison is farthest from the weights, and the comparison that would
        agree with them; None where all agree.
    """

    weights: Mapping[str, float]
    greatest: float
    index: float
    ratio: float
    doubtful: tuple[str, str, float] | None = None

    @property
    def consistent(self) -> bool:
        """Whether the comparisons agree well enough among themselves."""
        return self.ratio <= GOOD_RATIO


def filled(names: Sequence[str], judged: Mapping[tuple[str, str], float]) -> np.ndarray:
    """The whole matrix from one comparison of each pair; (a, b): 3 says a counts thrice b.

    Raises `DataError` PAIRS with all that is unknown, missing or said twice differently.
    """
    _refuse(list(_pair_faults(names, judged)))
    matrix = np.eye(len(names))
    for (one, other), times in judged.items():
        row, column = names.index(one), names.index(other)
        matrix[row, column], matrix[column, row] = times, 1 / times
    return matrix


def weighing(names: Sequence[str], matrix: np.ndarray) -> Weighing:
    """Weights and consistency of a (n, n) matrix; row i says how much more i counts than others.

    Raises `DataError` PAIRS with every entry that is no comparison or not the reciprocal of
    the entry across the diagonal.
    """
    given = np.asarray(matrix, dtype=np.float64)
    _refuse(list(_matrix_faults(names, given)))
    values, vectors = np.linalg.eig(given)
    first = int(values.real.argmax())  # Perron: real, positive and with a positive vector
    vector = np.abs(vectors[:, first].real)
    weights, greatest = vector / vector.sum(), float(values[first].real)
    count = len(names)
    index = max((greatest - count) / (count - 1), 0.0) if count > 2 else 0.0
    ratio = index / RANDOM_INDEX[count - 1] if count > 2 else 0.0
    said = dict(zip(names, map(float, weights), strict=True))
    return Weighing(said, greatest, index, ratio, _doubtful(names, given, weights))


def _doubtful(
    names: Sequence[str], matrix: np.ndarray, weights: np.ndarray
) -> tuple[str, str, float] | None:
    agreed = weights[:, None] / weights[None, :]
    off = np.triu(np.abs(np.log(matrix / agreed)), 1)
    if off.max(initial=0.0) < _NEAR:
        return None
    row, column = np.unravel_index(off.argmax(), off.shape)
    return names[row], names[column], float(agreed[row, column])


def _refuse(issues: list[Issue]) -> None:
    if issues:
        more = f"（共 {len(issues)} 处）" if len(issues) > 1 else ""
        raise DataError(f"两两比较表有误：{issues[0].message}{more}", "PAIRS", issues)


def _pair_faults(names: Sequence[str], judged: Mapping[tuple[str, str], float]) -> Iterator[Issue]:
    seen = dict[frozenset[str], float]()
    for (one, other), times in judged.items():
        where = f"{one}:{other}"
        if one not in names or other not in names or one == other:
            yield Issue("PAIR_UNKNOWN", f"{where} 不是所列因子中的一对，请核对", field=where)
        elif not _scaled(times):
            yield _off_scale(where, times)
        elif frozenset((one, other)) in seen:
            yield Issue("PAIR_TWICE", f"{where} 比较了两次，请只留一次", field=where)
        seen[frozenset((one, other))] = times
    for i, one in enumerate(names):
        for other in names[i + 1 :]:
            if frozenset((one, other)) not in seen:
                where = f"{one}:{other}"
                yield Issue("PAIR_MISSING", f"{where} 还没有比较，请补上", field=where)


def _matrix_faults(names: Sequence[str], matrix: np.ndarray) -> Iterator[Issue]:
    count = len(names)
    if not 1 <= count <= len(RANDOM_INDEX) or len(set(names)) < count:
        most = len(RANDOM_INDEX)
        yield Issue("NAMES", f"因子应为 1–{most} 个且不重名，实有 {count} 个，请调整")
        return
    if matrix.shape != (count, count):
        yield Issue("SHAPE", f"比较表应为 {count}×{count}，实为 {matrix.shape}，请补全")
        return
    for row in range(count):
        for column in range(row, count):
            times, back = float(matrix[row, column]), float(matrix[column, row])
            where = f"{names[row]}:{names[column]}"
            if not (_scaled(times) and _scaled(back)):
                yield _off_scale(where, times)
            elif abs(times * back - 1) > _NEAR:
                message = f"{where} 为 {times:g}，反过来却为 {back:g}，两者应互为倒数"
                yield Issue("RECIPROCAL", message, row=row + 1, field=where, value=f"{times:g}")


def _scaled(times: float) -> bool:
    return math.isfinite(times) and 1 / SCALE - _NEAR <= times <= SCALE + _NEAR


def _off_scale(where: str, times: float) -> Issue:
    return Issue(
        "SCALE",
        f"{where} 的比较值 {times:g} 不在 1/9–9 之间，请改正",
        field=where,
        value=f"{times:g}",
    )
