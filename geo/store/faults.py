"""What SQLite could not do, told so that the person at the desk can act."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geo.errors import StoreError

_FOLDER = "数据文件所在的文件夹不可写，没有保存，请检查权限"
# Beginning of SQLite's name of the fault: our code, and what to say. The first that fits counts.
_TOLD = {
    "SQLITE_BUSY": ("STORE_BUSY", "系统忙，别人正在保存，请稍后重试"),
    "SQLITE_LOCKED": ("STORE_BUSY", "系统忙，别人正在保存，请稍后重试"),
    "SQLITE_FULL": ("STORE_FULL", "磁盘空间不足，没有保存，请清理磁盘后重试"),
    "SQLITE_READONLY_DIRECTORY": ("STORE_READONLY", _FOLDER),
    "SQLITE_READONLY": ("STORE_READONLY", "数据文件只能读，没有保存，请检查文件权限"),
    "SQLITE_NOTADB": ("STORE_FOREIGN", "该文件不是本系统的数据文件，未作改动，请核对地址"),
    "SQLITE_CORRUPT": ("STORE_CORRUPT", "数据文件已损坏，请从备份恢复"),
    "SQLITE_IOERR": ("STORE_IO", "磁盘读写失败，没有保存，请检查磁盘与网络盘"),
    "SQLITE_PERM": ("STORE_READONLY", "没有权限打开数据文件，请检查文件权限"),
    "SQLITE_TOOBIG": ("STORE_TOO_BIG", "单项数据过大，没有保存，请拆分后重试"),
}


@contextmanager
def refused(path: str) -> Iterator[None]:
    """Turn faults of SQLite on the file `path` into `StoreError`."""
    try:
        yield
    except sqlite3.Error as error:
        code, message = _said(error, path)
        raise StoreError(f"{message}（{Path(path).name}）", code) from error


def _said(error: sqlite3.Error, path: str) -> tuple[str, str]:
    name = getattr(error, "sqlite_errorname", None) or ""
    if name.startswith("SQLITE_CANTOPEN"):
        return _unopened(Path(path))
    for start, said in _TOLD.items():
        if name.startswith(start):
            return said
    return "STORE", f"数据文件无法读写：{error}，请从备份恢复或联系管理员"


def _unopened(path: Path) -> tuple[str, str]:
    if path.is_file():
        return "STORE_READONLY", _FOLDER
    if path.is_dir():
        return "STORE_FOLDER", "该地址是文件夹，不是数据文件，请改正地址"
    if not path.parent.is_dir():
        return "STORE_FOLDER", f"存放数据的文件夹 {path.parent} 不存在，请先建立或改正地址"
    return "STORE_MISSING", "数据文件不存在或已被移走，请放回原处，或从备份恢复"
