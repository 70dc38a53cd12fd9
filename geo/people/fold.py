"""Accounts and sessions from the office's book.

`person/ID` events carry the whole account each time (``set``); `session/DIGEST` ones open and
close a session. A session is named by the SHA-256 of its token, so that the book gives nobody
away who reads it.
"""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from geo.chronicle import Entry
from geo.people.values import Person, Role

KIND, SESSION = "person/", "session/"
SET, OPENED, CLOSED = "set", "opened", "closed"
LASTS = timedelta(hours=12)  # however busy
SKEW = timedelta(minutes=5)  # clocks of two servers may differ; a clock set back further ends it


class Entrance(StrEnum):
    """How somebody came in."""

    LOCAL = "local"
    OIDC = "oidc"
    HEADER = "header"


@dataclass(frozen=True, slots=True)
class Session:
    """One signed-in browser."""

    digest: str
    person: str
    opened: datetime
    entrance: Entrance
    closed: bool = False

    def stands(self, now: datetime) -> bool:
        """Whether it still lets in, idle time aside."""
        return not self.closed and -SKEW <= now - self.opened <= LASTS


@dataclass(frozen=True, slots=True)
class People:
    """Everybody with an account and every session, at a version of the book.

    `names` has every name ever used, as it is compared, with the account it belongs to for good.
    """

    version: int = 0
    persons: Mapping[str, Person] = field(default_factory=dict)
    sessions: Mapping[str, Session] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


def plain_name(name: str) -> str:
    """A name as it is compared: spelled alike is the same person to whoever reads the log."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def session_subject(token: str) -> str:
    """Subject of the session that a token belongs to."""
    return SESSION + hashlib.sha256(token.encode()).hexdigest()


def folded(known: People, entries: Iterable[Entry]) -> People:
    """The people after more entries of the book; other entries are passed over."""
    persons, sessions, version = dict(known.persons), dict(known.sessions), known.version
    names = dict(known.names)
    for entry in entries:
        version = entry.number
        if entry.event.subject.startswith(KIND):
            person, old = _person(entry), persons.get(entry.event.subject.removeprefix(KIND))
            persons[person.id] = person
            names.setdefault(plain_name(person.name), person.id)
            if old and (person.disabled or person.secret != old.secret):
                sessions |= dict(_ended(sessions, person.id))
        elif entry.event.subject.startswith(SESSION):
            session = _session(entry, sessions)
            sessions[session.digest] = session
    return People(version, persons, sessions, names)


def _ended(sessions: Mapping[str, Session], id_: str) -> Iterator[tuple[str, Session]]:
    """Sessions of somebody, closed: a new password or a closed account ends them all."""
    for key, one in sessions.items():
        if one.person == id_ and not one.closed:
            yield key, replace(one, closed=True)


def _person(entry: Entry) -> Person:
    data = entry.event.data
    return Person(
        entry.event.subject.removeprefix(KIND),
        str(data["name"]),
        frozenset(map(Role, data["roles"])),
        frozenset(map(str, data["units"])),
        str(data["clearance"]),
        str(data["secret"]),
        bool(data["must_change"]),
        bool(data["disabled"]),
    )


def _session(entry: Entry, known: Mapping[str, Session]) -> Session:
    digest = entry.event.subject.removeprefix(SESSION)
    data = entry.event.data
    if entry.event.verb == CLOSED:
        old = known[digest]
        return Session(digest, old.person, old.opened, old.entrance, closed=True)
    return Session(digest, str(data["person"]), entry.event.at, Entrance(data["entrance"]))
