"""The office's own book: who may sign in, who is in, and what everybody did.

A store of its own beside the zone's (`sqlite:///zone.office.db`), because what people look at
must not move the zone's version. It has the same chain of hashes, the same checks and the same
backup.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Lock
from types import EllipsisType
from typing import Any

from geo import chronicle, people
from geo.chronicle import Entry
from geo.errors import ConflictError, DataError, GeoError, Issue
from geo.model import Event
from geo.office import account
from geo.office.visit import RightsError
from geo.people import Entrance, Gate, Matrix, People, Person, Tally
from geo.people.fold import CLOSED, KIND, OPENED, SET
from geo.store import open_tables
from geo.store.tables import TableStore

AUDIT = "audit/"
_TRIES = 50  # two servers note something at the same moment
_BUSY = "记录簿正忙，操作未执行，请稍后重试"
_NAME_WAIT = timedelta(seconds=30)
_SHARED = 20  # failures from one address before it waits
NOBODY = "—"  # in place of an author, where nobody was signed in
_REFUSED = "登录名或密码不正确，请重试；忘记密码请联系管理员"


class Office:
    """The book of people and of what they did."""

    def __init__(self, store: TableStore, matrix: Matrix) -> None:
        self._store = store
        self.matrix = matrix
        self._gate = Gate()
        self._tally = Tally()
        self._lock = Lock()
        self._people = People()

    @property
    def people(self) -> People:
        """Everybody, as of the last line of the book."""
        with self._lock:
            last = self._store.version
            if self._people.version < last:
                new = self._store.events(after=self._people.version)
                self._people = people.folded(
                    self._people, chronicle.numbered(new, self._people.version)
                )
            return self._people

    @property
    def head(self) -> tuple[int, str]:
        """Number and hash of the last line: printed on exports, it shows later cuts."""
        return self._store.head

    def person(self, id_: str) -> Person:
        """An account. Raises `DataError` PERSON_UNKNOWN."""
        found = self.people.persons.get(id_)
        if found is None:
            raise DataError(f"没有登录名 {id_}，请核对", "PERSON_UNKNOWN")
        return found

    def admit(self, id_: str, password: str, address: str, now: datetime) -> str:
        """Let somebody in by password; the token of the new session.

        Raises `RightsError`: SIGN_IN_WAIT after too many failures, SIGN_IN for a wrong name,
        a wrong password or a disabled account alike.
        """
        self._wait(id_, address, now)
        person = self.people.persons.get(id_)
        right = people.matches(person.secret if person else "", password)
        if person is None or not right or person.disabled:
            self._failed(id_, address, now)
            raise RightsError(_REFUSED, "SIGN_IN")
        for key in _keys(id_, address)[:2]:
            self._gate.passed(key)
        return self._opened(person, Entrance.LOCAL, address, now)

    def _wait(self, id_: str, address: str, now: datetime) -> None:
        """Raise `RightsError` SIGN_IN_WAIT where one has to wait.

        A name from one address may have to wait long; the name alone never so long that a
        stranger could shut its owner out; an address only after many failures, for it may be
        that of a whole office.
        """
        pair, name, place = _keys(id_, address)
        pause = max(
            self._gate.wait(pair, now),
            self._gate.wait(name, now, longest=_NAME_WAIT),
            self._gate.wait(place, now, free=_SHARED),
        )
        if pause:
            self._refused("sign_in:delayed", id_, address, now)
            seconds = int(pause.total_seconds()) + 1
            raise RightsError(f"登录失败次数过多，请 {seconds} 秒后再试", "SIGN_IN_WAIT")

    def _failed(self, id_: str, address: str, now: datetime) -> None:
        for key in _keys(id_, address):
            self._gate.failed(key, now)
        self._refused("sign_in:refused", id_, address, now)

    def _refused(self, what: str, id_: str, address: str, now: datetime) -> None:
        """A line about somebody who is nobody yet: what was typed is no author.

        Of very many in a short time the rest is one line with a count.
        """
        own = self._tally.counted((what, address), now)
        self.settle(now)
        if own:
            self._note(what, NOBODY, address, {"typed": id_[:64]}, now=now)

    def settle(self, now: datetime, *, whole: bool = False) -> None:
        """Tell the refusals that were only counted; `whole`: also those of this very moment."""
        while (rest := self._tally.due(now, whole=whole)) is not None:
            (what, address), told = rest.key, {"times": rest.count, "seconds": rest.seconds}
            try:
                self._note(what, NOBODY, address, told, now=now)
            except GeoError:
                self._tally.back(rest)
                raise

    def welcome(self, id_: str, entrance: Entrance, address: str, now: datetime) -> str:
        """Let somebody in for whom another system vouches; the token of the new session.

        Raises `RightsError` SIGN_IN_UNKNOWN for a name that has no account here, or a
        disabled one.
        """
        person = self.people.persons.get(id_)
        if person is None or person.disabled:
            self._refused("sign_in:refused", id_, address, now)
            raise RightsError(
                f"{id_[:64]} 在本系统没有可用的账号，请联系管理员开通", "SIGN_IN_UNKNOWN"
            )
        return self._opened(person, entrance, address, now)

    def _opened(self, person: Person, entrance: Entrance, address: str, now: datetime) -> str:
        self.settle(now)
        token = secrets.token_urlsafe(32)
        data = {"person": person.id, "entrance": entrance.value, "address": address}
        subject = people.session_subject(token)
        self._write(Event(subject, OPENED, person.name, now, None, data))
        return token

    def inside(self, token: str, now: datetime) -> Person | None:
        """Whose session a token is; None if it was closed, is too old, or the person is out."""
        known = self.people
        session = known.sessions.get(people.session_subject(token).partition("/")[2])
        if session is None or not session.stands(now):
            return None
        person = known.persons.get(session.person)
        return None if person is None or person.disabled else person

    def leave(self, token: str, address: str, now: datetime) -> None:
        """Close a session for ever; one that is not open is left as it is."""
        person = self.inside(token, now)
        if person is not None:
            subject = people.session_subject(token)
            self._write(Event(subject, CLOSED, person.name, now, None, {"address": address}))

    def put(
        self,
        person: Person,
        *,
        by: str,
        now: datetime,
        address: str = "",
        base: Person | EllipsisType | None = ...,
    ) -> None:
        """Add an account or change it, if it is still `base` (where given; None: not there yet).

        Raises `DataError` PERSON_ID, PERSON_NAME, PERSON_NAME_TAKEN, PERSON_LAST and
        `ConflictError` PERSON_CHANGED.
        """
        account.checked(person)
        event = Event(KIND + person.id, SET, by, now, None, account.told(person, address))
        for _ in range(_TRIES):
            known = self.people
            if base is not ... and known.persons.get(person.id) != base:
                told = f"账号 {person.id} 刚被他人修改，您的修改未保存，请刷新后重试"
                raise ConflictError(told, "PERSON_CHANGED")
            account.lawful(known, person)
            try:
                self._store.write([event], expect=known.version)
            except ConflictError:
                continue
            return
        raise ConflictError(_BUSY, "OFFICE_BUSY")

    def repass(self, id_: str, old: str, new: str, now: datetime, address: str = "") -> str:
        """Change one's own password, which ends every session; the token of a new one.

        Raises `RightsError` SIGN_IN, SIGN_IN_WAIT, `PasswordError`, `ConflictError`.
        """
        self._wait(id_, address, now)
        person = self.person(id_)
        if not people.matches(person.secret, old):
            self._failed(id_, address, now)
            raise RightsError("原密码不正确，请重试", "SIGN_IN")
        if old == new:
            raise people.PasswordError("新密码与原密码相同，请换一个")
        changed = replace(person, secret=people.hashed(new, id_), must_change=False)
        self.put(changed, by=person.name, now=now, address=address, base=person)
        return self._opened(changed, Entrance.LOCAL, address, now)

    def note(
        self,
        what: str,
        person: str,
        address: str,
        data: Mapping[str, Any] | None = None,
        *,
        now: datetime | None = None,
    ) -> None:
        """Write a line into the log: who did what (``act:verb``) from where."""
        at = now or datetime.now(UTC)
        self.settle(at)
        self._note(what, person, address, data, now=at)

    def _note(
        self,
        what: str,
        person: str,
        address: str,
        data: Mapping[str, Any] | None = None,
        *,
        now: datetime,
    ) -> None:
        act, _, verb = what.partition(":")
        told = {"person": person, "address": address, **(data or {})}
        self._write(Event(AUDIT + act, verb, person, now, None, told))

    def log(self, after: int = 0) -> list[Entry]:
        """Every line of the book after a number, with its own, oldest first."""
        return chronicle.numbered(self._store.events(after=after), after)

    def head_at(self, number: int) -> str:
        """A line's number and hash, as ``N:HASH``. Raises `DataError` VERSION."""
        return self._store.head_at(number)

    def verify(self, known: tuple[int, str] | None = None) -> Sequence[Issue]:
        """Faults of the book; `known` is a head noted earlier, to see whether a tail was cut."""
        return self._store.verify(known)

    def _write(self, event: Event) -> None:
        for _ in range(_TRIES):
            try:
                self._store.write([event], expect=self._store.version)
            except ConflictError:
                continue
            return
        raise ConflictError(_BUSY, "OFFICE_BUSY")


def _keys(id_: str, address: str) -> tuple[str, str, str]:
    """What failures are counted by: the name from there, the name, and the address."""
    name = id_.casefold()[:64]
    return f"pair {name} {address}", f"name {name}", f"address {address}"


def open_office(url: str, matrix: Matrix) -> Office:
    """Open the book at an address, made if missing; see `geo.store.open_tables`."""
    return Office(open_tables(url), matrix)
