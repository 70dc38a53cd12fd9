"""Tickets: good once and for half a minute, they carry a session from a script to an address.

A script cannot set a cookie, an address can. The token itself never stands in an address.
"""

import secrets
from datetime import datetime, timedelta
from threading import Lock

from pages import who

LASTS = timedelta(seconds=30)
_held: dict[str, tuple[str, datetime]] = {}
_lock = Lock()


def given(token: str) -> str:
    """A ticket for a session."""
    name, at = secrets.token_urlsafe(24), who.now()
    with _lock:
        for old in [one for one, (_, made) in _held.items() if at - made > LASTS]:
            del _held[old]
        _held[name] = (token, at)
    return name


def taken(name: str) -> str:
    """The session of a ticket, once; empty if there is none or it is too old."""
    with _lock:
        token, made = _held.pop(name, ("", who.now()))
    return token if who.now() - made <= LASTS else ""
