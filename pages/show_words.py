"""Meetings in words: meetings, chapters, days, names of files."""

from collections.abc import Mapping
from datetime import date

from geo import meeting
from geo.meeting import Chapter, Snapshot, Story, Text
from geo.zone import Zone
from pages import parts

KINDS = {
    "title": "▤",
    "agenda": "☰",
    "numbers": "№",
    "playback": "▶",
    "swipe": "◫",
    "wall": "⚑",
    "changes": "△",
    "actions": "✓",
    "sources": "※",
    "closing": "■",
    "matter": "◆",
    "map": "▣",
    "text": "¶",
}  # signs beside the words, so that a list is read at a glance


def words() -> dict[str, str]:
    """All texts of this page in the reader's language."""
    return parts.section("show")


def said(text: Text) -> str:
    """A text in the reader's language; Chinese where there is no English."""
    return parts.say(text.zh, text.en)


def told(text: Mapping[str, str]) -> str:
    """A text of a record in the reader's language."""
    return parts.say(text["zh"], text["en"])


def meeting_name(one: Snapshot) -> str:
    """第 n 次会议."""
    return words()["nth"].format(number=one.number)


def meeting_line(one: Snapshot) -> str:
    """A meeting as choosers list it."""
    return f"{meeting_name(one)} · {one.held} · {said(one.title)}"


def story_line(one: Story) -> str:
    """A story as choosers list it."""
    return f"{one.id} · {said(one.title)}"


def kind(one: Chapter) -> str:
    """What a chapter is: a key of `KINDS`."""
    if one.made:
        return "matter" if one.made.startswith(meeting.MATTER) else one.made
    if one.look is None:
        return "text"
    return "swipe" if one.look.before else "map"


def chapter_title(zone: Zone, one: Chapter) -> str:
    """A chapter's title: its own, else that of what fills it."""
    if one.title.zh:
        return said(one.title)
    if one.made.startswith(meeting.MATTER):
        id_ = one.made.removeprefix(meeting.MATTER)
        found = next((each for each in zone.plan.matters if each.id == id_), None)
        return f"{id_} {parts.say(found.title, found.title_en)}" if found else id_
    return words()[f"kind_{kind(one)}"]


def colouring(key: str) -> str:
    """What a map is coloured by, in words."""
    text = words()
    if not key:
        return text["colour_none"]
    name, _, rest = key.partition(":")
    days = [text.get(f"day_{one}", one) for one in rest.split(":") if one]
    told = text["of_days"].format(days=" → ".join(days)) if days else ""
    return text[f"colour_{name}"] + told


def day_key(asked: date | None, today: date) -> str:
    """A day as looks name it; today is the day of whatever meeting shows it."""
    return "as_of" if asked is None or asked >= today else asked.isoformat()
