"""The map of a slide holds what its look says: sets, classes, outlines, drawings, words."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from layers import picture
from layers.brief.scene import scene_of
from layers.brief.values import Brief, Look, Slide
from layers.picture import WIDE, FontBook, Scene
from layers.style import Palette


def slide_of(brief: Brief, id_: str, **changed: Any) -> Slide:
    (found,) = [one for one in brief.slides if one.id == id_]
    return replace(found, look=replace(found.look, **changed)) if changed else found  # type: ignore[type-var]


def counts(scene: Scene, fonts: FontBook, name: str) -> dict[str, int]:
    """What the legend lists of a set: label → features, grades put together."""
    out = dict[str, int]()
    for entry in picture.compose(scene, fonts).entries:
        if entry.set == name:
            label = entry.label.split("（")[0]
            out[label] = out.get(label, 0) + entry.count
    return out


def test_the_wall_map_counts_the_projects_of_each_light(brief: Brief, fonts: FontBook) -> None:
    scene = scene_of(brief, slide_of(brief, "wall"), WIDE)
    # codes of the sample: [2, 0, 1, 3, 3, 2, 3]
    told = {"逾期": 1, "预警": 1, "正常": 2, "无进度资料": 3}
    assert counts(scene, fonts, "works") == told


@pytest.mark.parametrize("palette", list(Palette))
def test_counts_are_those_of_the_classes_in_every_palette(
    brief: Brief, fonts: FontBook, palette: Palette
) -> None:
    scene = scene_of(brief, slide_of(brief, "swipe"), WIDE, palette=palette)
    # codes of 2026-11-15: three completed, two started, one idle, four supplied, six available
    told = {"可供": 6, "已供": 4, "开工": 2, "竣工": 3, "闲置": 1}
    assert counts(scene, fonts, "parcel") == told


def test_another_colouring_may_be_asked_for_the_same_map(brief: Brief, fonts: FontBook) -> None:
    scene = scene_of(brief, slide_of(brief, "swipe"), WIDE, colouring="supply:2024-12-31")
    assert counts(scene, fonts, "parcel") == {"可供": 7, "已供": 3}
    assert scene.caption.day == date(2024, 12, 31)


def test_rows_without_a_class_are_not_there(brief: Brief, fonts: FontBook) -> None:
    scene = scene_of(brief, slide_of(brief, "changes"), WIDE)
    assert counts(scene, fonts, "works") == {"阶段推进": 2, "新增逾期": 1}


def test_hidden_classes_and_faint_groups_are_not_drawn(brief: Brief, fonts: FontBook) -> None:
    slide = slide_of(brief, "wall", hidden={"works": ("grey",)}, opacity={"line": 0.0})
    scene = scene_of(brief, slide, WIDE)
    assert counts(scene, fonts, "works") == {"逾期": 1, "预警": 1, "正常": 2}
    assert "corridor" not in {layer.known.name for layer in scene.layers}


def test_what_is_chosen_is_outlined_if_its_set_is_on(brief: Brief) -> None:
    chosen = slide_of(brief, "M2")
    assert scene_of(brief, chosen, WIDE).highlights == (("park", "P05"),)
    without = slide_of(brief, "M2", on=("zone", "works"))
    assert scene_of(brief, without, WIDE).highlights == ()


def test_what_the_presenter_drew_is_on_the_map(brief: Brief, fonts: FontBook) -> None:
    made = picture.compose(scene_of(brief, slide_of(brief, "wall"), WIDE), fonts)
    assert "现场调度点" in "".join(one.text for one in made.names)


def test_a_map_of_a_piece_tells_where_it_lies_and_one_of_the_whole_does_not(brief: Brief) -> None:
    assert scene_of(brief, slide_of(brief, "M2"), WIDE).locator is brief.sets["zone"]
    assert scene_of(brief, slide_of(brief, "wall"), WIDE).locator is None


def test_day_version_secrecy_sources_maker_and_approval_are_told(brief: Brief) -> None:
    known = replace(brief, approval="鲁 SG（2026）001 号")
    words = scene_of(known, slide_of(brief, "wall"), WIDE, english=True).caption
    assert words.title == "All projects on one map"
    assert (words.day, words.version) == (date(2026, 11, 15), 128)
    assert (words.secrecy, words.maker) == ("Internal", "经区规划科")
    assert words.approval == "鲁 SG（2026）001 号"
    assert words.sources == ("Register of projects (sample)",)


def test_generated_data_is_marked_and_real_data_is_not(brief: Brief, fonts: FontBook) -> None:
    slide = slide_of(brief, "wall")
    assert "示例数据" in picture.compose(scene_of(brief, slide, WIDE), fonts).badges
    real = replace(brief, example=False)
    assert "示例数据" not in picture.compose(scene_of(real, slide, WIDE), fonts).badges


def test_a_slide_without_a_look_shows_the_ground(brief: Brief) -> None:
    bare = replace(slide_of(brief, "wall"), look=Look())
    assert {layer.known.name for layer in scene_of(brief, bare, WIDE).layers} == {"sea", "land"}
