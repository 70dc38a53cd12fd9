"""The floors hold: who may know whom, how long things may be, and what is never written.

Read from the source text alone, so that a room not yet built is simply not checked.
There is no list of exceptions.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GROUND = {"errors": set(), "model": {"errors"}}
GROUND["measure"] = GROUND["units"] = {"errors", "model"}
GROUND["edition"] = {"errors", "model", "measure"}
GROUND["chronicle"] = {"errors", "model"}
# They bring peers together.
COMBINERS = {
    "zone",
    "intake",
    "rasters",
    "ledger",
    "casework",
    "scenario",
    "demo",
    "briefing",
    "office",
}
DOORS = {*COMBINERS, "__main__", "shell", "cluster"}  # all else in geo is a peer
SHELL = {"__main__", "shell"}  # a door like app.py: it may also ask how things look
MAPS = {"folium", "branca", "matplotlib", "typst", "docx", "pptx"}
BANNED = {
    "geo": {"streamlit", "streamlit_folium", "layers", "pages", "app"} | MAPS,
    "layers": {"streamlit", "streamlit_folium", "pages", "app", "sqlite3", "psycopg", "pyogrio"},
    "pages": {"sqlite3", "psycopg", "pyogrio", "rasterio", "pyproj", "shapely", "app"},
}
LAYERS_MAY_ASK = {"geo", "geo.model", "geo.measure", "geo.units", "geo.errors"}
NEVER_IMPORTED = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "streamlit_folium"}
NEVER_CALLED = {"eval", "exec", "__import__"}
READS_FILES = {"open", "read_text", "read_bytes", "read_file", "read_csv", "iterdir", "glob"}
VAGUE = {"util", "utils", "helper", "helpers", "common", "manager", "service", "base", "misc"}
FUNCTION_LINES, MODULE_LINES, PAGE_LINES = 40, 300, 100


def sources(*rooms: str) -> list[Path]:
    """Python files of some rooms; a room may be one file, and may not exist yet."""
    found = []
    for room in rooms:
        path = ROOT / room
        found += [path] if path.is_file() else sorted(path.rglob("*.py"))
    return found


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), named(path))


def imports(path: Path) -> Iterator[str]:
    """Full dotted names a file imports, wherever in the file it does so."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = node.module or ""
            if node.level:
                keep = path.relative_to(ROOT).parts[: -node.level]
                start = ".".join([*keep, start]).rstrip(".")
            yield start
            yield from (f"{start}.{alias.name}" for alias in node.names)


def rooms_of_geo(path: Path) -> set[str]:
    """Rooms of geo a file enters: ``store`` for ``geo.store.sqlite``."""
    names = {name.split(".")[1] for name in imports(path) if name.startswith("geo.")}
    return {name for name in names if (ROOT / "geo" / name).is_dir() or is_file_of_geo(name)}


def is_file_of_geo(name: str) -> bool:
    return (ROOT / "geo" / f"{name}.py").is_file()


PRODUCT = sources("app.py", "run.py", "geo", "layers", "pages", "assets", "data")
ROOMS = sources("app.py", "geo", "layers", "pages")
every_product_file = pytest.mark.parametrize("path", PRODUCT, ids=named)
every_room = pytest.mark.parametrize("path", ROOMS, ids=named)


@pytest.mark.parametrize("path", sources(*BANNED), ids=named)
def test_a_room_imports_nothing_from_above_it(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    banned = BANNED[room] - ({"layers"} if (*module(path).split("."), "")[1] in SHELL else set())
    assert not {name.split(".")[0] for name in imports(path)} & banned


@pytest.mark.parametrize("path", sources("geo", "pages", "app.py"), ids=named)
def test_excel_is_written_in_layers_alone(path: Path) -> None:
    assert not {name.split(".")[0] for name in imports(path)} & {"xlsxwriter", "openpyxl"}


@pytest.mark.parametrize("path", sources("geo"), ids=named)
def test_peers_in_geo_never_import_one_another(path: Path) -> None:
    own = (*module(path).split("."), "")[1]
    used = rooms_of_geo(path) - {own}
    if own in DOORS:
        assert not used & (SHELL if own in COMBINERS else {"__main__"})
        assert own != "zone" or not used & COMBINERS
    else:
        assert used <= GROUND.get(own, set(GROUND))


@pytest.mark.parametrize("path", sources("layers"), ids=named)
def test_layers_know_only_values_measures_and_units(path: Path) -> None:
    asked = {".".join(name.split(".")[:2]) for name in imports(path) if name.startswith("geo")}
    assert asked <= LAYERS_MAY_ASK


@pytest.mark.parametrize("path", sources("layers"), ids=named)
def test_layers_read_no_files(path: Path) -> None:
    called = {getattr(call.func, "id", getattr(call.func, "attr", "")) for call in calls(path)}
    assert not called & READS_FILES


def calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call))


@pytest.mark.parametrize("path", sources("pages"), ids=named)
def test_a_page_is_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= PAGE_LINES


@pytest.mark.parametrize("path", sources("pages"), ids=named)
def test_a_page_only_defines_so_that_running_the_file_alone_shows_nothing(path: Path) -> None:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    defines = (ast.Import, ast.ImportFrom, *functions, ast.ClassDef, ast.Assign, ast.AnnAssign)
    for node in tree(path).body:
        is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        is_start = isinstance(node, ast.If) and ast.unparse(node.test) == "__name__ == '__main__'"
        assert isinstance(node, defines) or is_text or is_start, ast.unparse(node)[:80]


def test_there_is_no_pages_folder_beside_the_script_that_is_run() -> None:
    """Else the first visitor on a deep link of a cold server gets a page file by itself."""
    assert not (ROOT / "pages" / "pages").exists()


@every_product_file
def test_no_module_is_longer_than_it_may_be(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MODULE_LINES


@every_product_file
def test_no_function_is_longer_than_it_may_be_besides_its_docstring(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        first = node.body[1:] if ast.get_docstring(node) else node.body
        lines = (node.end_lineno or 0) - first[0].lineno + 1 if first else 0
        assert lines <= FUNCTION_LINES, f"{node.name} has {lines} lines"


@every_room
def test_areas_and_lengths_are_measured_in_one_place(path: Path) -> None:
    if module(path) == "geo.measure":
        return
    found = [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in {"area", "length"}
    ]
    assert not found
    assert not {"shapely.area", "shapely.length"} & set(imports(path))


@every_product_file
def test_nothing_is_caught_that_is_not_named(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"line {node.lineno}: bare except"
            caught = {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)}
            assert not caught & {"Exception", "BaseException"}, f"line {node.lineno}"


@every_product_file
def test_nothing_runs_text_or_unpacks_objects(path: Path) -> None:
    assert not {name.split(".")[0] for name in imports(path)} & NEVER_IMPORTED
    assert not {getattr(call.func, "id", "") for call in calls(path)} & NEVER_CALLED


@every_product_file
def test_inputs_are_not_guarded_by_assert(path: Path) -> None:
    assert not any(isinstance(node, ast.Assert) for node in ast.walk(tree(path)))


@every_product_file
def test_modules_are_named_after_things(path: Path) -> None:
    assert not {part.removesuffix(".py") for part in path.relative_to(ROOT).parts} & VAGUE
