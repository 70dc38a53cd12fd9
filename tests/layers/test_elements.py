"""The map's script: no user text, no template syntax, no other machine, the same every time."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from geo.errors import SettingError
from layers import elements
from layers.style import STYLES, Ink, Style

ROOT = Path(__file__).parents[2]
HOSTILE = ["{{7*7}}", "{% raw %}", "{# x #}", "a{{b", "%}{%"]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("shape", ["value", "key", "list", "deep"])
def test_text_that_folium_would_run_as_a_template_is_refused(text: str, shape: str) -> None:
    value = {"value": {"a": text}, "key": {text: 1}, "list": {"a": ["b", text]}}
    value["deep"] = {"a": {"b": [{"c": (1, text)}]}}
    with pytest.raises(SettingError, match="模板符号") as refusal:
        elements.safe_json(value[shape])
    assert refusal.value.code == "TEMPLATE_TEXT"


def test_harmless_text_passes_as_json_in_one_order() -> None:
    assert elements.safe_json({"b": "园}", "a": [1, None, "{x}"]}) == (
        '{"a": [1, null, "{x}"], "b": "园}"}'
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_a_style_with_template_marks_never_becomes_a_layer(text: str) -> None:
    ink = Ink("#000000", "#000000", "#000000")
    with pytest.raises(SettingError):
        elements.SetLayer("park", Style("园", "Park", "park", ink, 1, glyph=text))


def test_the_script_names_no_other_machine_and_loads_nothing() -> None:
    script = elements.script(elements.ZoneMap())
    assert not re.findall(r"(?:https?:)?//\w", script)
    assert not re.findall(r"<(?:script|link|img|iframe)", script, re.I)
    assert "import" not in script


def test_the_script_holds_every_style_and_no_name_of_a_place() -> None:
    script = elements.script(elements.ZoneMap())
    for name in STYLES:
        assert script.count(f'"name": "{name}"') == 1
    assert script.count('"name": "other"') == 1
    for text in ("威海", "东方智慧谷", "崮山"):
        assert text not in script


def test_the_script_is_the_same_twice_and_in_another_process() -> None:
    first = elements.script(elements.ZoneMap())
    assert elements.script(elements.ZoneMap()) == first
    code = "from layers import elements as e; print(e.digest(e.script(e.ZoneMap())), end='')"
    other = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert other.stdout.decode() == elements.digest(first)


def test_the_script_is_a_module_that_gives_the_map_back() -> None:
    script = elements.script(elements.ZoneMap())
    assert script.startswith("export default function (L, zone) {\n")
    assert script.endswith("\nreturn map_zone;\n}\n")
    assert "var map_zone = L.map(" in script


def test_a_digest_is_sixteen_letters_that_follow_the_text() -> None:
    # sha256 of nothing, as sha256sum gives it
    assert elements.digest("") == "e3b0c44298fc1c14"
    assert elements.digest("a") != elements.digest("b")
