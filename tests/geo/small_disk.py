"""A disk with little room, for the tests of what happens when it is full."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, mib: int = 1) -> Iterator[Path]:
    """A disk of so many MiB, where we may make one; else the test is skipped with the reason."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={mib}m", "tmpfs", str(folder)]
    if os.geteuid() or not shutil.which("mount"):
        pytest.skip("不是 root，不能挂载小容量磁盘")
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("此环境不许挂载小容量磁盘")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
