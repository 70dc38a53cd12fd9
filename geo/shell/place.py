"""Where what a command makes is put: a file is replaced only once the new one is whole."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from geo.errors import DataError


def put(path: Path, body: bytes) -> None:
    """Write a file. Raises `DataError` EXPORT_FAILED where it cannot be written."""
    try:
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            made = Path(folder) / path.name
            made.write_bytes(body)
            made.replace(path)
    except OSError as error:
        raise DataError(
            f"无法写入 {path}，请检查文件夹是否存在、是否可写、文件是否正被打开", "EXPORT_FAILED"
        ) from error


def ending(path: Path, known: Sequence[str]) -> str:
    """The suffix of a file without its dot. Raises `DataError` EXPORT_FORMAT."""
    found = path.suffix.lower().removeprefix(".")
    if found not in known:
        kinds = "、".join(f".{one}" for one in known)
        raise DataError(f"不能写成 {path.name}，文件名请以 {kinds} 结尾", "EXPORT_FORMAT")
    return found
