"""Runs in the background: one at a time, with a state, progress, and a way to stop them."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from weakref import WeakKeyDictionary

from geo.allocate import State
from geo.scenario import shelf, solve
from geo.scenario.background import Job
from geo.scenario.definition import Definition
from geo.scenario.shelf import About
from geo.scenario.values import Outcome
from geo.zone import Zone

_MOST = 20  # of the last runs that are remembered
_worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="scenario")
_remembered: WeakKeyDictionary[Zone, list["Run"]] = WeakKeyDictionary()
_guard = Lock()


@dataclass(slots=True, eq=False)
class Run(Job[Outcome]):
    """One run of a scenario; `id` once its outcome is kept."""

    definition: Definition
    about: About
    began: datetime
    id: str = ""

    @property
    def state(self) -> State:
        """Queued, running, done, failed (demands or inputs do not do) or cancelled."""
        if self._future.cancelled():
            return State.CANCELLED
        if not self.ended:
            return State.RUNNING if self._future.running() else State.QUEUED
        found = self.answer
        return State.FAILED if found is None else found.allocation.state

    @property
    def outcome(self) -> Outcome | None:
        """What came out; None while it runs and where it failed or never began."""
        return self.answer

    def _work(self, zone: Zone, keep: bool) -> Outcome:
        found = solve.run(zone, self.definition, self.watch)
        if self.stopped:  # also at the very end: who stopped it does not want it
            return solve.of_use(found.prepared, None)
        if keep:
            self.id = shelf.keep(zone, found, self.about)
        return found


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
