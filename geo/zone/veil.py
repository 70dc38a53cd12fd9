"""A store as somebody sees it who may not see everything: what is too secret is not there.

Nothing above a store can reach round it, so this is the one place where secrecy is kept. It is
asked anew each time: a set brought in while somebody looks is never shown to them.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from threading import Lock

from geo.errors import ConflictError, Issue
from geo.model import SECRECY, Boundaries, Event
from geo.store import Bounds, Mark, Store

_SET, _RASTER = "boundaries", "raster"
_WITHHELD = "withheld"  # subject and verb of what stands for an event that is withheld
_LATE = "他人已先保存，您的修改未保存，请刷新后重试"


def too_secret(secrecy: str, clearance: str) -> bool:
    """Whether what is marked so is above a clearance; what bears no mark never is."""
    return bool(secrecy) and SECRECY.index(secrecy) > SECRECY.index(clearance)


class Marks:
    """How secret every set and raster is that a store ever kept; each is read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._version = 0
        self._of: dict[str, tuple[Mark, ...]] = {}  # by name, the oldest first

    def seen(self) -> int:
        """Take in what came since; the version up to which all is known."""
        version = self._store.version
        with self._lock:
            if version < self._version:  # a backup was put back
                self._of, self._version = {}, 0
            if version > self._version:
                for mark in sorted(self._store.marks(self._version), key=lambda one: one.since):
                    self._of[mark.name] = (*self._of.get(mark.name, ()), mark)
                self._version = version
        return version

    def of(self, name: str, since: int) -> str:
        """Secrecy of a set or raster as kept under a version; empty for one that never was."""
        if since > self._version:
            self.seen()
        return next((one.secrecy for one in self._of.get(name, ()) if one.since == since), "")

    def ever(self) -> list[Mark]:
        """All of them."""
        return [mark for marks in list(self._of.values()) for mark in marks]

    def after(self, name: str, number: int) -> str:
        """Secrecy of the set that the event of a number brought or is about."""
        marks = self._of.get(name, ())
        at = bisect_left(marks, number, key=lambda one: one.since)
        return marks[min(at, len(marks) - 1)].secrecy if marks else ""

    def at(self, version: int) -> Iterator[Mark]:
        """What each name stands for at a version."""
        for marks in list(self._of.values()):
            number = bisect_right(marks, version, key=lambda one: one.since)
            if number:
                yield marks[number - 1]


class Veil:
    """See `geo.store.Store`: the same, without what is above a clearance."""

    def __init__(self, store: Store, marks: Marks, clearance: str) -> None:
        self._store, self._marks, self._clearance = store, marks, clearance

    def shows(self, name: str, since: int) -> bool:
        """Whether a set or raster as kept under a version may be seen."""
        return not too_secret(self._marks.of(name, since), self._clearance)

    def withheld(self, at: int | None = None) -> frozenset[str]:
        """Names of sets and rasters held at a version that may not be seen."""
        version = self._marks.seen()
        found = self._marks.at(version if at is None else at)
        return frozenset(one.name for one in found if too_secret(one.secrecy, self._clearance))

    def ever(self) -> frozenset[Mark]:
        """All that was ever held and may not be seen."""
        self._marks.seen()
        all_ = self._marks.ever()
        return frozenset(one for one in all_ if too_secret(one.secrecy, self._clearance))

    @property
    def version(self) -> int:
        """See `Store.version`."""
        return self._store.version

    def head_at(self, version: int) -> str:
        """See `Store.head_at`; a hash tells nothing of what is withheld."""
        return self._store.head_at(version)

    def write(
        self,
        events: Sequence[Event],
        boundaries: Sequence[Boundaries] = (),
        files: Sequence[bytes] = (),
        *,
        expect: int,
    ) -> int:
        """See `Store.write`; who was first with something withheld is not told."""
        try:
            return self._store.write(events, boundaries, files, expect=expect)
        except ConflictError as error:
            if any(one.verb == _WITHHELD for one in self.events(after=expect)):
                raise ConflictError(_LATE, error.code) from None
            raise

    def events(self, subject: str | None = None, after: int = 0) -> Iterator[Event]:
        """See `Store.events`; in the place of one withheld stands an empty one."""
        self._marks.seen()
        closed = self.withheld()
        if subject is not None and subject.partition("/")[0] not in {_SET, _RASTER, *closed}:
            yield from self._store.events(subject, after)
            return
        for number, event in enumerate(self._store.events(after=after), after + 1):
            if subject in (None, event.subject):
                hidden = self._hidden(number, event, closed)
                if not hidden:
                    yield event
                elif subject is None:  # every event counts a version
                    yield Event(_WITHHELD, _WITHHELD, "", event.at, event.on)

    def _hidden(self, number: int, event: Event, closed: frozenset[str]) -> bool:
        kind, _, name = event.subject.partition("/")
        if kind == _SET:
            return too_secret(self._marks.after(name, number), self._clearance)
        if kind == _RASTER:
            return not self.shows(name, number)
        return kind in closed  # of a ledger whose shapes are withheld nothing is told

    def sets(self, at: int | None = None) -> Mapping[str, int]:
        """See `Store.sets`."""
        held = self._store.sets(at)
        return {name: since for name, since in held.items() if self.shows(name, since)}

    def boundaries(
        self, name: str, at: int | None = None, within: Bounds | None = None
    ) -> Boundaries | None:
        """See `Store.boundaries`."""
        since = self.sets(at).get(name)
        return None if since is None else self._store.boundaries(name, since, within)

    def marks(self, after: int = 0) -> Sequence[Mark]:
        """See `Store.marks`."""
        return [one for one in self._store.marks(after) if self.shows(one.name, one.since)]

    def file(self, digest: str) -> bytes | None:
        """See `Store.file`; a digest stands only in events that are shown."""
        return self._store.file(digest)

    def verify(self, known: tuple[int, str] | None = None) -> Sequence[Issue]:
        """See `Store.verify`."""
        return self._store.verify(known)
