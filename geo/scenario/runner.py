"""Runs in the background: one at a time, with a state, progress, and a way to stop them."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event as Flag
from threading import Lock
from weakref import WeakKeyDictionary

from geo.allocate import State, Watch
from geo.errors import GeoError
from geo.scenario import shelf, solve
from geo.scenario.definition import Definition
from geo.scenario.shelf import About
from geo.scenario.values import Outcome
from geo.zone import Zone

_MOST = 20  # of the last runs that are remembered
_worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="scenario")
_remembered: WeakKeyDictionary[Zone, list["Run"]] = WeakKeyDictionary()
_guard = Lock()


@dataclass(slots=True, eq=False)
class Run:
    """One run; `part` from 0 to 1 and `what` it is at, `id` once its outcome is kept."""

    definition: Definition
    about: About
    began: datetime
    part: float = 0.0
    what: str = "queued"
    id: str = ""
    _outcome: Outcome | None = None
    _stop: Flag = field(default_factory=Flag)
    _future: "Future[None]" = field(default_factory=Future)

    @property
    def state(self) -> State:
        """Queued, running, done, failed (demands or inputs do not do) or cancelled."""
        if self._future.cancelled():
            return State.CANCELLED
        if not self._future.done():
            return State.RUNNING if self._future.running() else State.QUEUED
        if self._outcome is None:
            return State.FAILED
        return self._outcome.allocation.state

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self._future.done()

    @property
    def fault(self) -> GeoError | None:
        """What was wrong with the inputs; raises what no one foresaw."""
        if not self.ended or self._future.cancelled():
            return None
        error = self._future.exception()
        if error is None or isinstance(error, GeoError):
            return error
        raise error

    @property
    def outcome(self) -> Outcome | None:
        """What came out; None while it runs, where it was stopped early and where it failed."""
        return self._outcome

    def cancel(self) -> None:
        """Stop it: at once while it waits, else at its next step."""
        self._stop.set()
        self._future.cancel()

    def wait(self, seconds: float | None = None) -> "Run":
        """Wait until it has ended, or for some seconds."""
        wait([self._future], seconds)
        return self

    def _told(self, part: float, what: str) -> None:
        self.part, self.what = max(self.part, part), what

    def _work(self, zone: Zone, keep: bool) -> None:
        watch = Watch(self._told, self._stop.is_set)
        found = solve.run(zone, self.definition, watch)
        if keep and found.allocation.state is not State.CANCELLED:
            self.id = shelf.keep(zone, found, self.about)
        self._outcome = found


def start(zone: Zone, definition: Definition, about: About, *, keep: bool = True) -> Run:
    """Run a scenario in the background; its outcome is kept unless told otherwise."""
    run = Run(definition, about, datetime.now(UTC))
    with _guard:
        held = _remembered.setdefault(zone, [])
        held.append(run)
        del held[:-_MOST]
        run._future = _worker.submit(copy_context().run, run._work, zone, keep)  # who asks, signs
    return run


def runs(zone: Zone) -> Sequence[Run]:
    """The last runs of this process, the latest first."""
    with _guard:
        return tuple(reversed(_remembered.get(zone, ())))
