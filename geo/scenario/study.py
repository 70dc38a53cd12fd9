"""Studies of a scenario in the background: one at a time, remembered, with progress and a stop."""

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from threading import Event as Flag
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from geo.allocate import Watch
from geo.errors import GeoError
from geo.zone import Zone

T = TypeVar("T")
_MOST = 24  # of the last studies that are remembered for a zone
_worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="study")
_remembered: WeakKeyDictionary[Zone, OrderedDict[str, "Study[object]"]] = WeakKeyDictionary()
_guard = Lock()


@dataclass(slots=True, eq=False)
class Study(Generic[T]):
    """One study; `part` from 0 to 1. Stopped early, its answer is what it had by then."""

    part: float = 0.0
    _stop: Flag = field(default_factory=Flag)
    _future: "Future[T]" = field(default_factory=Future)

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self._future.done()

    @property
    def stopped(self) -> bool:
        """Whether someone asked it to stop."""
        return self._stop.is_set()

    @property
    def fault(self) -> GeoError | None:
        """Why there is no answer; raises what no one foresaw."""
        if not self.ended or self._future.cancelled():
            return None
        error = self._future.exception()
        if error is None or isinstance(error, GeoError):
            return error
        raise error

    @property
    def answer(self) -> T | None:
        """What came out; None while it runs, where it failed and where it never began."""
        if not self.ended or self._future.cancelled() or self._future.exception():
            return None
        return self._future.result()

    def cancel(self) -> None:
        """Stop it: at once while it waits, else at its next step."""
        self._stop.set()
        self._future.cancel()

    def wait(self, seconds: float | None = None) -> "Study[T]":
        """Wait until it has ended, or for some seconds."""
        wait([self._future], seconds)
        return self

    def _told(self, part: float, _what: str) -> None:
        self.part = max(self.part, part)


def study(zone: Zone, name: str, work: Callable[[Watch], T]) -> Study[T]:
    """Begin a study of a zone; the one that has this name already, unless it was stopped."""
    with _guard:
        held = _remembered.setdefault(zone, OrderedDict())
        known = held.get(name)
        if known is not None and not known.stopped:
            return known  # type: ignore[return-value]  # a name means one kind of work
        made = Study[T]()
        made._future = _worker.submit(work, Watch(made._told, made._stop.is_set))
        held[name] = made  # type: ignore[assignment]
        held.move_to_end(name)
        while len(held) > _MOST:
            held.popitem(last=False)[1].cancel()
        return made


def studied(zone: Zone, name: str) -> "Study[object] | None":
    """The study of this name, None if nobody began it lately."""
    with _guard:
        return _remembered.get(zone, OrderedDict()).get(name)
