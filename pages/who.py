"""Who acts: the one local administrator, or whoever signed in. Scripts and addresses ask here."""

import atexit
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from threading import Lock

from geo import office, people
from geo.errors import GeoError
from geo.office import Office, Visit
from geo.people import LOCAL
from geo.people.fold import LASTS
from geo.settings import office_address
from geo.zone import DATA, Zone
from pages import cookie, door, whence

SCREENS = ("map", "site", "supply", "project", "target", "scenario", "show", "data", "admin")
address = whence.address  # of a request
LOCAL_VISIT = Visit(LOCAL, "127.0.0.1")
_seen: dict[str, datetime] = {}
_lock = Lock()


@cache
def book() -> Office | None:
    """The office's book; None where nobody signs in."""
    given = door.given()
    if given.sign_in == "none":
        return None
    held = office.open_office(office_address(given), people.read(DATA / "rules"))
    atexit.register(_settled, held)
    return held


def _settled(held: Office) -> None:
    """At the end tell what was only counted; a book that is gone by then has nothing to tell."""
    with suppress(GeoError):
        held.settle(now(), whole=True)


def now() -> datetime:
    """The moment, for sessions and the log."""
    return datetime.now(UTC)


def visit() -> Visit | None:
    """Who acts in this script run or answers this address; None for somebody not signed in.

    Whoever has to choose a password first does not act: a page open since before does nothing.
    """
    if book() is None:
        return LOCAL_VISIT
    found = office.visitor()
    if found is None and whence.scripted():
        found = of(whence.cookies(), whence.here())
    return None if found and found.person.must_change else found


def sees(thing: object) -> object:
    """A zone as the visitor may see it now; anything else as it is."""
    return door.zone() if book() is not None and isinstance(thing, Zone) else thing


def name(usual: str) -> str:
    """The name to sign with: of whoever signed in, or the usual one where nobody does."""
    found = visit()
    return usual if book() is None or found is None else found.person.name


def of(cookies: Mapping[str, str], address: str) -> Visit | None:
    """Whose cookies these are. A session idle for too long is closed."""
    held, token = book(), cookie.read(cookies, cookie.SESSION)
    if held is None:
        return LOCAL_VISIT
    person = held.inside(token, now()) if token else None
    if person is None:
        return None
    if not _fresh(token):
        held.leave(token, address, now())
        return None
    return Visit(person, address)


def _fresh(token: str) -> bool:
    """Whether a session was used lately; a server just started knows of no earlier use."""
    key, at = people.session_subject(token), now()
    limit = timedelta(minutes=door.given().idle_minutes)
    with _lock:
        last = _seen.get(key, at)
        for old in [name for name, when in _seen.items() if at - when > LASTS]:
            del _seen[old]  # its session has ended by then in any case
        if at - last > limit:
            return False
        _seen[key] = at
        return True
