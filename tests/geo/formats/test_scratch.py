"""The folder that files are read in: for us alone, and empty of what a killed server left."""

import os
import stat
import sys
import tempfile
from pathlib import Path

import pytest

from geo.errors import DataError
from geo.formats import peek, scratch

POSIX = pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the system puts what is temporary, for this test."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@POSIX
def test_nobody_else_may_look_into_it(room: Path) -> None:
    found = scratch.folder()
    assert found.parent == room
    assert stat.S_IMODE(found.stat().st_mode) == 0o700
    found.chmod(0o777)
    assert stat.S_IMODE(scratch.folder().stat().st_mode) == 0o700


@POSIX
def test_a_link_that_somebody_laid_in_its_place_is_not_followed(room: Path) -> None:
    (room / "elsewhere").mkdir()
    (room / f"zone-{os.getuid()}").symlink_to(room / "elsewhere")
    with pytest.raises(DataError, match="不是本系统建立的"):
        scratch.folder()


def test_what_is_old_is_removed_and_what_is_being_read_is_not(room: Path) -> None:
    old, new = scratch.folder() / "old", scratch.folder() / "new"
    for one in (old, new):
        (one / "in").mkdir(parents=True)
        (one / "in" / "0").write_bytes(b"a parcel")
    os.utime(old, (1, 1))
    assert scratch.clear() == 1
    assert [one.name for one in scratch.folder().iterdir()] == ["new"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process of its own reads")
def test_a_reading_leaves_nothing_behind(room: Path) -> None:
    point = '{"type": "Point", "coordinates": [122.2, 37.4]}'
    body = f'{{"type": "Feature", "properties": {{"id": "1"}}, "geometry": {point}}}'.encode()
    with pytest.raises(DataError):
        peek(b"\x00" * 40, "a.zip")
    peek(body, "a.geojson")
    assert list(scratch.folder().iterdir()) == []
    assert [one.name for one in room.iterdir()] == [scratch.folder().name]
