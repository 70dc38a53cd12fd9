"""Stories being changed, kept at every step until they are saved or let go."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from geo import briefing, meeting
from geo.store.draft import Unsaved
from geo.zone import Zone
from pages import door, drafts, parts, show_state
from pages.draft_offer import Offer
from pages.show_state import HELD, Draft

_KIND = "story"


def keep(zone: Zone) -> None:
    """Keep each story that waits to be saved; forget those that are as they were read."""
    for one in show_state.now().drafts.values():
        place = f"{_KIND}/{one.read.id}"
        if one.dirty:
            told = {"number": one.read.number, "story": meeting.plain(one.story)}
            drafts.keep(place, told, zone.version, one.story.title.zh)
        else:
            drafts.settled(place)


def offer(zone: Zone) -> Offer | None:
    """A story that this person has not saved, if there is any."""
    open_ = {f"{_KIND}/{id_}" for id_, one in show_state.now().drafts.items() if one.dirty}
    work = drafts.waiting(_KIND, open_)
    if work is None:
        return None
    id_ = work.place.partition("/")[2]
    moved = bool(zone.events(f"story/{id_}", work.base))
    what = parts.t("draft", "what_story").format(name=work.title)
    return Offer(work, what, moved, _take)


def _take(work: Unsaved, data: Mapping[str, Any]) -> None:
    """Go on from what was read then: who saved since is told when it is to be saved."""
    id_ = work.place.partition("/")[2]
    made = meeting.of_plain(id_, data.get("story") or {})
    held = next((one for one in briefing.stories(door.zone()) if one.id == id_), None)
    number = int(data.get("number") or 0)
    if held is None or held.number != number:  # saved or removed by another since
        held = replace(made, chapters=(), number=number)
    mine = replace(made, number=held.number, by=held.by, at=held.at)
    show_state.now().drafts[id_] = Draft(held, mine)
    HELD.put({"view": "story", "story": id_})
