"""The way to a PostgreSQL server: connections lent out, one transaction each, faults told.

A few idle connections are kept per process, because a new one costs 5 ms and a page asks often.
What a transaction needs is set inside it, in one round trip with its beginning, so nothing
depends on a connection's past (and poolers between us and the server do no harm). An idle
connection that died, because the server was restarted, is replaced before anything is asked.
"""

import os
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import conninfo, pq

from geo.errors import SettingError, StoreError

Link = psycopg.Connection[tuple[Any, ...]]
_KEPT, _KEPT_SECONDS = 4, 300.0
_DEFAULTS: dict[str, Any] = {
    "connect_timeout": 5,  # s
    "keepalives_idle": 30,  # s
    "keepalives_interval": 10,  # s
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,  # ms
    "application_name": "jingqu-zone-viewer",
}
_LOST = ("STORE_LOST", "数据库连不上或连接已中断，没有保存，请检查网络与数据库服务后重试")
_BUSY = ("STORE_BUSY", "系统忙，别人正在保存，请稍后重试")
_LOGIN = ("STORE_LOGIN", "数据库拒绝登录，请核对用户名与口令")
_GONE = ("STORE_MISSING", "数据库中没有本系统的数据，或已被移走，请核对地址，或从备份恢复")
_BROKEN = ("STORE_CORRUPT", "数据库中的数据已损坏，请从备份恢复")
# Beginning of the SQLSTATE: our code, and what to say. The first that fits counts.
_TOLD = {
    "55P03": _BUSY,
    "40": _BUSY,
    "53300": ("STORE_BUSY", "数据库的连接已满，没有保存，请稍后重试"),
    "57014": ("STORE_SLOW", "数据库超时未答，没有保存，请稍后重试"),
    "25P0": ("STORE_SLOW", "操作中断过久，没有保存，请重试"),
    "53": ("STORE_FULL", "数据库服务器的磁盘空间或内存不足，没有保存，请联系管理员"),
    "25006": ("STORE_READONLY", "数据库只能读，没有保存，请联系管理员"),
    "42501": ("STORE_READONLY", "数据库用户没有所需的权限，没有保存，请联系管理员"),
    "54": ("STORE_TOO_BIG", "单项数据过大，没有保存，请拆分后重试"),
    "28": _LOGIN,
    "3D": ("STORE_MISSING", "数据库不存在，请先建立或改正地址"),
    "3F": _GONE,
    "42P01": _GONE,
    "42703": ("STORE_FOREIGN", "数据库中名为 zone 的模式不是本系统的，未作改动，请核对地址"),
    "XX001": _BROKEN,
    "XX002": _BROKEN,
    "22021": _BROKEN,
    "57P": _LOST,
    "08": _LOST,
}
# A server that refuses to connect gives no SQLSTATE: words of its refusal instead.
_WORDS = {
    "authentication failed": _LOGIN,
    "no password supplied": _LOGIN,
    "pg_hba.conf": _LOGIN,
    "too many clients": _TOLD["53300"],
    'database "': _TOLD["3D"],
    'role "': _LOGIN,
}
# Connections a fork inherited belong to its parent: never used, never closed, never collected.
_inherited: list[Link] = []


class Server:
    """A PostgreSQL server by URL, shared by the threads of a process.

    Raises `SettingError` if the URL cannot be read; it is never repeated, it may hold a password.
    """

    def __init__(self, url: str) -> None:
        try:
            given = conninfo.conninfo_to_dict(url)
            self._address = conninfo.make_conninfo(url, **(_DEFAULTS | given))
        except psycopg.ProgrammingError as error:
            raise SettingError(
                "存储地址写法有误，应写成 postgresql://用户@主机:端口/数据库", "STORE_URL"
            ) from error
        self.name = f"{given.get('host', 'localhost')}/{given.get('dbname', '')}"
        self._lock = threading.Lock()
        self._idle: list[tuple[float, Link]] = []
        self._process = os.getpid()
        weakref.finalize(self, _close_all, self._idle, self._process)

    @contextmanager
    def transaction(self, begin: str) -> Iterator[tuple[Link, tuple[Any, ...]]]:
        """Send `begin` and lend the connection with the last row it gave; then commit.

        Raises `StoreError`: STORE_UNSURE if the answer to the commit was lost.
        """
        with refused(self.name):
            link, row = self._begun(begin)
            try:
                yield link, row
                self._commit(link)
            finally:
                self._taken_back(link)

    def _begun(self, begin: str) -> tuple[Link, tuple[Any, ...]]:
        while link := self._rested():
            try:
                return link, _last_row(link, begin)
            except psycopg.OperationalError:
                if not link.broken:  # the server is there and said no
                    raise
            finally:
                self._forget_failed(link)
        link = psycopg.connect(self._address, autocommit=True, prepare_threshold=None)
        try:
            return link, _last_row(link, begin)
        finally:
            self._forget_failed(link)

    def _commit(self, link: Link) -> None:
        try:
            done = link.execute("commit")
        except psycopg.OperationalError as error:
            raise StoreError(
                f"保存时数据库连接中断，不能确定是否已存入，请刷新核对后再试（{self.name}）",
                "STORE_UNSURE",
            ) from error
        if done.statusmessage != "COMMIT":
            raise StoreError(f"数据库没有接受这次保存，请重试（{self.name}）", "STORE")

    def _rested(self) -> Link | None:
        """An idle connection that is fresh enough, if there is one."""
        if self._process != os.getpid():
            self._start_over()
        with self._lock:
            while self._idle:
                since, link = self._idle.pop()
                if time.monotonic() - since < _KEPT_SECONDS:
                    return link
                link.close()
        return None

    def _start_over(self) -> None:
        """Leave to the parent of a fork what is its own, the lock it may have held included."""
        _inherited.extend(link for _, link in self._idle)
        self._lock, self._idle, self._process = threading.Lock(), [], os.getpid()
        weakref.finalize(self, _close_all, self._idle, self._process)

    def _taken_back(self, link: Link) -> None:
        if not link.closed and link.info.transaction_status != pq.TransactionStatus.IDLE:
            try:
                link.execute("rollback")
            except psycopg.Error:
                link.close()  # the server rolls back what a closed connection left
        with self._lock:
            if link.closed or len(self._idle) >= _KEPT:
                link.close()
            else:
                self._idle.append((time.monotonic(), link))

    @staticmethod
    def _forget_failed(link: Link) -> None:
        """Close a connection whose beginning failed."""
        if link.closed or link.info.transaction_status != pq.TransactionStatus.INTRANS:
            link.close()


@contextmanager
def refused(name: str) -> Iterator[None]:
    """Turn faults of PostgreSQL on the database `name` into `StoreError`."""
    try:
        yield
    except psycopg.Error as error:
        code, message = _said(error)
        raise StoreError(f"{message}（{name}）", code) from error
    except UnicodeDecodeError as error:
        raise StoreError(f"{_BROKEN[1]}（{name}）", _BROKEN[0]) from error


def _said(error: psycopg.Error) -> tuple[str, str]:
    for start, said in _TOLD.items():
        if (error.sqlstate or "").startswith(start):
            return said
    if isinstance(error, psycopg.OperationalError) and not error.sqlstate:
        return next((said for words, said in _WORDS.items() if words in str(error)), _LOST)
    return "STORE", f"数据库无法读写（{error.sqlstate}），请联系管理员"


def _last_row(link: Link, begin: str) -> tuple[Any, ...]:
    """Run statements in one round trip; the row of the last one, or nothing."""
    cursor = link.execute(begin.encode())
    while cursor.nextset():
        pass
    return (cursor.fetchone() if cursor.description else None) or ()


def _close_all(idle: list[tuple[float, Link]], process: int) -> None:
    """Close what is idle, unless a fork would close it under its parent."""
    if os.getpid() == process:
        while idle:
            idle.pop()[1].close()
