"""The map of a chapter: what it shows, in words; its colouring and days; the way to the view."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from geo import meeting
from geo.meeting import Chapter, Look
from pages import show_draft, show_field, show_more, show_new, show_take, show_words
from pages.show_state import Draft
from pages.target_words import safe

_COLOURS = ("", "supply", "project", "change")


def show(draft: Draft, one: Chapter) -> None:
    """Draw it."""
    words, look = show_words.words(), one.look
    st.html(f'<h3 class="tsub">{safe(words["map"])}</h3><p class="tnote">{safe(_told(one))}</p>')
    with st.container(key="mmap", horizontal=True, gap="small", vertical_alignment="bottom"):
        if look is not None:
            _colour(draft, one, look)
            if look.before:
                _days(draft, one, look)
            gone = words["map_gone" if not one.made else "map_made"]
            st.button(gone, key="show_map_gone", on_click=_put, args=(draft, one.id, None))
            if one.permalink:
                at = one.permalink if not one.permalink.startswith("?") else f"./{one.permalink}"
                st.html(
                    f'<a class="mopen" href="{safe(at)}" target="_self">{safe(words["see"])}</a>'
                )
        elif show_words.kind(one) != "title":
            fresh = Look(on=show_new.ON, colouring="supply:as_of")
            st.button(
                words["map_own"], key="show_map_own", on_click=_put, args=(draft, one.id, fresh)
            )


def _told(one: Chapter) -> str:
    """What the map shows, in words."""
    words, look = show_words.words(), one.look
    if look is None:
        return words["map_from_made" if one.made else "map_none"]
    return " · ".join(show_take.told(look))


def _put(draft: Draft, id_: str, look: Look | None) -> None:
    one = meeting.chapter(draft.story, id_)
    show_draft.change(draft, meeting.replaced(draft.story, replace(one, look=look)))


def _colour(draft: Draft, one: Chapter, look: Look) -> None:
    """What the map is coloured by, where a chooser can say it."""
    words, now = show_words.words(), look.colouring.partition(":")[0]
    if now not in _COLOURS:
        return
    key = show_field.begun(draft, one, "colour", now)

    def put(it: Chapter, said: Any) -> Chapter:
        usual = "last" if said == "change" else "as_of"
        colour = f"{said}:{usual}" if said else ""
        before = f"{said}:last" if it.look and it.look.before and said in _COLOURS[1:3] else ""
        return replace(it, look=replace(it.look or Look(), colouring=colour, before=before))

    st.selectbox(
        words["colour"],
        _COLOURS,
        format_func=lambda name: words[f"colour_{name}" if name else "colour_none"],
        key=key,
        on_change=show_field.taken,
        args=(draft, one.id, key, put),
    )


def _days(draft: Draft, one: Chapter, look: Look) -> None:
    """The two days of a swipe."""
    for name, usual in (("before", "last"), ("colouring", "as_of")):
        kind, _, told = str(getattr(look, name)).partition(":")
        value = date.fromisoformat(told) if told[:1].isdigit() else None
        put = partial(_dated, side=name, kind=kind, usual=usual)
        show_more.day(draft, one, name, value, put)


def _dated(one: Chapter, said: Any, *, side: str, kind: str, usual: str) -> Chapter:
    look, key = one.look or Look(), show_new.coloured(kind, said, usual)
    if side == "before":
        return replace(one, look=replace(look, before=key))
    return replace(one, look=replace(look, colouring=key))
