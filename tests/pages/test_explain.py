"""Whatever can be refused is told in English too: no code is without a sentence, none is idle."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from pages import explain

ROOT = Path(__file__).parents[2]
FILE = ROOT / "pages" / "words" / "english" / "error.toml"
SENTENCES: dict[str, str] = tomllib.loads(FILE.read_text("utf-8"))
TREES = [
    ast.parse(path.read_text("utf-8"))
    for room in ("geo", "layers", "pages")
    for path in sorted((ROOT / room).rglob("*.py"))
]
CODE = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")
HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")


def codes(part: ast.AST) -> Iterator[str]:
    """Every text in a piece of code that is written as a code is."""
    for node in ast.walk(part):
        said = node.value if isinstance(node, ast.Constant) else None
        if isinstance(said, str) and CODE.fullmatch(said):
            yield said


def named(call: ast.expr) -> str:
    if isinstance(call, ast.Attribute):
        return call.attr
    return call.id if isinstance(call, ast.Name) else ""


def makers(tree: ast.Module) -> dict[str, int]:
    """Where the code stands among the arguments of what makes an issue in one module."""
    found = {"Issue": 0}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            given = [one.arg for one in (*node.args.posonlyargs, *node.args.args)]
            if "code" in given:
                found[node.name] = given.index("code") - (given[0] in ("self", "cls"))
    return found


def raised(tree: ast.Module) -> Iterator[str]:
    """Codes of the errors and issues that a module makes."""
    known = makers(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = named(node.func)
            at = 1 if name.endswith("Error") else known.get(name, len(node.args))
            for given in (*node.args[at : at + 1], *(k.value for k in node.keywords)):
                if given in node.args or name.endswith("Error") or name in known:
                    yield from codes(given) if _is_code(node, given) else ()
        if isinstance(node, ast.ClassDef):
            for line in node.body:
                if isinstance(line, ast.Assign) and named(line.targets[0]) == "code":
                    yield from codes(line.value)


def _is_code(call: ast.Call, given: ast.expr) -> bool:
    """A keyword counts only where it is called `code`."""
    return given in call.args or any(k.arg == "code" and k.value is given for k in call.keywords)


def test_every_code_that_is_raised_has_an_english_sentence() -> None:
    found = {code for tree in TREES for code in raised(tree)}
    assert len(found) > 400  # the scan sees them
    assert {"CONFLICT", "GAP", "STORE", "NEEDS"} <= found
    assert sorted(found - set(SENTENCES)) == []


def test_no_sentence_is_kept_for_a_code_that_is_nowhere() -> None:
    there = {code for tree in TREES for code in codes(tree)}
    assert sorted(set(SENTENCES) - there) == []


def test_every_sentence_is_a_sentence_in_english() -> None:
    for code, said in SENTENCES.items():
        assert not HAN.search(said), code
        assert said[0].isupper(), code
        assert said.endswith("."), code


def test_english_readers_are_told_the_sentence_first_and_the_values_after() -> None:
    message = "文件 <a.txt> 为空，请核对"
    told = explain.beside("EMPTY_FILE", message, english=True)
    assert told.startswith("There is nothing in the file or set.")
    assert told.endswith(f"【{message}】")
    assert explain.beside("EMPTY_FILE", message, english=False) == message
    assert explain.beside("NOT_KNOWN_AT_ALL", message, english=True) == message
    shown = explain.html("EMPTY_FILE", message, english=True)
    assert '<small lang="zh-CN">文件 &lt;a.txt&gt; 为空' in shown
