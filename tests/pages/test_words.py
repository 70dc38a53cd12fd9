"""Every text of the screens is there in both languages, and none is there for nothing."""

import re
import tomllib
from pathlib import Path

import pytest

from geo.edition import Edition

ROOT = Path(__file__).parents[2]
WORDS: dict[str, dict[str, list[str]]] = {
    path.stem: tomllib.loads(path.read_text("utf-8"))
    for path in sorted((ROOT / "pages" / "words").glob("*.toml"))
}
KEYS = [(section, key) for section, texts in WORDS.items() for key in texts]
PYTHON = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "pages").glob("*.py")))
PYTHON += "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "layers").glob("*.py")))
SCRIPT = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "assets/map").glob("*.js")))
EDITIONS = {one.value for one in Edition}  # asked for by the values themselves
HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
CLAUSE = re.compile(r"[一二三四五六七八九十]+\([一二三四五六七八九十]+\)\d*")  # ids of the plan
PLACE = re.compile(r"\{(\w*)\}")


@pytest.mark.parametrize(("section", "key"), KEYS, ids=lambda k: k)
def test_a_text_is_there_in_both_languages_with_the_same_places_to_fill(
    section: str, key: str
) -> None:
    chinese, english = WORDS[section][key]
    assert chinese.strip()
    assert english.strip() or (section, key) == ("target", "of_total")
    assert not HAN.search(CLAUSE.sub("", english))
    assert set(PLACE.findall(chinese)) == set(PLACE.findall(english))


def test_every_text_that_python_asks_for_exists() -> None:
    asked = re.findall(r'\bt\("(\w+)", "(\w+)"\)', PYTHON)
    assert asked
    assert not [pair for pair in asked if pair[1] not in WORDS.get(pair[0], {})]
    sections = set(re.findall(r'section\("(\w+)"\)', PYTHON))
    assert sections <= set(WORDS)


def test_every_text_that_the_map_asks_for_exists() -> None:
    asked = set(re.findall(r"words\.(\w+)", SCRIPT))
    assert asked > {"search", "sources", "no_data"}
    assert asked <= set(WORDS["map"])


def test_no_text_is_kept_that_nobody_asks_for() -> None:
    code = PYTHON + SCRIPT
    quoted = set(re.findall(r"[\"'](\w+)[\"']", code)) | set(re.findall(r"words\.(\w+)", code))
    begun = set(re.findall(r"(\w+_)\$?\{", code))  # f"flag_{code}", `tool_${key}`
    ended = set(re.findall(r"\}(_\w+)", code))
    unused = [
        f"{section}.{key}"
        for section, key in KEYS
        if section != "office"  # asked for by the names in the plan's register
        and key not in EDITIONS
        and key not in quoted
        and not any(key.startswith(start) for start in begun)
        and not any(key.endswith(end) for end in ended)
    ]
    assert not unused
