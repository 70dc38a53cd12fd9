"""One more chapter: words, numbers, a map, a swipe of two days, a table; after the one chosen."""

from datetime import date

import streamlit as st

from geo import meeting
from geo.meeting import MADE, MATTER, Chapter, Look, Text
from geo.zone import Zone
from pages import door, parts, show_chapters, show_draft, show_words
from pages.show_state import HELD, Draft

OWN = ("text", "map", "swipe")
ON = ("zone", "unit", "road", "park", "water", "parcel")  # sets of a new map


def show(zone: Zone, draft: Draft) -> None:
    """Draw the chooser."""
    words = show_words.words()
    names = {one: words[f"kind_{one}"] for one in (*OWN, *MADE)}
    names["swipe"] = words["own_swipe"]
    names |= {
        f"{MATTER}{one.id}": f"{one.id} {parts.say(one.title, one.title_en)}"
        for one in zone.plan.matters
    }
    with st.container(key="mnew", horizontal=True, gap="small"):
        kind = st.selectbox(
            words["new_kind"],
            list(names),
            format_func=names.__getitem__,
            key="show_new_kind",
            label_visibility="collapsed",
        )
        st.button(words["new_chapter"], key="show_new_go", on_click=_add, args=(draft, str(kind)))


def _add(draft: Draft, kind: str) -> None:
    after = show_chapters.chosen(draft)
    one = made(meeting.fresh(draft.story), kind)
    show_draft.change(draft, meeting.with_chapter(draft.story, one, after.id if after else ""))
    HELD.put({"chapter": one.id})


def made(id_: str, kind: str) -> Chapter:
    """A chapter of a kind, as it begins."""
    if kind not in OWN:
        return Chapter(id_, made=kind)
    title = Text(*door.words()["show"][f"new_{kind}"])
    if kind == "text":
        return Chapter(id_, title)
    before = "supply:last" if kind == "swipe" else ""
    return Chapter(id_, title, look=Look(on=ON, colouring="supply:as_of", before=before))


def coloured(key: str, day: date | None, usual: str) -> str:
    """Key of a colouring of a day; `usual` (``as_of``, ``last``) where no day is given."""
    return f"{key}:{day.isoformat() if day else usual}"
