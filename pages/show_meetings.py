"""会议: every meeting with what changed since the one before; the one chosen, read-only."""

import streamlit as st

from geo import briefing
from geo.chronicle import CHINA
from geo.meeting import Snapshot
from geo.zone import Zone
from pages import show_board, show_book, show_change, show_changes, show_state, show_words
from pages.show_state import HELD
from pages.target_words import safe


def show(zone: Zone) -> None:
    """Draw the view."""
    one = show_state.chosen(zone)
    if one is None:
        return
    with st.container(key="msplit", horizontal=True, gap="medium"):
        with st.container(key="mlist"):
            rows = "".join(_row(zone, each, one) for each in reversed(briefing.snapshots(zone)))
            show_board.show("mmeetings", rows, str(one.number), _picked)
        with st.container(key="mpanel"):
            st.html(_head(one))
            _numbers(zone, one)
            show_changes.show(zone, one)


def _picked(_act: str, number: str) -> None:
    HELD.put({"meeting": number, "against": ""})


def _row(zone: Zone, one: Snapshot, chosen: Snapshot) -> str:
    words = show_words.words()
    found = show_book.changes(zone, one.number, one.previous or 0)
    told = show_change.chips(show_book.counts(found)) if one.previous else words["first"]
    current = str(one is chosen or one.number == chosen.number).lower()
    note = f"<small>{safe(one.note)}</small>" if one.note else ""
    days = words["days"].format(held=one.held, as_of=one.as_of)
    kept = words["kept"].format(version=f"{one.version:,}", by=one.by)
    return (
        f'<button class="mrow" data-act="open" data-id="{one.number}" aria-current="{current}">'
        f"<b>{safe(show_words.meeting_name(one))}</b> <span>{safe(show_words.said(one.title))}"
        f"</span><small>{safe(days)}</small><small>{safe(kept)}</small>"
        f'<span class="mchips">{told}</span>{note}</button>'
    )


def _head(one: Snapshot) -> str:
    words = show_words.words()
    when = f"{one.at.astimezone(CHINA):%Y-%m-%d %H:%M}"
    facts = [
        (words["f_held"], str(one.held)),
        (words["f_as_of"], str(one.as_of)),
        (words["version"], f"{one.version:,}"),
        (words["by"], f"{one.by} · {when}"),
        (words["f_note"], one.note or words["nothing"]),
    ]
    rows = "".join(f"<div><dt>{safe(a)}</dt><dd>{safe(b)}</dd></div>" for a, b in facts)
    return (
        f'<h2 class="thead"><span>{safe(show_words.meeting_name(one))}</span> '
        f"{safe(show_words.said(one.title))} "
        f'<em class="chip">{safe(words["frozen_mark"])}</em></h2><dl class="mfacts">{rows}</dl>'
    )


def _numbers(zone: Zone, one: Snapshot) -> None:
    say = show_words.told
    cells = "".join(
        f"<div><dt>{safe(say(row['label']))}</dt><dd><b>{safe(row['value'])}</b> "
        f"{safe(say(row['unit']))}<small>{safe(say(row['note']))}</small></dd></div>"
        for row in show_book.numbers(zone, one.number)
    )
    st.html(f'<dl class="mnumbers">{cells}</dl>')
