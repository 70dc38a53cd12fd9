"""The style table: nothing without a style, nothing told by colour alone, all of it readable.

Colour differences are CIE 1976 in L*a*b*, colour blindness after Machado and others (2009).
"""

import itertools
import re
import tomllib
from pathlib import Path

import numpy as np
import pytest

from geo.model import Grade
from layers.style import DASH, GRADE_LABEL, GROUPS, STYLES, Palette, Style, of, spec

ROOT = Path(__file__).parents[2]
CATALOG = tomllib.loads((ROOT / "data/boundaries/catalog.toml").read_text("utf-8"))
THEMES = tomllib.loads((ROOT / "data/rules/themes.toml").read_text("utf-8"))
MACHADO = {  # severity 1.0, linear RGB
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
}
TOLD_APART = (
    *("park", "hub", "culture", "station", "facility", "project", "road", "corridor", "water"),
)


def linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    to_xyz = np.array(
        [
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041],
        ]
    )
    xyz = to_xyz @ rgb / (0.95047, 1.0, 1.08883)
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one: str, other: str, sight: str) -> float:
    seen = [np.clip(np.array(MACHADO[sight]) @ linear(colour), 0, 1) for colour in (one, other)]
    return float(np.linalg.norm(lab(seen[0]) - lab(seen[1])))


def contrast(one: str, other: str) -> float:
    light = sorted(float(linear(colour) @ (0.2126, 0.7152, 0.0722)) for colour in (one, other))
    return (light[1] + 0.05) / (light[0] + 0.05)


def symbols() -> list[tuple[str, Style]]:
    return [(name, style) for name, style in STYLES.items() if style.glyph]


def test_the_measures_of_this_test_agree_with_known_values() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
    assert lab(linear("#FF0000")) == pytest.approx([53.24, 80.09, 67.20], abs=0.02)


def test_every_shipped_set_has_a_style_and_a_group_and_no_style_is_without_a_set() -> None:
    assert set(CATALOG) <= set(STYLES) <= set(CATALOG) | set(THEMES)
    assert {style.group for style in STYLES.values()} <= set(GROUPS)


def test_a_set_nobody_styled_stands_under_other_with_its_title() -> None:
    style = of("relic", "文物保护范围", "Heritage protection areas")
    assert (style.label, style.group) == ("文物保护范围", "other")
    assert of("mine").label == of("mine").label_en == "mine"


def test_every_colour_is_a_colour_and_the_greys_are_grey() -> None:
    for style in STYLES.values():
        inks = [style.ink, *style.tint.values(), *filter(None, [style.accent_ink])]
        for ink in inks:
            for palette in Palette:
                assert re.fullmatch("#[0-9A-F]{6}", getattr(ink, palette.value))
            assert len({ink.grey[i : i + 2] for i in (1, 3, 5)}) == 1


@pytest.mark.parametrize("sight", MACHADO)
@pytest.mark.parametrize("pair", list(itertools.combinations(TOLD_APART, 2)), ids="-".join)
def test_safe_colours_stay_apart_however_one_sees(pair: tuple[str, str], sight: str) -> None:
    one, other = (STYLES[name].ink.safe for name in pair)
    assert difference(one, other, sight) >= 10


@pytest.mark.parametrize("sight", MACHADO)
def test_what_is_drawn_strongest_stays_apart_from_all_else(sight: str) -> None:
    accent = STYLES["park"].accent_ink
    assert accent is not None
    for name in TOLD_APART:
        assert difference(accent.safe, STYLES[name].ink.safe, sight) >= 10


def test_no_two_symbols_have_the_same_letter_so_that_colour_never_stands_alone() -> None:
    assert len({style.glyph for _, style in symbols()}) == len(symbols())
    assert len({style.glyph_en for _, style in symbols()}) == len(symbols())
    assert all(len(style.glyph) == len(style.glyph_en) == 1 for _, style in symbols())


@pytest.mark.parametrize("palette", list(Palette))
@pytest.mark.parametrize("name", [name for name, _ in symbols()])
def test_the_letter_of_a_symbol_can_be_seen_on_its_colour(name: str, palette: Palette) -> None:
    assert contrast(getattr(STYLES[name].ink, palette.value), "#FFFFFF") >= 3


def test_every_grade_has_a_word_and_weak_ones_a_line_of_their_own() -> None:
    assert set(DASH) == set(GRADE_LABEL) == set(Grade)
    assert DASH[Grade.OFFICIAL] == DASH[Grade.SURVEYED] == ""
    assert len({DASH[grade] for grade in (Grade.OFFICIAL, Grade.TRACED, Grade.SCHEMATIC)}) == 3
    assert len(set(GRADE_LABEL.values())) == 4


def test_the_chips_of_the_grades_can_be_read() -> None:
    css = (ROOT / "assets/map/app.css").read_text("utf-8")
    for grade in (*Grade, "absent"):
        (rule,) = re.findall(rf"^\.zm-grade\.{grade} {{(.*?)}}", css, re.M)
        said = dict(re.findall(r"(?<![\w-])(color|background): (#\w+)", rule))
        ground, text = (
            "#" + "".join(2 * c for c in colour[1:]) if len(colour) == 4 else colour
            for colour in (said.get("background", "#fff"), said["color"])
        )
        assert contrast(ground, text) >= 4.5, grade


def test_fills_lie_under_boundaries_under_corridors_under_sites_under_names() -> None:
    order = [
        *("land", "sea", "district", "unit", "zone", "road", "corridor", "park"),
        *("facility", "project", "place"),
    ]
    assert order == sorted(order, key=lambda name: STYLES[name].order)
    assert len({style.order for style in STYLES.values()}) == len(STYLES)


def test_the_browser_gets_a_style_without_its_texts() -> None:
    sent = spec(STYLES["park"])
    assert "产业园区" not in str({key: sent[key] for key in sent if key != "accent_kinds"})
    assert not {"label", "label_en", "group", "on"} & set(sent)
    assert sent["ink"] == {"standard": "#7A3E9D", "safe": "#8B4FA8", "grey": "#4A4A4A"}
