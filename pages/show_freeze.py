"""新建会议快照: what is said of a meeting, what will be frozen, and the refusal told in place."""

from typing import Any

import streamlit as st

from geo import briefing, ledger
from geo.chronicle import CHINA
from geo.errors import ConflictError, GeoError
from geo.people import Act
from geo.zone import Zone
from pages import parts, rights, show_state, show_words, supply_book, supply_refusal
from pages.show_state import HELD
from pages.target_words import safe


def button(zone: Zone, key: str, *, first: bool = False) -> None:
    """The button that opens the form."""
    words = show_words.words()
    how = rights.shut(Act.MEETING)
    if st.button(words["freeze"], key=key, type="primary" if first else "secondary", **how):
        st.session_state["show_seen"] = len(briefing.snapshots(zone))
        for name in ("title", "title_en", "held", "as_of", "compare", "note"):
            st.session_state.pop(f"show_f_{name}", None)
        form(zone)


def form(zone: Zone) -> None:
    """The form in a dialog; it stays as typed when it is refused."""

    @st.dialog(parts.t("show", "freeze"), width="medium")
    @parts.told
    def dialog() -> None:
        words = show_words.words()
        said = _fields(zone, words)
        st.html(will(zone))
        if not st.button(words["freeze_go"], type="primary", key="show_f_go"):
            return
        try:
            made = briefing.freeze(
                zone, by=parts.user(), seen=st.session_state["show_seen"], **said
            )
        except GeoError as error:
            if isinstance(error, ConflictError):
                st.session_state["show_seen"] = len(briefing.snapshots(zone))
            supply_refusal.told(error)
            return
        show_state.now().said = words["frozen"].format(number=made.number)
        HELD.put({"view": "meeting", "meeting": str(made.number), "against": ""})
        st.rerun()

    dialog()


def _fields(zone: Zone, words: dict[str, str]) -> dict[str, Any]:
    today, held = supply_book.today(), briefing.snapshots(zone)
    number = len(held) + 1
    title = st.text_input(
        words["f_title"], words["f_usual"].format(number=number), key="show_f_title", max_chars=120
    )
    said: dict[str, Any] = {
        "title": title,
        "title_en": st.text_input(words["f_title_en"], key="show_f_title_en", max_chars=120),
    }
    with st.container(horizontal=True, gap="small", key="mdays"):
        for name in ("held", "as_of"):
            said[name] = st.date_input(
                words[f"f_{name}"], today, format="YYYY-MM-DD", key=f"show_f_{name}"
            )
    if held:
        lines = {one.number: show_words.meeting_line(one) for one in reversed(held)}
        said["compare"] = st.selectbox(
            words["f_compare"], list(lines), format_func=lines.__getitem__, key="show_f_compare"
        )
    said["note"] = st.text_area(words["f_note"], key="show_f_note", height=68)
    return said


def will(zone: Zone) -> str:
    """What will be frozen, in one box."""
    words, book = show_words.words(), ledger.book(zone)
    live = [one for one in book.supply.at().values() if one.live]
    works = [one for one in book.register.at(supply_book.today()).values() if one.live]
    last = book.entries[-1].event if book.entries else None
    lines = [
        words["will_version"].format(version=f"{zone.version:,}"),
        words["will_what"].format(parcels=f"{len(live):,}", projects=f"{len(works):,}"),
    ]
    if last is not None:
        when = f"{last.at.astimezone(CHINA):%Y-%m-%d %H:%M}"
        lines.append(words["will_last"].format(by=last.by, when=when))
    rows = "".join(f"<li>{safe(one)}</li>" for one in lines)
    note = safe(words["will_note"])
    return f'<div class="mwill"><b>{safe(words["will"])}</b><ul>{rows}</ul><p>{note}</p></div>'
