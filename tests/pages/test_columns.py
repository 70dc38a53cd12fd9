"""Numbers of a column have the same decimals; signs that mark things are in our fonts."""

import pandas as pd
import pytest
from fontTools.ttLib import TTFont

from layers import site_look
from pages import columns, door, show_change


@pytest.mark.parametrize(
    ("values", "step"),
    [
        ([34.0, 40.9], 0.1),
        ([34, 40], None),
        ([34.0, 40.0], None),
        ([0.25, 1200.0, None], 0.01),
        ([float("nan")], None),
        ([], None),
    ],
)
def test_a_column_is_shown_to_the_last_place_of_any_of_its_values(
    values: list[float | None], step: float | None
) -> None:
    assert columns.step(pd.Series(values, dtype=float)) == step


def test_every_numeric_column_has_thousands_and_its_own_decimals() -> None:
    found = columns.numeric(pd.DataFrame({"亩": [34.0, 40.9], "宗": [3, 4], "名": ["a", "b"]}))
    assert sorted(found) == ["亩", "宗"]
    assert found["亩"]["type_config"]["step"] == 0.1
    assert found["宗"]["type_config"].get("step") is None
    assert {one["type_config"]["format"] for one in found.values()} == {"localized"}


def test_the_signs_of_changes_and_of_answers_are_in_the_fonts_that_ship() -> None:
    marks = [*site_look.ANSWERS.values(), *site_look.VERDICTS.values()]
    signs = "".join([*show_change.MARKS.values(), *(one.sign for one in marks)])
    for weight in ("Regular", "Bold"):
        font = TTFont(door.ASSETS / f"fonts/NotoSansSC-{weight}.ttf").getBestCmap()
        assert [sign for sign in signs if ord(sign) not in font] == []
