"""The GIF of the time slider, read back with Pillow: one frame a period, colours exact."""

import io
import itertools
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageSequence

from geo.errors import DataError
from layers.brief.values import Brief, Look
from layers.handout import How, gif
from layers.handout.play import SIZE
from layers.style import Palette

IDLE, SUPPLIED = (0xC6, 0x28, 0x28), (0xA9, 0xCD, 0xEE)  # inks of two stages


@pytest.fixture(scope="module")
def data(brief: Brief, how: How) -> bytes:
    return gif(brief, how)


@pytest.fixture(scope="module")
def frames(data: bytes) -> list[np.ndarray]:
    with Image.open(io.BytesIO(data)) as image:
        return [np.asarray(one.convert("RGB")) for one in ImageSequence.Iterator(image)]


def count(frame: np.ndarray, color: tuple[int, int, int]) -> int:
    return int((frame[100:640, :1010] == color).all(axis=2).sum())  # of the map, not its legend


def test_there_is_a_frame_for_every_period(frames: list[np.ndarray]) -> None:
    assert len(frames) == 4
    assert {one.shape for one in frames} == {(SIZE[1], SIZE[0], 3)}


def test_a_class_has_its_own_colour_and_is_there_only_when_it_was(
    frames: list[np.ndarray],
) -> None:
    # the record: supplied 0, 3, 4 and 4 of sixteen, idle 0, 0, 0 and 1
    supplied = [count(one, SUPPLIED) for one in frames]
    assert supplied[0] == 0
    assert supplied[1] > 2000
    assert supplied[2] > supplied[1]
    assert [count(one, IDLE) > 1000 for one in frames] == [False, False, False, True]


def test_the_day_changes_and_the_map_stays_in_its_place(frames: list[np.ndarray]) -> None:
    for one, following in itertools.pairwise(frames):
        assert (one[10:90, 950:] != following[10:90, 950:]).any()
    edges = [np.flatnonzero((one[300, :1020] < 150).all(axis=1)) for one in frames]
    assert len({(int(found.min()), int(found.max())) for found in edges}) == 1


def test_paper_is_white_and_marks_are_on_every_frame(frames: list[np.ndarray]) -> None:
    for one in frames:
        assert tuple(one[3, 3]) == (255, 255, 255)
        assert (one[28:64, 838:936] == (0xA6, 0x1B, 0x1B)).all(axis=2).sum() > 200  # 示例数据
        assert (one[10:60, 20:70] == (0x1A, 0x1F, 0x24)).all(axis=2).sum() > 50  # 内部


def test_it_plays_for_ever_and_rests_on_the_last(data: bytes) -> None:
    with Image.open(io.BytesIO(data)) as image:
        assert image.info["loop"] == 0
        waits = [one.info["duration"] for one in ImageSequence.Iterator(image)]
    assert waits == [1600, 1600, 1600, 4500]


def test_the_same_brief_gives_the_same_bytes(brief: Brief, how: How, data: bytes) -> None:
    assert gif(brief, how) == data


def test_in_grey_there_is_nothing_but_greys(brief: Brief, how: How) -> None:
    with Image.open(io.BytesIO(gif(brief, replace(how, palette=Palette.GREY)))) as image:
        image.seek(3)
        seen = np.asarray(image.convert("RGB")).astype(int)
    assert np.ptp(seen, axis=2).max() <= 2


def test_without_periods_the_fault_says_what_to_do(brief: Brief, how: How) -> None:
    plain = tuple(
        replace(one, look=replace(one.look or Look(), periods=())) for one in brief.slides
    )
    with pytest.raises(DataError, match="登记台账") as caught:
        gif(replace(brief, slides=plain), how)
    assert caught.value.code == "GIF_PERIODS"
