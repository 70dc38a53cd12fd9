"""Work that a person has not saved yet, kept beside the store and offered again after a loss.

A table of its own: in ``zone.drafts.db`` beside a store in a file, in the schema of a store on a
server. It is no part of the chain, moves no version, is in no backup, and whatever fails here
fails alone. What is kept belongs to one person and one place on the screens; the last wins.
"""

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from geo.errors import DataError, StoreError

MOST_BYTES = 2_000_000  # of one piece of work, as JSON
MOST = 20  # pieces of one person
LASTS = timedelta(days=14)
COLUMNS = (
    "owner {text} not null, place {text} not null, turn {whole} not null, at {text} not null,"
    " base {whole} not null, title {text} not null, data {text} not null,"
    " primary key (owner, place)"
)


@dataclass(frozen=True, slots=True)
class Unsaved:
    """Work not saved yet: whose, where, when it was kept, made on which version, called what."""

    owner: str
    place: str
    at: datetime
    base: int
    title: str = ""


class Table(Protocol):
    """The table `draft` inside one transaction."""

    def ask(self, question: str, answers: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Rows, none for a change; each `?` of the question stands for one answer."""
        ...


class Drafts(ABC):
    """What was not saved yet, of everybody; each question names whose it asks for."""

    @abstractmethod
    def session(self) -> AbstractContextManager[Table]:
        """One transaction, all of it or nothing. Raises `StoreError`."""

    def keep(self, work: Unsaved, data: Mapping[str, Any]) -> None:
        """Keep work in place of what was kept there; the oldest of too many goes.

        Raises `DataError` DRAFT_BIG and DRAFT_FORM, `StoreError`.
        """
        text = _text(data)
        at, past = _told(work.at), _told(work.at - LASTS)
        with self.session() as table:
            ((turn,),) = table.ask("select coalesce(max(turn), 0) + 1 from draft")
            table.ask("delete from draft where at < ?", (past,))
            table.ask(
                "insert into draft values (?, ?, ?, ?, ?, ?, ?) on conflict (owner, place)"
                " do update set turn = excluded.turn, at = excluded.at, base = excluded.base,"
                " title = excluded.title, data = excluded.data",
                (work.owner, work.place, turn, at, work.base, work.title[:200], text),
            )
            table.ask(
                "delete from draft where owner = ? and place not in (select place from draft"
                f" where owner = ? order by turn desc limit {MOST})",
                (work.owner, work.owner),
            )

    def held(self, owner: str, now: datetime) -> list[Unsaved]:
        """What one person has not saved, the last kept first; nothing past its time."""
        with self.session() as table:
            found = table.ask(
                "select owner, place, at, base, title from draft where owner = ? and at >= ?"
                " order by turn desc",
                (owner, _told(now - LASTS)),
            )
        return [
            Unsaved(owner, str(row[1]), datetime.fromisoformat(row[2]), int(row[3]), str(row[4]))
            for row in found
        ]

    def data(self, owner: str, place: str) -> dict[str, Any] | None:
        """What was kept, or None. Raises `StoreError` STORE_CORRUPT if it cannot be read."""
        with self.session() as table:
            found = table.ask(
                "select data from draft where owner = ? and place = ?", (owner, place)
            )
        if not found:
            return None
        try:
            read: dict[str, Any] = json.loads(found[0][0])
        except ValueError as error:
            raise StoreError("暂存的内容已损坏，无法读出，请放弃后重做", "STORE_CORRUPT") from error
        return read

    def drop(self, owner: str, place: str) -> None:
        """Forget work that was saved or let go."""
        with self.session() as table:
            table.ask("delete from draft where owner = ? and place = ?", (owner, place))


def _text(data: Mapping[str, Any]) -> str:
    try:
        # ASCII only: then every character survives in every database.
        text = json.dumps(dict(data), allow_nan=False)
    except (TypeError, ValueError) as error:
        raise DataError(f"有内容不能暂存（{error}），请尽快保存", "DRAFT_FORM") from error
    if len(text) > MOST_BYTES:
        raise DataError(
            f"未保存的内容有 {len(text) / 1e6:.1f} MB，超过 {MOST_BYTES / 1e6:.0f} MB，"
            "不再暂存，请尽快保存",
            "DRAFT_BIG",
        )
    return text


def _told(at: datetime) -> str:
    """A moment as text that sorts as time does."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def open_drafts(url: str) -> Drafts:
    """What is kept beside the store of an address (see `geo.store.open_tables`), made if missing.

    Raises `StoreError`.
    """
    if url.startswith("sqlite://"):
        from geo.store.draft_file import FileDrafts  # noqa: PLC0415 - it imports this module

        path = url.removeprefix("sqlite://").removeprefix("/")
        return FileDrafts(f"{path.removesuffix('.db')}.drafts.db" if path else ":memory:")
    from geo.store.draft_server import ServerDrafts  # noqa: PLC0415 - an optional package

    return ServerDrafts(url)
