"""A crowd on one server for a while, and what the server's process used meanwhile."""

import asyncio
import os
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench.load_play import Tally

_SAMPLE_S = 5.0
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 2**20


@dataclass(slots=True)
class Load:
    """What one app did under load; `memory` in MB and `cpu_s` are of the server's process."""

    name: str
    seconds: float
    tally: Tally = field(default_factory=Tally)
    memory: list[float] = field(default_factory=list)
    cpu_s: float = 0.0
    took_s: float = 0.0

    def told(self) -> dict[str, Any]:
        """The figures, seconds of reruns as percentiles."""
        seconds = np.array([one for _, _, one in self.tally.reruns])
        steps = defaultdict(list)
        for _, name, one in self.tally.reruns:
            steps[name].append(one)
        third = max(1, len(self.memory) // 3)
        return {
            "name": self.name,
            "took_s": round(self.took_s, 1),
            "reruns": len(seconds),
            "p50_s": float(np.percentile(seconds, 50).round(3)),
            "p95_s": float(np.percentile(seconds, 95).round(3)),
            "p99_s": float(np.percentile(seconds, 99).round(3)),
            "by_step_p95_s": {k: round(float(np.percentile(v, 95)), 3) for k, v in steps.items()},
            "fetches": len(self.tally.fetches),
            "carried_mb": round(self.tally.carried / 2**20, 1),
            "cpu_share": round(self.cpu_s / self.took_s, 2),
            "cpu_ms_per_rerun": round(1000 * self.cpu_s / len(seconds), 1),
            "memory_mb": [round(float(np.mean(part)), 1) for part in self._thirds(third)],
            "memory_max_mb": round(max(self.memory), 1),
            "errors": dict(self.tally.errors),
            "told": dict(self.tally.told),
        }

    def _thirds(self, third: int) -> list[list[float]]:
        return [self.memory[:third], self.memory[third : -third or None], self.memory[-third:]]


async def under_load(load: Load, crowd: Callable[[float], Awaitable[None]], pid: int) -> None:
    """Let a crowd loose until the time is over, watching the process."""
    begun, used = time.monotonic(), _cpu(pid)
    watching = asyncio.create_task(_watch(load, pid))
    try:
        await crowd(begun + load.seconds)
    finally:
        watching.cancel()
    load.took_s, load.cpu_s = time.monotonic() - begun, _cpu(pid) - used


async def _watch(load: Load, pid: int) -> None:
    while True:
        load.memory.append(int(_stat(pid)[21]) * _PAGE_MB)
        await asyncio.sleep(_SAMPLE_S)


def _cpu(pid: int) -> float:
    return (int(_stat(pid)[11]) + int(_stat(pid)[12])) / _TICKS


def _stat(pid: int) -> list[str]:
    """Fields of /proc/PID/stat from the third on."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
