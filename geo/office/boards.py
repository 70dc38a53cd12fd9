"""The board in the office's book: remarks, announcements, counts; who may read and write what.

It lies in the book of people where people sign in, else in the same kind of store beside the
zone's: what is said of the zone must not move its version (ADR 9).
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from threading import Lock
from typing import Any

from geo import chronicle, remarks
from geo.chronicle import CHINA
from geo.errors import ConflictError, DataError
from geo.model import Event
from geo.office.visit import RightsError, Visit
from geo.people import LOCAL, Act, Matrix, Person
from geo.remarks import Board, Draft, News, Remark, State, fold
from geo.remarks import check as checked
from geo.store import open_tables
from geo.store.tables import TableStore

MOST = 200  # remarks and answers of one person a day: more is a mistake or an attack
_TRIES = 50


class Boards:
    """The board of one book."""

    def __init__(self, store: TableStore, matrix: Matrix) -> None:
        self._store, self._matrix = store, matrix
        self._lock = Lock()
        self._board = Board()

    @property
    def board(self) -> Board:
        """All of it, as of the last line of the book; ask `seen` for what somebody may read."""
        with self._lock:
            last = self._store.version
            if self._board.version < last:
                new = self._store.events(after=self._board.version)
                entries = chronicle.numbered(new, self._board.version)
                self._board = remarks.folded(self._board, entries)
            return self._board

    def seen(self, person: Person, withheld: Collection[str] = ()) -> list[Remark]:
        """Remarks somebody may read, newest first; `withheld` are sets too secret for them."""
        found = self.board.remarks.values()
        return [one for one in reversed(list(found)) if self.shows(person, one, withheld)]

    def shows(self, person: Person, one: Remark, withheld: Collection[str] = ()) -> bool:
        """Whether somebody may read a remark.

        Secrecy goes before all. Feedback is between its author and those who attend to it; a
        comment is for everybody, or within somebody's towns if they have some.
        """
        place = one.place
        if not person.cleared(one.secrecy) or (place and place.set in withheld):
            return False
        if one.by.id == person.id:
            return True
        if place is None:
            return self._matrix.may(person, Act.SETTINGS)
        return not person.units or place.unit in person.units

    def may_settle(self, person: Person, one: Remark) -> bool:
        """Whether somebody may close a remark or open it again."""
        act = Act.SETTINGS if one.place is None else Act.SETTLE
        own = one.by.id == person.id and self._matrix.may(person, Act.REMARK)
        return own or self._matrix.may(person, act)

    def write(self, visit: Visit, one: Draft, now: datetime) -> int:
        """Write a remark; its number.

        Raises `DataError` REMARK, REMARK_MANY and `RightsError` NOT_ALLOWED, SECRET.
        """
        person = self._allowed(visit, Act.REMARK)
        checked.draft(one)
        if not person.cleared(one.secrecy):
            raise RightsError(
                f"密级“{one.secrecy}”高于 {person.name} 可看的“{person.clearance}”，未保存",
                "SECRET",
            )

        def event(board: Board) -> Event:
            _few(board, person, now)
            subject = f"{fold.REMARK}{len(board.remarks) + 1}"
            return _event(subject, fold.MADE, visit, now, fold.of_draft(one, person.id))

        return int(self._write(event).subject.removeprefix(fold.REMARK))

    def answer(
        self, visit: Visit, number: int, text: str, now: datetime, withheld: Collection[str] = ()
    ) -> None:
        """Answer a remark; a word of its own author asks again.

        Raises `DataError` REMARK, REMARK_UNKNOWN, REMARK_CLOSED, REMARK_MANY and `RightsError`.
        """
        person = self._allowed(visit, Act.REMARK)
        checked.reply(text)

        def event(board: Board) -> Event:
            one = self._known(board, person, number, withheld)
            if one.state is State.CLOSED:
                raise DataError(f"第 {number} 条已了结，请先重新打开", "REMARK_CLOSED")
            _few(board, person, now)
            again = one.by.id == person.id != LOCAL.id  # alone at a machine one answers oneself
            state = State.OPEN if again else State.ANSWERED
            told = {"person": person.id, "text": text, "state": state.value}
            return _event(f"{fold.REMARK}{number}", fold.ANSWERED, visit, now, told)

        self._write(event)

    def settle(
        self,
        visit: Visit,
        number: int,
        *,
        closed: bool,
        now: datetime,
        withheld: Collection[str] = (),
    ) -> None:
        """Close a remark, or open it again.

        Raises `DataError` REMARK_UNKNOWN, `RightsError` NOT_ALLOWED.
        """
        person = self._allowed(visit, Act.REMARK)

        def event(board: Board) -> Event:
            one = self._known(board, person, number, withheld)
            if not self.may_settle(person, one):
                raise RightsError(
                    f"第 {number} 条由作者、经办或管理员了结，{person.name} 不能了结", "NOT_ALLOWED"
                )
            again = State.ANSWERED if _answered(one) else State.OPEN
            told = {"person": person.id, "state": State.CLOSED.value if closed else again.value}
            return _event(f"{fold.REMARK}{number}", fold.SETTLED, visit, now, told)

        self._write(event)

    def announce(self, visit: Visit, one: News, now: datetime) -> int:
        """Announce something; its number. Raises `DataError` NEWS, `RightsError`."""
        person = self._allowed(visit, Act.SETTINGS)
        checked.news(one)

        def event(board: Board) -> Event:
            subject = f"{fold.NEWS}{len(board.news) + 1}"
            return _event(subject, fold.ANNOUNCED, visit, now, fold.of_news(one, person.id))

        return int(self._write(event).subject.removeprefix(fold.NEWS))

    def withdraw(self, visit: Visit, number: int, now: datetime) -> None:
        """Take an announcement down. Raises `DataError` NEWS_UNKNOWN, `RightsError`."""
        self._allowed(visit, Act.SETTINGS)
        self._of_news(visit, number, fold.WITHDRAWN, now)

    def dismiss(self, visit: Visit, number: int, now: datetime) -> None:
        """Show an announcement to this person no more. Raises as `withdraw`."""
        self._allowed(visit, Act.SEE)
        self._of_news(visit, number, fold.DISMISSED, now)

    def count(self, day: date, counts: Mapping[str, int], now: datetime) -> None:
        """Add to the counts of a day; nobody is named."""
        told = {"counts": dict(counts)}
        made = Event(f"{fold.USE}{day.isoformat()}", fold.COUNTED, "—", now, None, told)
        self._write(lambda _: made)

    def _of_news(self, visit: Visit, number: int, verb: str, now: datetime) -> None:
        def event(board: Board) -> Event:
            if number not in board.news:
                raise DataError(f"没有第 {number} 号公告，请刷新页面", "NEWS_UNKNOWN")
            told = {"person": visit.person.id}
            return _event(f"{fold.NEWS}{number}", verb, visit, now, told)

        self._write(event)

    def _allowed(self, visit: Visit, act: Act) -> Person:
        if not self._matrix.may(visit.person, act):
            told = self._matrix.actions[act].zh
            raise RightsError(f"{visit.person.name} 没有“{told}”的权限，未保存", "NOT_ALLOWED")
        return visit.person

    def _known(
        self, board: Board, person: Person, number: int, withheld: Collection[str]
    ) -> Remark:
        one = board.remarks.get(number)
        if one is None or not self.shows(person, one, withheld):
            raise DataError(f"没有第 {number} 条批注或反馈，请刷新页面", "REMARK_UNKNOWN")
        return one

    def _write(self, make: Callable[[Board], Event]) -> Event:
        """Write what is made of the board as it stands, made anew where somebody was first."""
        for _ in range(_TRIES):
            board = self.board
            event = make(board)
            try:
                self._store.write([event], expect=board.version)
            except ConflictError:
                continue
            return event
        raise ConflictError("记录簿正忙，未保存，请稍后重试", "OFFICE_BUSY")


def _event(subject: str, verb: str, visit: Visit, now: datetime, told: Mapping[str, Any]) -> Event:
    data = {**told, "address": visit.address}
    return Event(subject, verb, visit.person.name, now, None, data)


def _answered(one: Remark) -> bool:
    """Whether the last word is somebody else's."""
    last = one.replies[-1].by.id if one.replies else one.by.id
    return bool(one.replies) and (last != one.by.id or last == LOCAL.id)


def _few(board: Board, person: Person, now: datetime) -> None:
    """Raise `DataError` REMARK_MANY for somebody who wrote too much today."""
    day = now.astimezone(CHINA).date()
    all_ = board.remarks.values()
    written = [one.at for one in all_ if one.by.id == person.id]
    written += [r.at for one in all_ for r in one.replies if r.by.id == person.id]
    if sum(at.astimezone(CHINA).date() == day for at in written) >= MOST:
        raise DataError(f"今天已写满 {MOST} 条，未保存，请明天再写或联系管理员", "REMARK_MANY")


def open_boards(url: str, matrix: Matrix) -> Boards:
    """Open the board of the book at an address, made if missing; see `geo.store.open_tables`."""
    return Boards(open_tables(url), matrix)
