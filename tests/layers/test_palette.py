"""Land-use colours: the published ones as they are, the safe ones apart for every eye."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from geo import landuse
from layers import palette

USES = landuse.read(Path(__file__).parents[2] / "data" / "rules")
# Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB
SIGHTS = {
    "usual": np.eye(3),
    "no red": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
         [-0.003882, -0.048116, 1.051998]]
    ),
    "no green": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
         [-0.011820, 0.042940, 0.968881]]
    ),
}  # fmt: skip


def lab(color: str, sight: np.ndarray) -> np.ndarray:
    rgb = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(sight @ linear, 0, 1)
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    x, y, z = (
        np.cbrt(v) if v > 0.008856 else 7.787 * v + 16 / 116
        for v in to_xyz @ seen / np.array([0.9505, 1.0, 1.089])
    )
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("sight", SIGHTS)
def test_safe_colours_of_any_two_classes_stay_apart(sight: str) -> None:
    seen = {code: lab(color, SIGHTS[sight]) for code, color in palette.SAFE.items()}
    assert len(seen) == 24
    assert min(np.linalg.norm(seen[a] - seen[b]) for a, b in combinations(seen, 2)) >= 10


@pytest.mark.parametrize(
    ("code", "color"),
    [("01", "#F5F8DC"), ("09", "#FF0000"), ("17", "#338EC0"), ("0101", "#F5F8DC")],
)
def test_published_colours_are_as_published(code: str, color: str) -> None:
    assert palette.ink(USES[code], USES).standard == color


def test_every_class_has_three_colours() -> None:
    for use in USES.values():
        found = palette.ink(use, USES)
        for color in (found.standard, found.safe, found.grey):
            assert len(color) == 7
            assert int(color[1:], 16) >= 0


def test_an_unknown_class_is_plain_grey_in_all_three() -> None:
    found = palette.ink(None, USES)
    assert found.standard == found.safe == found.grey
