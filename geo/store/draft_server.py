"""Unsaved work in a table of its own, in the schema of a store on a server."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from geo.store.draft import COLUMNS, Drafts, Table
from geo.store.server import Link, Server

_LIMITS = (
    "set local search_path = zone, pg_temp; set local lock_timeout = '2s';"
    " set local statement_timeout = '10s'; set local idle_in_transaction_session_timeout = '30s';"
    " set local client_encoding = 'UTF8'; set local synchronous_commit = on;"
)
_KEY = 0x5A445246  # "ZDRF": two processes that make the table at once
_BEGIN = f"begin isolation level read committed read write; {_LIMITS} select 1"
_MAKE = (
    f"begin isolation level read committed read write; {_LIMITS}"
    f" select pg_advisory_xact_lock({_KEY}); select to_regclass('zone.draft') is not null"
)


class ServerDrafts(Drafts):
    """See `Drafts`. The store itself must be there already."""

    def __init__(self, url: str) -> None:
        self._server = Server(url)
        with self._server.transaction(_MAKE) as (link, (there,)):
            if not there:
                columns = COLUMNS.format(text='text collate "C"', whole="bigint")
                link.execute(f"create table zone.draft ({columns})".encode())

    @contextmanager
    def session(self) -> Iterator[Table]:
        """See `Drafts.session`."""
        with self._server.transaction(_BEGIN) as (link, _):
            yield _ServerTable(link)


class _ServerTable:
    """See `Table`."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def ask(self, question: str, answers: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """See `Table.ask`."""
        cursor = self._link.execute(question.replace("?", "%s").encode(), answers)
        return cursor.fetchall() if cursor.description else []
