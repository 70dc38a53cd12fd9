"""The page of meetings, run as Streamlit runs it on a new store, and its parts by hand.

Counted by hand: the default story has 18 chapters, three before the eight matters, four maps
and tables after them and three at the end.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from streamlit.testing.v1 import AppTest

from geo import briefing, meeting
from geo.errors import ConflictError
from geo.meeting import MADE, Chapter, Look, Snapshot, Story, Text
from layers.style import Ink
from layers.tint import Legend, Tint, TintClass
from pages import (
    door,
    show_chapter,
    show_chapters,
    show_draft,
    show_files,
    show_keep,
    show_look,
    show_make,
    show_map,
    show_new,
    show_open,
    show_source,
    show_table,
    show_ways,
    show_words,
)
from pages.show_look import Shown
from pages.show_make import Order
from pages.show_state import Draft
from tests.pages import house
from tests.pages.house import html, living_in

HELD = date(2026, 11, 22)
STORY = Story("HB-1", Text("汇报"), tuple(Chapter(one, Text(one)) for one in "abc"), 7, "甲")


@pytest.fixture(autouse=True)
def store(store_url: str, tmp_path: Path) -> Iterator[None]:
    """A copy of the shipped store for each test."""
    own = tmp_path / "zone.db"
    with (
        closing(sqlite3.connect(store_url.removeprefix("sqlite:///"))) as shipped,
        closing(sqlite3.connect(own)) as copy,
    ):
        shipped.backup(copy)
    with living_in(f"sqlite:///{own}"):
        yield


def opened(**asked: str) -> AppTest:
    return house.opened("show_page", **asked)


def frozen(number: int = 1) -> Snapshot:
    return briefing.freeze(
        door.zone(), by="李工", title=f"第{number}次", held=HELD, as_of=date(2026, 11, 20)
    )


def ids(draft: Draft) -> str:
    return "".join(one.id for one in draft.story.chapters)


def tint(*keys: str) -> Tint:
    ink = Ink("#111111", "#222222", "#333333")
    classes = tuple(TintClass(key, key, key, ink) for key in keys)
    return Tint("parcel", 3, "tint/x.bytes", Legend("状态", "Stage", classes), (1,) * len(keys))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_empty_store_says_what_a_meeting_is_and_offers_the_first_step(lang: str) -> None:
    page = opened(lang=lang)
    told = html(page)
    assert ("会议快照" in told) == (lang == "zh")
    assert {"show_first", "show_story"} <= {button.key for button in page.button}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("view", ["meeting", "story", "output"])
def test_every_view_opens_in_both_languages(lang: str, view: str) -> None:
    frozen()
    show_keep.begun(door.zone())
    assert html(opened(lang=lang, view=view))


def test_a_story_begins_with_the_matters_by_one_button() -> None:
    page = opened(view="story")
    page.button(key="show_begin_first").click().run()
    assert not page.exception
    (made,) = briefing.stories(door.zone())
    assert len(made.chapters) == 18
    assert sum(one.made.startswith("matter:") for one in made.chapters) == 8


def test_a_frozen_meeting_is_shown_with_its_day_version_and_author() -> None:
    one = frozen()
    told = html(opened(meeting="1"))
    for text in ("第 1 次会议", "2026-11-20", f"{one.version:,}", "李工"):
        assert text in told


def test_a_meeting_without_changes_says_so() -> None:
    frozen()
    frozen(2)
    assert "两次会议之间没有任何变化" in html(opened(meeting="2"))


def test_a_map_is_taken_with_what_it_shows_hides_and_outlines() -> None:
    told = {
        "bounds": [122.0, 37.3, 122.3, 37.5],
        "on": ["zone", "parcel"],
        "hidden": {"~parcel": ["idle"], "parcel": ["09"], "park": ["板块"], "~park": ["x"]},
        "opacity": {"land": 0.5},
    }
    shown = Shown("supply", (("parcel", "SL-1"),), tint("idle", "supplied"), {}, told)
    look = show_look.look(shown, "supply:as_of", ("reserve",))
    assert look.extent == (122.0, 37.3, 122.3, 37.5)
    assert look.on == ("zone", "parcel")
    assert look.hidden == {"parcel": ("idle", "reserve"), "park": ("板块",)}
    assert look.opacity == {"land": 0.5}
    assert look.selected == (("parcel", "SL-1"),)


def test_a_colouring_that_cannot_be_kept_hides_nothing_of_its_own() -> None:
    told = {"hidden": {"~parcel": ["UNUSABLE"], "parcel": ["09"]}}
    look = show_look.look(Shown("site", (), tint("UNUSABLE"), {}, told), "", ("reserve",))
    assert look.hidden == {"parcel": ("09",)}
    assert look.extent is None


def test_shapes_on_a_map_come_with_their_words_and_too_many_corners_are_left() -> None:
    line = {"color": "#14213d", "fill": False, "fillColor": "#14213d"}
    fill = {"color": "#c62828", "fill": True, "fillColor": "#ff0000"}
    ring = [[122.0, 37.0], [122.1, 37.0], [122.1, 37.1], [122.0, 37.0]]
    drawn = {
        "shapes": [
            {"shape": {"type": "Polygon", "coordinates": [ring]}, "style": fill},
            {"shape": {"type": "LineString", "coordinates": ring}, "style": line},
        ],
        "key": [{"label": "地块", "style": line}, {"label": "冲突", "style": fill}],
    }
    first, second = show_look.drawings(drawn)
    assert (first.label, first.color) == ("冲突", "#ff0000")
    assert (second.label, second.color) == ("地块", "#14213d")
    assert show_look.corners([[ring]]) == 4
    many = {"shape": {"type": "LineString", "coordinates": ring * 5001}, "style": line}
    assert show_look.drawings({"shapes": [many], "key": []}) == ()


def test_a_tint_that_meetings_do_not_know_is_not_taken_for_supply() -> None:
    assert show_source.colouring("zone", tint("idle")) == "supply:as_of"
    assert show_source.colouring("site", tint("USABLE")) == ""
    assert show_source.colouring("zone", replace(tint("a"), set="cells")) == ""


def test_today_is_the_day_of_the_meeting_and_an_earlier_day_stays() -> None:
    assert show_words.day_key(None, HELD) == "as_of"
    assert show_words.day_key(HELD, HELD) == "as_of"
    assert show_words.day_key(date(2025, 12, 31), HELD) == "2025-12-31"


@pytest.mark.parametrize("kind", [*show_new.OWN, *MADE, "matter:M1"])
def test_a_new_chapter_of_every_kind_may_be_kept_and_shown(kind: str) -> None:
    one = show_new.made("own-1", kind)
    meeting.check_story(Story("HB-1", Text("汇报"), (one,)))
    kept = briefing.start(door.zone(), by="李工", title="一章")
    briefing.save(door.zone(), replace(kept, chapters=(one,)), by="李工", expect=kept.number)
    frozen()
    frozen(2)
    made = briefing.record(door.zone(), 2, kept.id)
    assert made.record["slides"]


def test_chapters_are_moved_hidden_and_removed_and_each_is_undone() -> None:
    draft = Draft(STORY, STORY)
    show_chapters.acted(draft, "down", "a")
    assert ids(draft) == "bac"
    show_chapters.acted(draft, "hide", "c")
    assert [one.hidden for one in draft.story.chapters] == [False, False, True]
    show_chapters.acted(draft, "gone", "b")
    assert ids(draft) == "ac"
    show_chapters.acted(draft, "up", "nobody")
    assert ids(draft) == "ac"
    for expected in ("bac", "bac", "abc"):
        show_draft.undo(draft)
        assert ids(draft) == expected
    assert not draft.dirty


def test_points_keep_their_other_language_line_by_line() -> None:
    one = Chapter("a", lines=(Text("一", "one"), Text("二", "two")))
    assert show_chapter.lines(one, "甲\n二\n三", "zh") == (
        Text("甲", "one"),
        Text("二", "two"),
        Text("三", ""),
    )
    assert show_chapter.lines(one, "甲", "zh") == (Text("甲", "one"), Text("", "two"))
    assert show_chapter.lines(Chapter("a", lines=(Text("一"),)), "", "zh") == ()


def test_the_two_days_of_a_swipe_are_set_one_by_one() -> None:
    one = show_new.made("own-1", "swipe")
    at = show_map._dated(one, date(2025, 12, 31), side="before", kind="supply", usual="last")
    assert at.look == replace(one.look or Look(), before="supply:2025-12-31")
    back = show_map._dated(at, None, side="before", kind="supply", usual="last")
    assert back == one


def test_a_second_person_is_told_and_what_was_typed_stays() -> None:
    zone = door.zone()
    read = show_keep.begun(zone)
    mine = Draft(read, meeting.hidden(read, "swipe"))
    briefing.save(zone, meeting.hidden(read, "wall"), by="王工", expect=read.number)
    with pytest.raises(ConflictError, match="王工"):
        show_draft.save(zone, mine)
    assert mine.dirty
    made = show_draft.copied(zone, mine.story, "我的")
    assert made.id != read.id
    assert made.chapters == mine.story.chapters


def test_a_chapter_from_a_map_joins_the_story_before_its_end_and_the_draft_open_beside() -> None:
    zone = door.zone()
    read = show_keep.begun(zone)
    chapter = Chapter("new", Text("图"), look=Look(on=("zone",)))
    story, id_, place = show_keep.added(zone, read.id, chapter, Text("总览图"), "讲稿")
    kept = briefing.story(zone, story)
    assert kept.chapters[place - 1] == replace(chapter, id=id_, title=Text("总览图"), notes="讲稿")
    assert kept.chapters[place].made == "changes"
    draft = Draft(read, meeting.hidden(read, "wall"))
    show_draft.joined(draft, kept)
    assert draft.read == kept
    assert meeting.chapter(draft.story, "wall").hidden
    assert meeting.chapter(draft.story, id_).title == Text("总览图")
    assert draft.dirty


def test_files_are_named_by_meeting_and_day() -> None:
    one = replace(frozen(), number=3)
    assert show_files.name(one, "pptx") == "经区汇报_第3次_20261122.pptx"
    named = show_files.name(one, "pdf", kind="atlas", public=True)
    assert named == "经区汇报_第3次_20261122_图册_公开版.pdf"
    assert show_files.size(b"x" * 2048) == "2 KB"


@pytest.mark.parametrize(("areas", "pages"), [("unit", 7), ("district", 3)])
def test_an_atlas_has_an_index_and_a_page_for_every_town_or_district(
    areas: str, pages: int
) -> None:
    one = frozen()
    body = show_make.made(door.zone(), "atlas", Order(one.number, "", 0, areas=areas))
    assert len(PdfReader(BytesIO(body)).pages) == pages


def test_the_player_is_told_only_what_is_not_usual() -> None:
    assert (
        show_open.where(3, "HB-1", edition="internal", presenter="1") == "show/3/HB-1?presenter=1"
    )
    assert show_open.where(3, "", lang="en") == "show/3/default?lang=en"


def test_changes_lead_to_their_objects_and_go_out_whole_as_excel() -> None:
    zone, one = door.zone(), frozen()
    row = meeting.Change(
        *(meeting.ChangeKind.LATE, "project", "J01", Text("项目", "A project")),
        *("green", "red", date(2026, 7, 1)),
    )
    gone = meeting.Change(meeting.ChangeKind.LEFT, "parcel", "SL-9", Text("SL-9"), "idle", "")
    assert show_ways.object_at(row) == "project?view=list&project=J01"
    assert show_ways.object_at(gone) == "supply?sel=parcel:SL-9"
    assert show_ways.map_at(show_ways.drawn(zone), gone) == ""
    page = show_table.html(zone, [row, gone])
    assert page.count("<tr>") == 3
    body = show_table.workbook(zone, one, one, [row, gone])
    rows = CalamineWorkbook.from_filelike(BytesIO(body)).get_sheet_by_index(0).to_python()
    assert [line[2] for line in rows[1:]] == ["J01", "SL-9"]
    assert str(rows[1][6]) == "2026-07-01"
