"""A set coloured by what a page asks: one byte a feature, read here byte by byte."""

import gzip
import struct
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, box

from geo.errors import DataError
from geo.model import Boundaries
from layers import feed, tint
from layers.style import Ink
from layers.tint import Legend, Tint, TintClass

MakeSet = Callable[..., Boundaries]
GREEN, RED = Ink("#2E8B57", "#009E73", "#D8D8D8"), Ink("#C62828", "#D55E00", "#404040")
LEGEND = Legend(
    "进度",
    "Progress",
    (
        TintClass("late", "滞后", "Late", RED, "红", "square"),
        TintClass("good", "正常", "On time", GREEN, "绿"),
    ),
    note="按月报",
    note_en="By monthly report",
)


def test_each_id_gets_the_number_of_its_class_and_none_where_nothing_is_said() -> None:
    assert LEGEND.codes(["A", "B", "C", "A"], {"A": "good", "C": "late"}) == [1, None, 0, 1]


def test_ids_that_the_set_does_not_have_are_passed_over() -> None:
    assert LEGEND.codes(["A"], {"A": "late", "ZZ": "good"}) == [0]


def test_a_class_that_the_legend_does_not_have_is_refused_by_name() -> None:
    with pytest.raises(DataError, match="missing") as refused:
        LEGEND.codes(["A"], {"A": "missing"})
    assert refused.value.code == "TINT_CLASS"


def test_codes_are_one_byte_each_and_255_is_not_there() -> None:
    assert gzip.decompress(tint.packed([0, None, 254, 7])) == b"\x00\xff\xfe\x07"


@pytest.mark.parametrize("code", [255, 256, -1])
def test_a_code_that_no_byte_can_tell_is_refused(code: int) -> None:
    with pytest.raises(DataError) as refused:
        tint.packed([0, code])
    assert refused.value.code == "TINT_CODE"


@given(st.lists(st.none() | st.integers(0, 254), max_size=300))
def test_codes_come_back_as_they_went_and_equal_codes_have_equal_bytes(
    codes: list[int | None],
) -> None:
    body = tint.packed(codes)
    assert [None if byte == 255 else byte for byte in gzip.decompress(body)] == codes
    assert tint.packed(list(codes)) == body
    assert body[4:8] == b"\0\0\0\0"  # no time in the gzip head


def test_features_are_counted_by_class_and_those_not_there_are_not() -> None:
    assert tint.counted([1, None, 1, 0, None], LEGEND) == (1, 2)


def test_a_tint_is_told_in_either_language_with_counts_and_texts() -> None:
    one = Tint("project", 9, "tint/ab.bytes", LEGEND, (1, 2), ("3.0 亩", ""))
    told = tint.told(one, english=False)
    assert {key: told[key] for key in ("set", "since", "url", "title", "note", "letters")} == {
        "set": "project", "since": 9, "url": "tint/ab.bytes",
        "title": "进度", "note": "按月报", "letters": False,
    }  # fmt: skip
    assert told["classes"][0] == {
        "key": "late", "label": "滞后", "letter": "红", "symbol": "square",
        "count": 1, "text": "3.0 亩",
        "ink": {"standard": "#C62828", "safe": "#D55E00", "grey": "#404040"},
    }  # fmt: skip
    english = tint.told(one, english=True)
    assert (english["title"], english["note"]) == ("Progress", "By monthly report")
    assert [c["label"] for c in english["classes"]] == ["Late", "On time"]


def test_counts_that_are_not_one_a_class_are_never_told() -> None:
    with pytest.raises(ValueError, match="zip"):
        tint.told(Tint("x", 1, "a", LEGEND, (1,)), english=False)


def test_places_for_letters_are_millionths_of_a_degree_in_table_order(make_set: MakeSet) -> None:
    known = make_set("x", [box(122.2, 37.4, 122.21, 37.402), Point(122.5, 37.25)])
    numbers = struct.unpack("<8i", gzip.decompress(feed.anchors(known)))
    assert numbers[:4] == (122_205_000, 37_401_000, 10_000, 2_000)
    assert numbers[4:] == (122_500_000, 37_250_000, 0, 0)
