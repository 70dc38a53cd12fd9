"""Studies of a scenario in the background: one at a time, remembered by name."""

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TypeVar
from weakref import WeakKeyDictionary

from geo.allocate import Watch
from geo.scenario.background import Job
from geo.zone import Zone

T = TypeVar("T")
_MOST = 24  # of the last studies that are remembered for a zone
_worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="study")
_remembered: WeakKeyDictionary[Zone, OrderedDict[str, "Study[object]"]] = WeakKeyDictionary()
_guard = Lock()


class Study(Job[T]):
    """One study. Stopped early, its answer is what it had by then."""

    __slots__ = ()


def study(zone: Zone, name: str, work: Callable[[Watch], T]) -> Study[T]:
    """Begin a study of a zone; the one that has this name already, unless it was stopped."""
    with _guard:
        held = _remembered.setdefault(zone, OrderedDict())
        known = held.get(name)
        if known is not None and not known.stopped:
            return known  # type: ignore[return-value]  # a name means one kind of work
        made = Study[T]()
        made._future = _worker.submit(work, made.watch)
        held[name] = made  # type: ignore[assignment]
        held.move_to_end(name)
        while len(held) > _MOST:
            held.popitem(last=False)[1].cancel()
        return made


def studied(zone: Zone, name: str) -> "Study[object] | None":
    """The study of this name, None if nobody began it lately."""
    with _guard:
        return _remembered.get(zone, OrderedDict()).get(name)
