"""Who acts now, known to everything that is done within."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from geo.errors import GeoError
from geo.people import Person


class RightsError(GeoError):
    """The person may not do this."""

    code = "NOT_ALLOWED"


@dataclass(frozen=True, slots=True)
class Visit:
    """Who acts, and from which address."""

    person: Person
    address: str = ""


_visit: ContextVar[Visit | None] = ContextVar("visit", default=None)


@contextmanager
def visiting(visit: Visit) -> Iterator[None]:
    """Within, everything is done by this person."""
    token = _visit.set(visit)
    try:
        yield
    finally:
        _visit.reset(token)


def visitor() -> Visit | None:
    """Who acts now; None outside any visit."""
    return _visit.get()
