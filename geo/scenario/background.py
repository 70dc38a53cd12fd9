"""Work in the background: it ends with an answer or a fault, tells its progress, can be stopped."""

from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from threading import Event as Flag
from typing import Generic, Self, TypeVar

from geo.allocate import Watch
from geo.errors import GeoError

T = TypeVar("T")


@dataclass(slots=True, eq=False, kw_only=True)
class Job(Generic[T]):
    """One piece of work; `part` from 0 to 1 and `what` it is at."""

    part: float = 0.0
    what: str = "queued"
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

    @property
    def watch(self) -> Watch:
        """What the work tells its progress to, and asks whether to stop."""
        return Watch(self._told, self._stop.is_set)

    def cancel(self) -> None:
        """Stop it: at once while it waits, else at its next step."""
        self._stop.set()
        self._future.cancel()

    def wait(self, seconds: float | None = None) -> Self:
        """Wait until it has ended, or for some seconds."""
        wait([self._future], seconds)
        return self

    def _told(self, part: float, what: str) -> None:
        self.part, self.what = max(self.part, part), what
