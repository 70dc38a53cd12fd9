"""The sheet of help says three steps and every key, in both languages."""

import pytest

from pages import door, help_sheet


@pytest.mark.parametrize("english", [False, True])
def test_the_sheet_has_three_steps_and_the_keys(english: bool) -> None:
    words = {key: text[english] for key, text in door.words()["help"].items()}
    made = help_sheet.sheet(words)
    assert made.count("<li>") == 3
    assert made.count("<kbd>") == 8
    for key in ("Tab", "Enter", "Backspace", "Esc", "PgUp PgDn"):
        assert f"<kbd>{key}</kbd>" in made
