"""What may be done to a story: pure, one story in and another out."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from geo.errors import DataError, Issue
from geo.meeting.values import CHARTS, MADE, Chapter, Story

MATTER = "matter:"
_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
_DAY = r"(as_of|last|\d{4}-\d\d-\d\d)"
_COLOURING = re.compile(
    rf"(supply|project):{_DAY}|supply_new:{_DAY}:{_DAY}|change:(last|\d+)(:[a-z][a-z0-9_]*)?"
)
_TITLE, _NOTES, _CHAPTERS, _SECONDS = 120, 10_000, 200, (3, 600)


def chapter(story: Story, id_: str) -> Chapter:
    """One chapter; raises `DataError` CHAPTER_UNKNOWN."""
    found = next((one for one in story.chapters if one.id == id_), None)
    if found is None:
        there = "、".join(one.id for one in story.chapters) or "无"
        raise DataError(f"汇报中没有章节 {id_}，现有：{there}，请刷新页面", "CHAPTER_UNKNOWN")
    return found


def moved(story: Story, id_: str, by: int) -> Story:
    """With a chapter further down (`by` > 0) or up; at either end it stays."""
    one = chapter(story, id_)
    others = [each for each in story.chapters if each.id != id_]
    place = min(max(story.chapters.index(one) + by, 0), len(others))
    return replace(story, chapters=(*others[:place], one, *others[place:]))


def hidden(story: Story, id_: str, *, hide: bool = True) -> Story:
    """With a chapter hidden from the meeting, or shown again."""
    return replaced(story, replace(chapter(story, id_), hidden=hide))


def with_chapter(story: Story, one: Chapter, after: str = "") -> Story:
    """With one more chapter, after another or before the closing ones; its id must be new."""
    if any(each.id == one.id for each in story.chapters):
        raise DataError(f"汇报中已有章节 {one.id}，请换一个编号", "CHAPTER_TAKEN")
    ids = [each.id for each in story.chapters]
    tail = next((i for i, each in enumerate(story.chapters) if each.made in _LAST), len(ids))
    place = ids.index(chapter(story, after).id) + 1 if after else tail
    return replace(story, chapters=(*story.chapters[:place], one, *story.chapters[place:]))


_LAST = ("changes", "actions", "sources", "closing")


def without(story: Story, id_: str) -> Story:
    """Without a chapter."""
    gone = chapter(story, id_)
    return replace(story, chapters=tuple(one for one in story.chapters if one is not gone))


def replaced(story: Story, one: Chapter) -> Story:
    """With a chapter in place of that of the same id."""
    old = chapter(story, one.id)
    return replace(story, chapters=tuple(one if each is old else each for each in story.chapters))


def fresh(story: Story) -> str:
    """An id for a chapter of one's own that no chapter has."""
    taken = {one.id for one in story.chapters}
    return next(id_ for i in range(1, len(taken) + 2) if (id_ := f"own-{i}") not in taken)


def check(story: Story) -> None:
    """Raise `DataError` STORY with every fault unless a story may be kept."""
    issues = list(faults(story))
    if issues:
        more = f"（共 {len(issues)} 处）" if len(issues) > 1 else ""
        raise DataError(issues[0].message + more, "STORY", issues)


def faults(story: Story) -> Iterator[Issue]:
    """What must not be in a story; `row` counts chapters from 1."""
    if not story.title.zh.strip() or len(story.title.zh) > _TITLE:
        told = f"汇报标题应为 1–{_TITLE} 个字，现为 {len(story.title.zh.strip())} 个字，请改正"
        yield Issue("STORY_TITLE", told, field="title", value=story.title.zh)
    if not _ID.fullmatch(story.id):
        told = f"汇报编号“{story.id}”只能用字母、数字、- 和 _，至多 40 个，请改正"
        yield Issue("STORY_ID", told, field="id", value=story.id)
    if not 0 < len(story.chapters) <= _CHAPTERS:
        told = f"汇报应有 1–{_CHAPTERS} 个章节，现有 {len(story.chapters)} 个，请增删章节"
        yield Issue("STORY_CHAPTERS", told, field="chapters")
    seen = set[str]()
    for row, one in enumerate(story.chapters, 1):
        if one.id in seen:
            told = f"第 {row} 章的编号 {one.id} 与前面的章节重复，请换一个编号"
            yield Issue("CHAPTER_TAKEN", told, row=row, field="id", value=one.id)
        seen.add(one.id)
        for ask in _CHECKS:
            if told := ask(one):
                yield Issue("CHAPTER", f"第 {row} 章{told}，请改正", row=row, value=one.id)


def _named(one: Chapter) -> str:
    return "" if _ID.fullmatch(one.id) else f"的编号“{one.id}”只能用字母、数字、- 和 _，至多 40 个"


def _titled(one: Chapter) -> str:
    if len(one.title.zh) > _TITLE:
        return f"的标题有 {len(one.title.zh)} 个字，至多 {_TITLE} 个"
    return "" if one.made or one.title.zh.strip() else "没有标题"


def _known(one: Chapter) -> str:
    if one.made and one.made not in MADE and not one.made.startswith(MATTER):
        return f"的内容“{one.made}”不是可以自动生成的章节"
    return f"的图表“{one.chart}”不存在" if one.chart not in ("", *CHARTS) else ""


def _lasting(one: Chapter) -> str:
    low, high = _SECONDS
    return "" if low <= one.seconds <= high else f"停留 {one.seconds} 秒，应为 {low}–{high} 秒"


def _noted(one: Chapter) -> str:
    return "" if len(one.notes) <= _NOTES else f"的讲稿有 {len(one.notes)} 个字，至多 {_NOTES} 个"


def _linked(one: Chapter) -> str:
    apart = one.permalink.startswith(("/", "\\")) or ":" in one.permalink.partition("?")[0]
    return f"的链接“{one.permalink[:40]}”应是本系统内的相对地址" if apart else ""


def _coloured(one: Chapter) -> str:
    keys = (one.look.colouring, one.look.before, *one.look.periods) if one.look else ()
    wrong = [key for key in keys if key and not _COLOURING.fullmatch(key)]
    return f"的着色“{wrong[0]}”不存在" if wrong else ""


def _faded(one: Chapter) -> str:
    faded = one.look.opacity.values() if one.look else ()
    return "" if all(0 <= share <= 1 for share in faded) else "的透明度应在 0 与 1 之间"


def _drawn(one: Chapter) -> str:
    inks = [drawing.color for drawing in one.look.drawings] if one.look else []
    wrong = [ink for ink in inks if ink and not _COLOR.fullmatch(ink)]
    return f"的标绘颜色“{wrong[0]}”应写作 #RRGGBB" if wrong else ""


_CHECKS: tuple[Callable[[Chapter], str], ...] = (
    *(_named, _titled, _known, _lasting, _noted, _linked, _coloured, _faded, _drawn),
)
