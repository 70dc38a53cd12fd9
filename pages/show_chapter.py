"""One chapter: its words in both languages, its map and days, what the presenter says."""

from dataclasses import replace
from itertools import zip_longest
from typing import Any

import streamlit as st

from geo.meeting import Chapter, Text
from geo.zone import Zone
from pages import show_chapters, show_field, show_map, show_more, show_words
from pages.show_state import Draft
from pages.target_words import safe


def show(zone: Zone, draft: Draft) -> None:
    """Draw the form; each field is taken up as it is left."""
    words, one = show_words.words(), show_chapters.chosen(draft)
    if one is None:
        st.html(f'<p class="tnote">{safe(words["chapters_none"])}</p>')
        return
    kind, title = words[f"kind_{show_words.kind(one)}"], show_words.chapter_title(zone, one)
    named = "" if kind == title else f"<span>{safe(kind)}</span> "
    st.html(
        f'<h2 class="thead">{named}{safe(title)}</h2>'
        + (f'<p class="tnote">{safe(words["made_note"])}</p>' if one.made else "")
    )
    for name in ("title", "lead"):
        _pair(draft, one, name)
    _lines(draft, one)
    show_map.show(draft, one)
    show_more.show(draft, one)
    show_field.box(draft, one, "notes", one.notes, lambda it, said: replace(it, notes=str(said)))


def _pair(draft: Draft, one: Chapter, name: str) -> None:
    """A text in Chinese and in English, side by side."""
    text = getattr(one, name)
    with st.container(key=f"mpair_{name}", horizontal=True, gap="small"):
        for lang in ("zh", "en"):

            def put(it: Chapter, said: Any, lang: str = lang) -> Chapter:
                new = replace(getattr(it, name), **{lang: str(said).strip()})
                return replace(it, **{name: new})

            show_field.line(draft, one, f"{name}_{lang}", getattr(text, lang), put)


def _lines(draft: Draft, one: Chapter) -> None:
    """Points, one a line, in both languages."""
    with st.container(key="mpair_lines", horizontal=True, gap="small"):
        for lang in ("zh", "en"):

            def put(it: Chapter, said: Any, lang: str = lang) -> Chapter:
                return replace(it, lines=lines(it, str(said), lang))

            told = "\n".join(getattr(line, lang) for line in one.lines).rstrip("\n")
            show_field.box(draft, one, f"lines_{lang}", told, put)


def lines(one: Chapter, said: str, lang: str) -> tuple[Text, ...]:
    """Points of a chapter after those of one language were written anew; empty ones are left."""
    new = [line.strip() for line in said.rstrip().split("\n")] if said.strip() else []
    other = "en" if lang == "zh" else "zh"
    kept = [getattr(line, other) for line in one.lines]
    rows = (Text(**{lang: a, other: b}) for a, b in zip_longest(new, kept, fillvalue=""))
    return tuple(row for row in rows if row)
