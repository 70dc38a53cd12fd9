"""Where the parts of a job are done: here, by processes of this machine, by a Dask scheduler.

Nothing of Dask is loaded before it is asked for. What we start ourselves listens on 127.0.0.1
only and shows no dashboard.
"""

import hashlib
import importlib
import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy
import pyproj
import rasterio
import scipy
import shapely

from geo.errors import SettingError

NONE = "none"
_LOOPBACK = "127.0.0.1"
_AHEAD = 3  # parts a worker may have waiting, so that none is idle and none is drowned
_WAIT_S = 30
_START_S = 300  # a busy machine starts a process slowly
_ROOMS = ("geo/cluster", "geo/site", "geo/terrain", "data/rules/site")
_FILES = ("geo/measure.py", "data/rules/suitability.toml")

Shared = TypeVar("Shared")
Part = TypeVar("Part")
Done = TypeVar("Done")
Work = Callable[[Shared, Part], Done]


class Link(Protocol):
    """Somewhere that parts are done."""

    @property
    def workers(self) -> int:
        """How many do the work; 0 where it is this process itself."""

    def run(
        self, work: Work[Shared, Part, Done], shared: Shared, parts: Iterable[Part]
    ) -> Iterator[Done]:
        """What `work(shared, part)` gives for each part, in the order of the parts."""


@dataclass(frozen=True, slots=True)
class Here:
    """In this process, one part after another."""

    workers: int = 0

    def run(
        self, work: Work[Shared, Part, Done], shared: Shared, parts: Iterable[Part]
    ) -> Iterator[Done]:
        """Each part when its turn comes."""
        return (work(shared, part) for part in parts)


HERE = Here()


@dataclass(frozen=True, slots=True, eq=False)
class Far:
    """Workers behind a Dask client; what is shared goes to each of them once."""

    client: Any
    workers: int
    faults: Any  # the module with the names of what may go wrong on the way

    def run(
        self, work: Work[Shared, Part, Done], shared: Shared, parts: Iterable[Part]
    ) -> Iterator[Done]:
        """As many parts at once as keep every worker busy.

        Raises `SettingError` DASK_LOST or DASK_WORKER, and whatever a part raises.
        """
        waiting = deque[Any]()
        held = self.client.scatter(shared, broadcast=True, hash=False)
        try:
            for part in parts:
                waiting.append(self.client.submit(_done, stamp(), (work, part), held, pure=False))
                if len(waiting) >= _AHEAD * self.workers:
                    yield self._result(waiting.popleft())
            while waiting:
                yield self._result(waiting.popleft())
        finally:
            self.client.cancel(list(waiting))

    def _result(self, future: Any) -> Any:
        lost = (self.faults.scheduler.KilledWorker, self.faults.CancelledError)
        try:
            return future.result()
        except (*lost, self.faults.comm.CommClosedError) as error:
            told = f"计算节点中断（{type(error).__name__}），请检查节点的内存与网络后重试"
            raise SettingError(told, "DASK_LOST") from error
        except ImportError as error:
            told = f"计算节点上没有本产品（{error}），请在每个节点安装同一版本"
            raise SettingError(told, "DASK_WORKER") from error


@contextmanager
def joined(address: str = NONE, workers: int = 0) -> Iterator[Link]:
    """A link to a scheduler (tcp://host:port), to some processes of this machine, or to neither.

    `workers` wins over `address`. Raises `SettingError` DASK_MISSING without the packages,
    DASK_UNREACHABLE without an answer, DASK_NO_WORKERS where nobody is there to work.
    """
    if not workers and address == NONE:
        yield HERE
        return
    dask = _loaded()
    if workers:
        with _local(dask, workers) as cluster, dask.Client(cluster) as client:
            client.wait_for_workers(workers, timeout=_START_S)
            yield Far(client, workers, dask)
        return
    with _reached(dask, address) as client:
        there = len(client.scheduler_info(n_workers=-1)["workers"])
        if not there:
            told = f"{address} 上没有计算节点，请先启动 dask worker 再重试"
            raise SettingError(told, "DASK_NO_WORKERS")
        yield Far(client, there, dask)


def _loaded() -> Any:
    try:
        return importlib.import_module("distributed")
    except ImportError as error:
        told = "没有安装集群组件，请执行 pip install -r requirements-cluster.txt，或去掉集群设置"
        raise SettingError(told, "DASK_MISSING") from error


def _local(dask: Any, workers: int) -> Any:
    """Processes of this machine, not threads: the geometry of a part holds the interpreter."""
    return dask.LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        host=_LOOPBACK,
        protocol="tcp://",
        dashboard_address=f"{_LOOPBACK}:0",  # the port of the scheduler's health page
        scheduler_kwargs={"dashboard": False},
        silence_logs=logging.ERROR,  # standard error is for faults
    )


def _reached(dask: Any, address: str) -> Any:
    try:
        return dask.Client(address, timeout=_WAIT_S)
    except (OSError, ValueError) as error:
        told = f"连不上集群 {address}，请检查 ZONE_DASK 与调度程序是否已启动"
        raise SettingError(told, "DASK_UNREACHABLE") from error


def _done(expected: str, asked: tuple[Work[Any, Any, Any], Any], shared: Any) -> Any:
    """One part, on a worker; refused where another version would give another answer."""
    if stamp() != expected:
        told = "计算节点上的程序、规则或组件与本机版本不同，请统一后重试"
        raise SettingError(told, "DASK_VERSION")
    work, part = asked
    return work(shared, part)


@cache
def stamp() -> str:
    """SHA-256 of the code that answers, of its rules, and of the libraries it stands on."""
    root, found = Path(__file__).parents[2], hashlib.sha256()
    texts = [path for room in _ROOMS for path in sorted((root / room).rglob("*.*"))]
    for path in (*(root / name for name in _FILES), *texts):
        if path.suffix in {".py", ".toml", ".csv"}:
            found.update(path.relative_to(root).as_posix().encode())
            found.update(path.read_bytes().replace(b"\r\n", b"\n"))
    modules = (numpy, scipy, shapely, pyproj, rasterio)
    found.update(repr([(one.__name__, one.__version__) for one in modules]).encode())
    return found.hexdigest()
