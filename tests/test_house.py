"""The house is in order: nothing stray at the top, nothing unnamed, nothing from outside."""

import fnmatch
import hashlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parent.parent
TOP = {
    *(".ci", ".git", ".gitattributes", ".gitignore", ".streamlit", "CHANGELOG.md", "LICENSE"),
    *("Makefile", "NOTICE", "README.md", "README.en.md", "SECURITY.md", "pyproject.toml"),
    *(
        "requirements.txt",
        "requirements-dev.txt",
        "requirements-bench.txt",
        "requirements-cluster.txt",
        "run.bat",
        "run.py",
    ),
    *("app.py", "assets", "data", "deploy", "docs", "geo", "layers", "pages", "tests"),
}
TEXT = {".py", ".md", ".toml", ".txt", ".csv", ".json", ".geojson", ".js", ".css", ".html", ".svg"}
TEXT |= {".bat", ".yml", ".yaml", ""}
WORKSHOP = re.compile("|".join(("/wo" + r"rk\b", "/tm" + r"p/\w", r"(?<!\w)sha" + "red/")))
NAMESPACES = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
ADDRESS = re.compile(r"(?:https?:)?//(?:[\w-]+\.)+[a-z]{2,}[^\s\"'`)<>]*")
HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
LOCK = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)", re.M)


def ignored() -> list[str]:
    return [line.strip("/") for line in (ROOT / ".gitignore").read_text("utf-8").split()]


def kept(folder: Path = ROOT) -> Iterator[Path]:
    """Every file of the project, without what .gitignore leaves out."""
    for path in sorted(folder.iterdir()):
        if path.name == ".git" or any(fnmatch.fnmatch(path.name, rule) for rule in ignored()):
            continue
        if path.is_dir():
            yield from kept(path)
        else:
            yield path


def toml(path: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / path).read_text("utf-8"))


def plain(name: str) -> str:
    """A package's name as indexes compare it."""
    return re.split(r"[\[<>=~! ;]", name)[0].lower().replace("_", "-").replace(".", "-")


def locked(path: str) -> dict[str, set[str]]:
    """Versions that a lock file may install of each package."""
    found: dict[str, set[str]] = {}
    for name, version in LOCK.findall((ROOT / path).read_text("utf-8")):
        found.setdefault(plain(name), set()).add(version)
    return found


def test_nothing_stray_lies_at_the_top() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in kept()} <= TOP


def test_no_file_names_the_place_where_it_was_written() -> None:
    found = []
    for path in kept():
        if path.suffix in TEXT and "vendor" not in path.parts:
            hit = WORKSHOP.search(path.read_text("utf-8", "replace"))  # samples are in GB 18030
            found += [f"{path.relative_to(ROOT)}: {hit[0]}"] if hit else []
    assert not found


def test_every_vendored_file_is_the_one_in_the_lock() -> None:
    expected = {}
    for package in toml("assets/vendor.toml")["package"]:
        assert package["integrity"].startswith("sha512-"), package["name"]
        assert package["licence"], package["name"]
        expected |= {kept["to"]: kept["sha256"] for kept in package.get("file", ())}
        for font in package.get("font", ()):
            expected[f"{font['to']}.ttf"] = font["ttf_sha256"]
            expected[f"{font['to']}.woff2"] = font["woff2_sha256"]
    found = {
        path.relative_to(ROOT / "assets").as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for room in ("vendor", "fonts")
        for path in kept(ROOT / "assets" / room)
    }
    assert found == expected


def test_leaflet_is_the_version_that_folium_was_written_for() -> None:
    import folium

    pinned = dict(folium.Map.default_js)["leaflet"]
    (leaflet,) = (p for p in toml("assets/vendor.toml")["package"] if p["name"] == "leaflet")
    assert f"leaflet@{leaflet['version']}/" in pinned


def test_licences_are_told() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text("utf-8")
    notice = (ROOT / "NOTICE").read_text("utf-8")
    for name in ("OpenStreetMap", "ODbL", "GeoNames", "CC BY 4.0", "china-division", "Leaflet"):
        assert name in notice
    for package in toml("assets/vendor.toml")["package"]:
        assert package["name"] in notice


@pytest.mark.parametrize(
    ("extra", "lock"),
    [
        ("", "requirements.txt"),
        ("dev", "requirements-dev.txt"),
        ("bench", "requirements-bench.txt"),
        ("cluster", "requirements-cluster.txt"),
    ],
)
def test_every_dependency_is_locked_with_its_hash_and_explained(extra: str, lock: str) -> None:
    project = toml("pyproject.toml")["project"]
    wanted = project["optional-dependencies"][extra] if extra else project["dependencies"]
    versions = locked(lock)
    rows = [
        line.split("|")
        for line in (ROOT / "docs/dependencies.md").read_text("utf-8").splitlines()
        if line.startswith("| ")
    ]
    told = {plain(row[1].strip()): row[2].strip() for row in rows if len(row) > 5}
    for name in map(plain, wanted):
        assert name in told, f"{name} has no line in docs/dependencies.md"
        assert told[name] in versions[name], f"{name}: documented {told[name]}, locked {versions}"


@pytest.mark.parametrize("lock", sorted(ROOT.glob("requirements*.txt")), ids=lambda p: p.name)
def test_locks_hold_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text("utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", text[text.index("\n\n") if "\n\n" in text else 0 :])
    assert all("--hash=sha256:" in entry for entry in entries if "==" in entry)
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text


def test_all_locks_agree() -> None:
    base, dev, bench = (locked(f"requirements{kind}.txt") for kind in ("", "-dev", "-bench"))
    assert all(dev[name] == versions for name, versions in base.items())
    assert all(bench[name] == versions for name, versions in dev.items())


def browser_code() -> list[Path]:
    ours = [path for path in kept(ROOT / "assets") if not {"vendor", "fonts"} & set(path.parts)]
    code = [path for path in ours if path.suffix in {".js", ".css", ".html", ".svg"}]
    return code + [path for path in kept(ROOT / "layers") if path.suffix == ".py"]


@pytest.mark.parametrize("path", browser_code(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_nothing_the_browser_gets_names_another_machine(path: Path) -> None:
    assert set(ADDRESS.findall(path.read_text("utf-8"))) <= NAMESPACES


def test_vendored_styles_load_only_their_own_pictures() -> None:
    for path in (ROOT / "assets/vendor").rglob("*.css"):
        for target in re.findall(r"url\(([^)]*)\)", path.read_text("utf-8")):
            name = target.strip("\"'")
            assert name.startswith(("#", "data:")) or (path.parent / name).is_file(), name


@pytest.mark.parametrize(
    ("weight", "rooms"),
    [("Regular", ["data", "geo", "layers", "pages"]), ("Bold", ["data/boundaries", "layers"])],
)
def test_the_fonts_draw_every_chinese_character_we_show(weight: str, rooms: list[str]) -> None:
    drawn = set(TTFont(ROOT / f"assets/fonts/NotoSansSC-{weight}.ttf").getBestCmap())
    used = set("亩㎡公顷喆堽墕①▲▼→")
    for path in (path for room in rooms for path in kept(ROOT / room)):
        if path.suffix in TEXT and "sources" not in path.parts:
            used |= set(HAN.findall(path.read_text("utf-8")))
    assert not {letter for letter in used if ord(letter) not in drawn}


def test_fonts_carry_no_build_date() -> None:
    for path in (ROOT / "assets/fonts").glob("*.ttf"):
        head = TTFont(path)["head"]
        assert head.modified == head.created


def test_the_server_is_closed_and_tells_nothing() -> None:
    config = toml(".streamlit/config.toml")
    assert config["server"]["address"] == "127.0.0.1"
    assert config["server"]["allowedHosts"] == ["localhost", "127.0.0.1"]
    assert config["server"]["enableCORS"]
    assert config["server"]["enableXsrfProtection"]
    assert not config["server"]["enableStaticServing"]
    assert not config["server"]["enableAgentApi"]
    assert config["server"]["maxUploadSize"] == 50
    assert not config["browser"]["gatherUsageStats"]
    assert config["client"]["showErrorDetails"] == "none"
    assert config["client"]["toolbarMode"] == "minimal"
    assert not config["client"]["showErrorLinks"]
    assert config["client"]["allowedOrigins"] == []


def test_every_setting_is_one_that_this_streamlit_knows() -> None:
    from streamlit import config as streamlit

    known = streamlit.get_config_options()

    def names(table: dict[str, Any], prefix: str) -> Iterator[str]:
        for key, value in table.items():
            inner = isinstance(value, dict)
            yield from names(value, f"{prefix}{key}.") if inner else [f"{prefix}{key}"]

    assert not set(names(toml(".streamlit/config.toml"), "")) - set(known)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two #RRGGBB colours after WCAG 2."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", ["light"])
def test_text_and_accent_can_be_read(mode: str) -> None:
    theme = toml(".streamlit/config.toml")["theme"][mode]
    for ground in (theme["backgroundColor"], theme["secondaryBackgroundColor"]):
        assert contrast(theme["textColor"], ground) >= 7
        assert contrast(theme["primaryColor"], ground) >= 4.5
        assert all(contrast(colour, ground) >= 3 for colour in theme["chartCategoricalColors"])


def test_the_windows_starter_keeps_windows_line_ends() -> None:
    data = (ROOT / "run.bat").read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") > 10
