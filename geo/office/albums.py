"""Stored views and bookmarks in the office's book; whoever may see may keep and open them.

They lie where the board lies, so that a link made or a bookmark named never moves the version of
the zone (ADR 9).
"""

import json
from collections.abc import Callable
from datetime import datetime
from threading import Lock

from geo import chronicle, views
from geo.chronicle import CHINA
from geo.errors import ConflictError, DataError
from geo.model import Event
from geo.office.visit import RightsError, Visit
from geo.people import Act, Matrix, Person
from geo.store import open_tables
from geo.store.tables import TableStore
from geo.views import Album, Bookmark, View, fold

MOST = 200  # new views of one person a day, and bookmarks of one person
_LENGTHS = (10, 16, 26)  # of an id: longer where two contents begin alike
_TRIES = 50


class Albums:
    """Stored views of one book, and everybody's bookmarks."""

    def __init__(self, store: TableStore, matrix: Matrix) -> None:
        self._store, self._matrix = store, matrix
        self._lock = Lock()
        self._album = Album()

    @property
    def album(self) -> Album:
        """All of it, as of the last line of the book."""
        with self._lock:
            if self._album.version < self._store.version:
                new = self._store.events(after=self._album.version)
                entries = chronicle.numbered(new, self._album.version)
                self._album = views.folded(self._album, entries)
            return self._album

    def keep(self, visit: Visit, one: View, now: datetime) -> str:
        """Keep a view; its id. The same view has one id, whoever keeps it.

        Raises `DataError` VIEW, VIEW_BIG, VIEW_MANY and `RightsError` NOT_ALLOWED.
        """
        person, text = self._allowed(visit), views.content(one)

        def event(album: Album) -> Event | None:
            id_ = _free(album, text)
            if id_ in album.views:
                return None
            day = now.astimezone(CHINA).date()
            mine = [at for by, at in album.kept if by == person.id]
            if sum(at.astimezone(CHINA).date() == day for at in mine) >= MOST:
                raise DataError(f"今天已存 {MOST} 个画面，未保存，请明天再存", "VIEW_MANY")
            told = {"person": person.id, "content": text}
            return _event(f"{fold.VIEW}{id_}", fold.KEPT, visit, now, told)

        self._write(event)
        return _free(self.album, text)

    def view(self, visit: Visit, id_: str) -> View:
        """A stored view. Raises `DataError` VIEW_UNKNOWN, `RightsError` NOT_ALLOWED."""
        self._allowed(visit)
        text = self.album.views.get(id_)
        if text is None:
            raise DataError(
                f"没有编号为“{id_[:30]}”的画面，链接可能抄写有误，请向发送人核对", "VIEW_UNKNOWN"
            )
        return views.read(json.loads(text))

    def bookmarks(self, visit: Visit) -> list[Bookmark]:
        """One's own bookmarks, by name."""
        return self.album.of(self._allowed(visit).id)

    def add(self, visit: Visit, one: View, name: str, now: datetime) -> None:
        """Name a view for oneself.

        Raises as `keep`, `DataError` BOOKMARK_NAME, BOOKMARK_TWICE, BOOKMARK_MANY.
        """
        person, plain = self._allowed(visit), views.name(name)
        id_ = self.keep(visit, one, now)

        def event(album: Album) -> Event:
            own = album.of(person.id)
            _unlike(own, plain)
            if len(own) >= MOST:
                raise DataError(f"已有 {MOST} 个书签，请先删除不用的", "BOOKMARK_MANY")
            told = {"person": person.id, "view": id_, "name": plain}
            return _event(f"{fold.BOOKMARK}{album.last + 1}", fold.ADDED, visit, now, told)

        self._write(event)

    def rename(self, visit: Visit, number: int, name: str, now: datetime) -> None:
        """Name one's bookmark anew.

        Raises `DataError` BOOKMARK_NAME, BOOKMARK_TWICE, BOOKMARK_UNKNOWN.
        """
        person, plain = self._allowed(visit), views.name(name)

        def event(album: Album) -> Event:
            _own(album, person, number)
            _unlike([one for one in album.of(person.id) if one.number != number], plain)
            told = {"person": person.id, "name": plain}
            return _event(f"{fold.BOOKMARK}{number}", fold.RENAMED, visit, now, told)

        self._write(event)

    def delete(self, visit: Visit, number: int, now: datetime) -> None:
        """Let go of one's bookmark. Raises `DataError` BOOKMARK_UNKNOWN."""
        person = self._allowed(visit)

        def event(album: Album) -> Event:
            _own(album, person, number)
            told = {"person": person.id}
            return _event(f"{fold.BOOKMARK}{number}", fold.DELETED, visit, now, told)

        self._write(event)

    def _allowed(self, visit: Visit) -> Person:
        if not self._matrix.may(visit.person, Act.SEE):
            told = self._matrix.actions[Act.SEE].zh
            raise RightsError(f"{visit.person.name} 没有“{told}”的权限", "NOT_ALLOWED")
        return visit.person

    def _write(self, make: Callable[[Album], Event | None]) -> None:
        """Write what is made of the album as it stands, made anew where somebody was first."""
        for _ in range(_TRIES):
            album = self.album
            event = make(album)
            if event is None:
                return
            try:
                self._store.write([event], expect=album.version)
            except ConflictError:
                continue
            return
        raise ConflictError("记录簿正忙，未保存，请稍后重试", "OFFICE_BUSY")


def _free(album: Album, text: str) -> str:
    """The shortest id of a content that no other content has."""
    ids = [views.id_of(text, length) for length in _LENGTHS]
    return next((id_ for id_ in ids if album.views.get(id_, text) == text), ids[-1])


def _own(album: Album, person: Person, number: int) -> None:
    found = album.bookmarks.get(number)
    if found is None or found.person != person.id:
        raise DataError(f"没有第 {number} 号书签，请刷新页面", "BOOKMARK_UNKNOWN")


def _unlike(own: list[Bookmark], name: str) -> None:
    if any(one.name == name for one in own):
        raise DataError(f"已有名为“{name}”的书签，请换一个名称", "BOOKMARK_TWICE")


def _event(subject: str, verb: str, visit: Visit, now: datetime, told: dict[str, str]) -> Event:
    data = {**told, "address": visit.address}
    return Event(subject, verb, visit.person.name, now, None, data)


def open_albums(url: str, matrix: Matrix) -> Albums:
    """Open the album of the book at an address, made if missing; see `geo.store.open_tables`."""
    return Albums(open_tables(url), matrix)
