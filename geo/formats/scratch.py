"""The one folder that strangers' files are laid out in while they are read: ours alone, and empty.

Every reading removes its own part at once. What a killed server left is removed at the next start.
"""

import contextlib
import os
import shutil
import stat
import tempfile
import time
from pathlib import Path

from geo.errors import DataError

_OLD_S = 600  # no reading lasts so long, not even with the wait for its turn


def folder() -> Path:
    """The folder, made if it is not there, closed to everybody else.

    Raises `DataError` TEMP_FOLDER where somebody else's stands in its place.
    """
    owner = os.getuid() if os.name == "posix" else 0
    found = Path(tempfile.gettempdir()) / f"zone-{owner}"
    try:
        found.mkdir(mode=0o700, exist_ok=True)
        state = found.lstat()
        if not stat.S_ISDIR(state.st_mode) or (os.name == "posix" and state.st_uid != owner):
            raise DataError(
                f"临时文件夹 {found.name} 不是本系统建立的，没有使用，请联系管理员移走它",
                "TEMP_FOLDER",
            )
        if os.name == "posix" and stat.S_IMODE(state.st_mode) != 0o700:
            found.chmod(0o700)
    except OSError as error:
        raise DataError("临时文件夹不可写，请联系管理员", "DISK_FULL") from error
    return found


def clear(older_s: float = _OLD_S) -> int:
    """Remove what readings that were cut short left behind; how many there were."""
    before, removed = time.time() - older_s, 0
    for left in os.scandir(folder()):
        with contextlib.suppress(FileNotFoundError):  # its reading ended just now
            if left.stat(follow_symlinks=False).st_mtime <= before:
                shutil.rmtree(left.path, ignore_errors=True)
                removed += 1
    return removed
