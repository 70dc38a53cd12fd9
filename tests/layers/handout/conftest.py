"""A brief made of the sample record, and how its paper is asked for."""

from pathlib import Path

import pytest

from geo.zone import Zone
from layers.brief.read import brief_of
from layers.brief.values import Brief
from layers.handout import How
from layers.picture import FontBook
from tests.layers.brief import sample

FONTS = Path(__file__).parents[3] / "assets" / "fonts"


@pytest.fixture(scope="session")
def how() -> How:
    return How(FontBook(str(FONTS / "NotoSansSC-Regular.ttf"), str(FONTS / "NotoSansSC-Bold.ttf")))


@pytest.fixture(scope="session")
def brief(zone: Zone) -> Brief:
    return brief_of(*sample.given(zone))
