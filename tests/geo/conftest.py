"""Stores that take long to make, made once and copied: one freshly seeded, one of examples."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from geo import demo

UNTIL = date(2026, 6, 30)  # last day of the examples in tests; any day of the past will do
_BESIDE = ("", "-wal", "-shm")  # what SQLite keeps beside a file that is open


def copied(url: str, folder: Path) -> str:
    """A store of its own with the same content."""
    source, target = Path(url.removeprefix("sqlite:///")), folder / "own.db"
    for end in _BESIDE:
        if Path(f"{source}{end}").is_file():
            shutil.copy(f"{source}{end}", f"{target}{end}")
    return f"sqlite:///{target}"


@pytest.fixture(scope="session")
def demo_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A demonstration store; do not write."""
    url = f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}"
    demo.made(url, UNTIL)
    return url


@pytest.fixture
def own_demo(demo_url: str, tmp_path: Path) -> str:
    """A demonstration store of one test's own."""
    return copied(demo_url, tmp_path)


@pytest.fixture
def fresh(store_url: str, tmp_path: Path) -> str:
    """A store with the shipped sets and projects of one test's own."""
    return copied(store_url, tmp_path)
