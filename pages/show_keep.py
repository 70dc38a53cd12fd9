"""A chapter kept in a story from another screen; beside it the draft that is open here."""

from dataclasses import replace

from geo import briefing, meeting
from geo.errors import ConflictError, DataError
from geo.meeting import Chapter, Story, Text
from geo.zone import Zone
from pages import door, parts, show_draft, show_state

_TRIES = 3  # a story that others save at the same time is read anew


def added(
    zone: Zone, story: str, chapter: Chapter, title: Text, notes: str
) -> tuple[str, str, int]:
    """Add a chapter to a story, to a new one where `story` is empty.

    Answers with the ids of story and chapter, and its place from 1. Raises `DataError`.
    """
    if not title.zh:
        raise DataError("章节没有标题，请填写中文标题", "CHAPTER_TITLE")
    id_ = story or begun(zone).id
    for left in reversed(range(_TRIES)):
        held = briefing.story(zone, id_)
        new = replace(chapter, id=_free(held), title=title, notes=notes)
        whole = meeting.with_chapter(held, new)
        try:
            saved = briefing.save(zone, whole, by=parts.user(), expect=held.number)
        except ConflictError:
            if not left:
                raise
            continue
        draft = show_state.now().drafts.get(id_)
        if draft is not None and draft.read.number == held.number:
            show_draft.joined(draft, saved)
        return id_, new.id, [one.id for one in saved.chapters].index(new.id) + 1
    raise ConflictError("其他人正在连续保存这份汇报，请稍后再加入")


def begun(zone: Zone) -> Story:
    """A new story made from the plan's matters."""
    title = door.words()["show"]["story_title"]
    return briefing.start(zone, by=parts.user(), title=title[0], title_en=title[1])


def _free(held: Story) -> str:
    """An id that no chapter has, neither kept nor in the draft open here."""
    draft = show_state.now().drafts.get(held.id)
    more = draft.story.chapters if draft else ()
    return meeting.fresh(replace(held, chapters=(*held.chapters, *more)))
