"""SECURITY.md names the test of every promise; all of them are there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "SECURITY.md").read_text("utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", TEXT)


def defined(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_ten_promises_each_have_a_test() -> None:
    rows = re.findall(r"^\| (B\d+) \|.*\| (`tests/.*) \|$", TEXT, re.M)
    assert [name for name, _ in rows] == [f"B{n}" for n in range(1, 11)]


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_test_named_as_proof_is_there(file: str, name: str) -> None:
    path = ROOT / file
    assert path.is_file()
    assert not name or name in defined(path)
