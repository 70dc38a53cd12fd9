"""A story while it is being changed: what is typed stays until it is saved or let go."""

from dataclasses import replace

from geo import briefing, meeting
from geo.errors import DataError
from geo.meeting import Story
from geo.zone import Zone
from pages import parts, show_state
from pages.show_state import HELD, Draft


def chosen(zone: Zone) -> Draft | None:
    """The story chosen, else the last one, as the reader has it; None where there is none."""
    held = {one.id: one for one in briefing.stories(zone)}
    drafts, asked = show_state.now().drafts, HELD.get("story")
    lost = drafts.get(asked)
    if asked not in held and lost is not None and lost.dirty:
        return lost  # another removed it; what was typed stays
    id_ = asked if asked in held else next(reversed(held), "")
    if not id_:
        return None
    one = drafts.get(id_)
    if one is None or (not one.dirty and one.read.number != held[id_].number):
        one = drafts[id_] = Draft(held[id_], held[id_])
    return one


def change(one: Draft, story: Story) -> None:
    """Take up a change; undo goes back behind it."""
    if story != one.story:
        one.past.append(one.story)
        one.story = story


def undo(one: Draft) -> None:
    """Take the last change back."""
    if one.past:
        one.story = _as_read(one, one.past.pop())


def let_go(one: Draft) -> None:
    """Leave what was changed, and take up what is kept."""
    state = show_state.now()
    state.drafts.pop(one.read.id, None)
    state.refused, state.conflict = None, False


def save(zone: Zone, one: Draft) -> str:
    """Save a draft. Raises `ConflictError` if another was first: the draft stays."""
    if not one.story.chapters:
        raise DataError("汇报至少要有一个章节，请先新增章节再保存", "STORY_CHAPTERS")
    number = one.read.number or None
    one.read = one.story = briefing.save(zone, one.story, by=parts.user(), expect=number)
    return parts.t("show", "saved")


def copied(zone: Zone, story: Story, title: str) -> Story:
    """Keep a story once more under the next id, with a title of its own."""
    made = briefing.start(zone, by=parts.user(), title=title)
    new = replace(made, chapters=story.chapters)
    return briefing.save(zone, new, by=parts.user(), expect=made.number)


def joined(one: Draft, saved: Story) -> None:
    """Go on from what another screen of this visit just added to the story as read here."""
    known = {each.id for each in (*one.read.chapters, *one.story.chapters)}
    for each in saved.chapters:
        if each.id not in known:
            one.story = meeting.with_chapter(one.story, each)
    one.read = saved
    one.story = _as_read(one, one.story)


def _as_read(one: Draft, story: Story) -> Story:
    return replace(story, number=one.read.number, by=one.read.by, at=one.read.at)
