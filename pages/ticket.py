"""Tickets: good once and for half a minute, they carry a session from a script to an address.

A script cannot set a cookie, an address can. The token itself never stands in an address, and a
ticket is good only in the browser whose mark it bears: nobody can be led into a session that
another began.
"""

import secrets
from datetime import datetime, timedelta
from threading import Lock

from pages import who

LASTS = timedelta(seconds=30)
_held: dict[str, tuple[str, str, datetime]] = {}
_lock = Lock()


def mark() -> str:
    """A new mark for a browser in which somebody may begin to sign in."""
    return secrets.token_urlsafe(24)


def given(token: str, begun: str) -> str:
    """A ticket for a session that began in the browser with this mark."""
    name, at = secrets.token_urlsafe(24), who.now()
    with _lock:
        for old in [one for one, (_, _, made) in _held.items() if at - made > LASTS]:
            del _held[old]
        _held[name] = (token, begun, at)
    return name


def taken(name: str, begun: str) -> str:
    """The session of a ticket, once; empty if there is none for this browser or it is too old."""
    with _lock:
        token, of, made = _held.pop(name, ("", "", who.now()))
    right = bool(begun) and secrets.compare_digest(of.encode(), begun.encode())
    return token if right and who.now() - made <= LASTS else ""
