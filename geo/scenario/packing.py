"""An allocation as a file: the same allocation is always the same bytes.

One byte per unit (number of the use, K for unused, 255 undecided), then, where there are
periods, one byte per unit for the period (255 for none), all in gzip.
"""

import gzip

import numpy as np

from geo.errors import DataError
from geo.scenario.values import Outcome

_NONE, _MOST_USES = 255, 250


def packed(outcome: Outcome) -> bytes:
    """The allocation as a file; raises `DataError` SCENARIO_USES for too many uses."""
    if len(outcome.prepared.labels) > _MOST_USES:
        raise DataError(f"用途超过 {_MOST_USES} 种，请合并", "SCENARIO_USES")
    rows = [np.where(outcome.use < 0, _NONE, outcome.use).astype(np.uint8)]
    if outcome.prepared.definition.spans > 1:
        rows.append(np.where(outcome.period < 0, _NONE, outcome.period).astype(np.uint8))
    return gzip.compress(b"".join(row.tobytes() for row in rows), mtime=0)


def unpacked(body: bytes, units: int, uses: int, spans: int) -> np.ndarray:
    """(n,) use of the problem that was solved: K for unused, -1 undecided."""
    given = np.frombuffer(gzip.decompress(body), dtype=np.uint8).astype(np.int16)
    if len(given) != units * (2 if spans > 1 else 1):
        raise DataError("配置文件与方案的单元数不符，请从备份恢复", "STORE_DIGEST")
    use = np.where(given[:units] == _NONE, -1, given[:units])
    if spans == 1:
        return use.astype(np.int16)
    period = given[units:]
    whole = np.where(use == uses, uses * spans, period * uses + use)
    return np.where(use < 0, -1, whole).astype(np.int16)
