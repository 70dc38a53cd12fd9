"""What the machine tells of itself: backups by their own word, disk, rules."""

import hashlib
import shutil
from pathlib import Path

from geo import health, office, people
from geo.people import Person, Role
from geo.store import open_tables
from geo.store.backup import backup
from geo.zone import DATA
from tests.geo.test_office import NOW


def test_the_newest_backup_of_each_store_is_told_by_the_backups_themselves(tmp_path: Path) -> None:
    held = tmp_path / "kept"
    held.mkdir()
    made = office.open_office(f"sqlite:///{tmp_path / 'office.db'}", people.read(DATA / "rules"))
    made.put(Person("root", "甲", frozenset({Role.ADMINISTRATOR})), by="安装", now=NOW)
    backup(open_tables(f"sqlite:///{tmp_path / 'office.db'}"), held / "b.db")
    made.note("export:made", "甲", "")
    last = backup(open_tables(f"sqlite:///{tmp_path / 'office.db'}"), held / "a.db")
    open_tables(f"sqlite:///{tmp_path / 'zone.db'}")
    backup(open_tables(f"sqlite:///{tmp_path / 'zone.db'}"), held / "z.db")
    found = health.backups(held)
    assert set(found.newest) == {"office.db", "zone.db"}
    assert found.newest["zone.db"].version == 0
    assert health.named(f"sqlite:///{tmp_path / 'zone.db'}") in found.newest
    assert health.named("postgresql://zone@db/zone") == ""
    one = found.newest["office.db"]
    assert (one.version, one.hash) == last
    assert found.strange == ()


def test_a_file_that_is_no_backup_is_named_and_stops_nothing(tmp_path: Path) -> None:
    open_tables(f"sqlite:///{tmp_path / 'store.db'}")
    (tmp_path / "torn.db").write_bytes(b"SQLite format 3\x00" + b"\xff" * 500)
    (tmp_path / "notes.txt").write_text("not looked at")
    found = health.backups(tmp_path)
    assert found == health.Backups({}, ("store.db", "torn.db"))
    assert health.backups(tmp_path / "none") == health.Backups({})


def test_the_disk_is_that_of_the_stores_folder(tmp_path: Path) -> None:
    found = health.disk(f"sqlite:///{tmp_path / 'zone.db'}")
    assert found
    assert found[1] == shutil.disk_usage(tmp_path).total
    assert health.disk("postgresql://zone@db/zone") is None


def test_every_file_of_rules_has_its_digest(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a.toml").write_bytes(b"a = 1\n")
    (tmp_path / "b.csv").write_bytes(b"x,y\n")
    (tmp_path / "README.md").write_bytes(b"told elsewhere")
    expected = {name: hashlib.sha256(data).hexdigest() for name, data in
                (("b.csv", b"x,y\n"), ("site/a.toml", b"a = 1\n"))}  # fmt: skip
    assert health.rules(tmp_path) == expected
