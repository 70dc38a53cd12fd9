"""Several writers at once, and writers killed in the middle: no acknowledged save is lost."""

import json
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from geo.errors import ConflictError
from geo.model import Event
from geo.store import open_store
from tests.geo import postgres

ROOT = Path(__file__).parents[2]
WRITER = Path(__file__).with_name("store_writer.py")
EDITS, MANY_EDITS = 50, 500


@pytest.fixture(params=["sqlite", "postgis"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgis":
        return str(request.getfixturevalue("pg_url"))
    return f"sqlite:///{tmp_path}/zone.db"


def writer(*arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, str(WRITER), *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run_both(work: Callable[[str], None]) -> None:
    threads = [threading.Thread(target=work, args=(who,)) for who in ("李", "王")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


def test_two_threads_lose_no_edit_and_each_clash_is_told(url: str) -> None:
    store = open_store(url)
    both_looked = threading.Barrier(2, timeout=30)
    clashes: list[tuple[str, str]] = []

    def work(who: str) -> None:
        for number in range(EDITS):
            edit = Event(f"{who}/{number}", "edited", who, datetime.now(UTC))
            seen = store.version
            both_looked.wait()
            try:
                store.write([edit], expect=seen)
            except ConflictError as clash:
                clashes.append((who, str(clash)))
                store.write([edit], expect=seen + 1)
            both_looked.wait()

    run_both(work)
    subjects = Counter(event.subject for event in store.events())
    assert subjects == {f"{who}/{n}": 1 for who in ("李", "王") for n in range(EDITS)}
    assert len(clashes) == EDITS  # both had looked, so one of two was second each time
    assert all({"李": "王", "王": "李"}[who] + " 于" in message for who, message in clashes)
    assert list(store.verify()) == []


def test_two_threads_share_a_store_in_memory(tmp_path: Path) -> None:
    store = open_store("sqlite://")

    def work(who: str) -> None:
        for number in range(EDITS):
            edit = Event(f"{who}/{number}", "edited", who, datetime.now(UTC))
            while True:
                try:
                    store.write([edit], expect=store.version)
                    break
                except ConflictError:
                    list(store.events(edit.subject))

    run_both(work)
    assert store.version == 2 * EDITS
    assert list(store.verify()) == []


def test_two_processes_lose_no_edit_and_each_clash_is_told(url: str) -> None:
    writers = [writer("edit", url, who, str(MANY_EDITS)) for who in ("a", "b")]
    told = [process.communicate(timeout=300) for process in writers]
    assert [process.returncode for process in writers] == [0, 0], told
    assert sum(int(out) for out, _ in told) > 0  # two writers at full speed do meet
    store = open_store(url)
    subjects = Counter(event.subject for event in store.events())
    assert subjects == {f"{who}/{n}": 1 for who in ("a", "b") for n in range(MANY_EDITS)}
    assert list(store.verify()) == []


def test_a_killed_writer_leaves_an_acknowledged_state(url: str) -> None:
    process = writer("kills", url, str(postgres.KILLS))
    out, err = process.communicate(timeout=120 + 3 * postgres.KILLS)
    assert process.returncode == 0, err
    kills = [json.loads(line) for line in out.splitlines()]
    assert len(kills) == postgres.KILLS
    for kill in kills:
        assert kill["faults"] == []
        # Two events a write: at most the one write whose answer the kill cut off is there too.
        assert kill["version"] - kill["told"] in (0, 2), kill
        assert kill["rows"] == (100 if kill["version"] else 0)
    assert kills[-1]["version"] > 0
