"""What stands in deploy/ does what it says: backup and drill are run for real, names are there."""

import configparser
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from geo import office, people
from geo.people import Person, Role
from geo.settings import Settings
from geo.store import open_tables
from geo.zone import DATA

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
NOW = datetime(2026, 1, 2, tzinfo=UTC)
UNITS = sorted((DEPLOY / "systemd").iterdir())

posix = pytest.mark.skipif(os.name != "posix", reason="shell 脚本只在 Linux 上运行")


def ran(script: str, env: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    """A script of deploy/ as its timer runs it."""
    given = {key: value for key, value in os.environ.items() if not key.startswith("ZONE_")}
    return subprocess.run(
        ["/bin/sh", str(DEPLOY / script)],
        env={**given, "PYTHON": sys.executable, "PYTHONUTF8": "1", **env},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def given(store_url: str, tmp_path: Path) -> dict[str, str]:
    """A zone as shipped and an office of two lines, in files of their own."""
    shutil.copy(store_url.removeprefix("sqlite:///"), tmp_path / "zone.db")
    book = office.open_office(f"sqlite:///{tmp_path / 'office.db'}", people.read(DATA / "rules"))
    book.put(Person("root", "甲", frozenset({Role.ADMINISTRATOR})), by="安装", now=NOW)
    book.note("export:made", "甲", "10.0.0.5", now=NOW)
    return {
        "ZONE_SIGN_IN": "local",
        "ZONE_STORE": f"sqlite:///{tmp_path / 'zone.db'}",
        "ZONE_OFFICE": f"sqlite:///{tmp_path / 'office.db'}",
        "ZONE_BACKUPS": str(tmp_path / "kept"),
    }


@posix
def test_a_backup_comes_back_with_the_same_heads_and_an_altered_one_does_not(
    given: dict[str, str], tmp_path: Path
) -> None:
    heads = {
        kind: open_tables(given[name]).head
        for kind, name in (("zone", "ZONE_STORE"), ("office", "ZONE_OFFICE"))
    }
    saved = ran("backup.sh", given)
    assert saved.returncode == 0, saved.stderr
    book = office.open_office(given["ZONE_OFFICE"], people.read(DATA / "rules"))
    book.note("export:made", "甲", "10.0.0.5", now=NOW)  # life goes on
    drill = ran("drill.sh", given)
    assert drill.returncode == 0, drill.stderr
    expected = [f"{kind} {number}:{digest}" for kind, (number, digest) in heads.items()]
    assert drill.stdout.splitlines() == expected
    assert book.head[0] == heads["office"][0] + 1
    (kept,) = (tmp_path / "kept").glob("zone-*.db")
    with closing(sqlite3.connect(kept)) as db:
        db.execute("update event set reason = reason || '.' where seq = 1")
        db.commit()
    drill = ran("drill.sh", given)
    assert drill.returncode != 0
    assert "BACKUP_FAULTY" in drill.stderr


@posix
def test_without_any_backup_the_drill_fails(given: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    drill = ran("drill.sh", given)
    assert drill.returncode == 1
    assert "没有 zone 的备份" in drill.stderr


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_starts_what_is_there_and_a_timer_has_its_service(path: Path) -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(path.read_text("utf-8"))
    if path.suffix == ".timer":
        assert path.with_suffix(".service").is_file()
        assert unit["Install"]["WantedBy"] == "timers.target"
        return
    service = unit["Service"]
    assert service["WorkingDirectory"] == "/opt/zone"
    assert [name for name in service["ExecStart"].split() if (ROOT / name).is_file()]
    assert service["EnvironmentFile"] == "/etc/zone/zone.env"
    assert (service["IPAddressDeny"], service["NoNewPrivileges"]) == ("any", "yes")


def test_every_setting_named_in_deploy_is_one_there_is() -> None:
    found = set[str]()
    for name in ("zone.env", "compose.yaml", "backup.sh", "drill.sh"):
        found |= set(re.findall(r"\bZONE_[A-Z_]+", (DEPLOY / name).read_text("utf-8")))
    assert found
    assert found <= {f"ZONE_{name.upper()}" for name in Settings.model_fields}


def test_the_proxy_believes_no_header_that_comes_from_outside() -> None:
    text = (DEPLOY / "nginx" / "zone.conf").read_text("utf-8")
    sent = dict(re.findall(r'proxy_set_header (\S+) ("[^"]*"|\S+);', text))
    assert sent["X-Forwarded-For"] == "$remote_addr"  # not $proxy_add_x_forwarded_for
    assert sent["X-Forwarded-Proto"] == "$scheme"
    for name in ("X-Remote-User", "X-Forwarded-Host", "X-Real-IP", "Forwarded"):
        assert sent[name] == '""'


def test_what_the_image_leaves_out_holds_no_secret_and_no_data() -> None:
    left = (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").split()
    assert {"**/*.db", ".streamlit/secrets.toml", "zone.toml", ".git"} <= set(left)
    own = (DEPLOY / ".gitignore").read_text("utf-8").split()
    assert {f"deploy/{name.rstrip('/')}" for name in own} <= set(left)
