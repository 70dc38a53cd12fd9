"""Accounts and the log from a shell."""

import io
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from geo.__main__ import main

WORD = "海风吹过新城的清晨时分"


class Shell:
    """Commands on a book of their own."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: str) -> tuple[int, str, str]:
        self._capsys.readouterr()
        code = main(words)
        said = self._capsys.readouterr()
        return code, said.out, said.err

    def json(self, *words: str, code: int = 0) -> Any:
        found, out, err = self(*words, "--json")
        assert (found, err) == (code, "")
        return json.loads(out)

    def refused(self, *words: str) -> str:
        code, out, err = self(*words)
        assert (code, out) == (2, "")
        return err


@pytest.fixture
def shell(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Shell:
    monkeypatch.setenv("ZONE_OFFICE", f"sqlite:///{tmp_path / 'office.db'}")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{WORD}\n" * 3))
    return Shell(capsys)


def added(shell: Shell, id_: str, *more: str) -> None:
    shell.json("people", "add", id_, "--name", f"某{id_}", *more)


def test_an_account_is_added_and_listed_without_its_secret(shell: Shell, tmp_path: Path) -> None:
    added(shell, "root", "--role", "administrator")
    added(shell, "zhang", "--role", "editor,approver", "--unit", "U01, U02")
    rows = shell.json("people", "list")
    assert rows[1] == {
        "id": "zhang", "name": "某zhang", "roles": ["approver", "editor"],
        "units": ["U01", "U02"], "clearance": "内部", "password": True,
        "must_change": True, "disabled": False,
    }  # fmt: skip
    assert "argon2" not in str(rows)
    raw = (tmp_path / "office.db").read_bytes()
    assert b"argon2id" in raw
    assert WORD.encode() not in raw


def test_what_is_changed_changes_and_the_rest_stays(shell: Shell) -> None:
    added(shell, "root", "--role", "administrator")
    added(shell, "zhang", "--role", "editor", "--no-password", "--clearance", "公开")
    after = shell.json("people", "change", "zhang", "--disable")
    assert (after["disabled"], after["roles"], after["password"]) == (True, ["editor"], False)
    assert shell.json("people", "change", "zhang", "--enable")["disabled"] is False


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("people", "add", "root", "--name", "又一个"), "PERSON_TAKEN"),
        (("people", "add", "x", "--name", "某", "--role", "boss"), "ROLE"),
        (("people", "add", "x", "--name", "某", "--clearance", "机要"), "SECRECY"),
        (("people", "change", "root", "--role", "viewer"), "PERSON_LAST"),
        (("people", "change", "nobody", "--disable"), "PERSON_UNKNOWN"),
        (("audit", "verify", "--head", "7"), "HEAD"),
    ],
)
def test_what_cannot_be_is_refused_by_name(shell: Shell, words: tuple[str, ...], code: str) -> None:
    added(shell, "root", "--role", "administrator")
    assert code in shell.refused(*words)


def test_a_weak_password_is_refused(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    assert "PASSWORD" in shell.refused("people", "add", "root", "--name", "某")


def test_the_log_tells_an_altered_line_and_a_cut_tail(shell: Shell, tmp_path: Path) -> None:
    added(shell, "root", "--role", "administrator")
    added(shell, "zhang")
    head = shell.json("audit", "head")
    known = f"{head['number']}:{head['hash']}"
    assert shell.json("audit", "verify", "--head", known) == {"sound": True, "issues": []}
    assert [row["subject"] for row in shell.json("audit", "list", "--last", "1")] == [
        "person/zhang"
    ]
    with sqlite3.connect(tmp_path / "office.db") as db:
        db.execute("update event set data = replace(data, '某zhang', '某wang') where seq = 2")
    (issue,) = shell.json("audit", "verify", code=1)["issues"]
    assert issue["row"] == 2
    with sqlite3.connect(tmp_path / "office.db") as db:
        db.execute("delete from event where seq = 2")
    (cut,) = shell.json("audit", "verify", "--head", known, code=1)["issues"]
    assert cut["code"] == "EVENT_TAIL"
