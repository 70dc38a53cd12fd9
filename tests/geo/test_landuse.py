"""The classification of land use: counts as published, look-up as offices write it."""

from pathlib import Path

import pytest

from geo import landuse
from geo.errors import DataError

RULES = Path(__file__).parents[2] / "data" / "rules"
USES = landuse.read(RULES)


def test_the_classes_are_as_many_as_the_standard_says() -> None:
    lengths = [len(code) for code in USES]
    assert (lengths.count(2), lengths.count(4), lengths.count(6)) == (24, 111, 40)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1001", "1001"),
        ("100101 一类工业用地", "100101"),
        ("工矿用地", "10"),
        ("0901/0902", "0901"),
        ("070199", "0701"),  # no such third-level class: its parent answers
        (" 耕地 ", "01"),
    ],
)
def test_a_class_is_found_by_code_or_name(text: str, code: str) -> None:
    found = landuse.find(USES, text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("text", ["", "没有这一类", "99", "abc"])
def test_what_is_no_class_is_not_found(text: str) -> None:
    assert landuse.find(USES, text) is None


def test_a_missing_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="ydyh_2023"):
        landuse.read(tmp_path)


def test_a_broken_table_is_told(tmp_path: Path) -> None:
    (tmp_path / "ydyh_2023.csv").write_text("代码,名称\n01,耕地\n", encoding="utf-8")
    with pytest.raises(DataError, match="code"):
        landuse.read(tmp_path)
