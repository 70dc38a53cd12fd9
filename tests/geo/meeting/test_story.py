"""A story: chapters moved, hidden, added and taken away, and never one that may not be kept."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import meeting
from geo.errors import DataError
from geo.meeting import Chapter, Drawing, Look, Story, Text

FULL = Chapter(
    "own-1",
    Text("码头", "Pier"),
    lead=Text("现状"),
    lines=(Text("一"), Text("二", "two")),
    look=Look(
        (122.1, 37.3, 122.3, 37.5),
        ("zone", "park"),
        {"park": ("产业园",)},
        {"park": 0.5},
        (("park", "P05"),),
        "supply:as_of",
        "project:2025-12-31",
        ("supply:2024-12-31", "supply:as_of"),
        (Drawing({"type": "Point", "coordinates": [122.2, 37.4]}, "此处", "#C62828"),),
    ),
    chart="projects",
    day=date(2025, 6, 30),
    clauses=("四(二)",),
    notes="先讲进度",
    seconds=45,
    hidden=True,
    internal=True,
    permalink="?sel=park:P05",
)


def story(*ids: str) -> Story:
    return Story("S", Text("汇报"), tuple(Chapter(id_, Text(f"第{id_}章")) for id_ in ids))


def ids(told: Story) -> str:
    return "".join(one.id for one in told.chapters)


@pytest.mark.parametrize(
    ("id_", "by", "expected"),
    [("b", 1, "acbd"), ("b", -1, "bacd"), ("a", -1, "abcd"), ("d", 9, "abcd"), ("a", 9, "bcda")],
)
def test_a_chapter_moves_and_stops_at_the_ends(id_: str, by: int, expected: str) -> None:
    assert ids(meeting.moved(story(*"abcd"), id_, by=by)) == expected


def test_a_chapter_is_hidden_and_shown_again() -> None:
    told = meeting.hidden(story("a", "b"), "b")
    assert [one.hidden for one in told.chapters] == [False, True]
    assert meeting.hidden(told, "b", hide=False) == story("a", "b")


def test_a_new_chapter_comes_before_the_closing_ones_or_after_the_one_named() -> None:
    told = Story("S", Text("汇报"), (Chapter("w", made="wall"), Chapter("c", made="closing")))
    assert ids(meeting.with_chapter(told, Chapter("n", Text("新")))) == "wnc"
    assert ids(meeting.with_chapter(told, Chapter("n", Text("新")), after="c")) == "wcn"
    with pytest.raises(DataError) as refusal:
        meeting.with_chapter(told, Chapter("w", Text("新")))
    assert refusal.value.code == "CHAPTER_TAKEN"


def test_a_chapter_is_replaced_or_taken_away_and_one_not_there_is_told() -> None:
    told = meeting.replaced(story("a", "b"), Chapter("a", Text("改")))
    assert [one.title.zh for one in told.chapters] == ["改", "第b章"]
    assert ids(meeting.without(told, "a")) == "b"
    with pytest.raises(DataError, match="没有章节 x，现有：a、b"):
        meeting.without(told, "x")


def test_a_fresh_id_is_one_that_no_chapter_has() -> None:
    assert meeting.fresh(story("own-1", "own-3")) == "own-2"


def test_a_story_survives_its_json() -> None:
    told = Story("S", Text("汇报", "Report"), (FULL, Chapter("t", made="title")))
    assert meeting.of_plain("S", meeting.plain(told)) == told
    look = FULL.look
    assert look is not None
    assert meeting.look_of(meeting.plain_look(look)) == look


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(-7, 7)), max_size=12))
def test_moving_loses_and_makes_nothing(moves: list[tuple[int, int]]) -> None:
    told = story(*"abcdef")
    for place, by in moves:
        told = meeting.moved(told, "abcdef"[place], by=by)
    assert sorted(ids(told)) == list("abcdef")


def test_every_fault_of_a_story_is_told_at_once() -> None:
    look = Look(opacity={"park": 2.0}, colouring="weather:today")
    told = Story(
        "S",
        Text(" "),
        (
            Chapter("a b", Text("题")),
            Chapter("a", Text("题"), seconds=0),
            Chapter("a", made="poem", look=look, permalink="https://x.org"),
        ),
    )
    with pytest.raises(DataError) as refusal:
        meeting.check_story(told)
    found = "\n".join(issue.message for issue in refusal.value.issues)
    for part in (
        "汇报标题",
        "“a b”",
        "停留 0 秒",
        "编号 a 与前面",
        "poem",
        "weather",
        "透明度",
        "相对地址",
    ):
        assert part in found
    assert len(refusal.value.issues) == 8


def test_a_chapter_of_ones_own_needs_a_title_and_one_that_is_made_does_not() -> None:
    meeting.check_story(Story("S", Text("汇报"), (Chapter("t", made="title"),)))
    with pytest.raises(DataError, match="第 1 章没有标题"):
        meeting.check_story(Story("S", Text("汇报"), (Chapter("t"),)))


def test_json_that_is_no_story_is_refused_with_every_place() -> None:
    data = {
        "title": {"zh": 3},
        "chapters": [
            {"id": "a", "seconds": "x", "hidden": 1, "day": "2025-13-01", "look": {"extent": [1]}}
        ],
    }
    with pytest.raises(DataError) as refusal:
        meeting.of_plain("S", data)
    assert refusal.value.code == "STORY_FORM"
    assert {issue.field for issue in refusal.value.issues} == {
        "title.zh",
        *(f"chapters.0.{key}" for key in ("seconds", "hidden", "day", "look.extent")),
    }


def test_a_story_id_is_a_word() -> None:
    with pytest.raises(DataError, match="汇报编号"):
        meeting.check_story(replace(story("a"), id="a/b"))
