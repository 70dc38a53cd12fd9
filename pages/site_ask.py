"""The question: where, for what use, as of which day, why; and the button that asks it."""

from datetime import datetime

import streamlit as st

from geo.casework import Asker
from geo.chronicle import CHINA
from geo.errors import GeoError
from geo.people import Act
from geo.zone import Zone
from pages import (
    door,
    parts,
    rights,
    site_book,
    site_draft,
    site_draw,
    site_file,
    site_pick,
    site_sites,
    site_state,
    site_words,
)

_AT_ONCE = 25  # sites checked and filed between two steps of the progress bar


def draw(zone: Zone) -> None:
    """Four ways in, then what is common to all."""
    words = site_words.words()
    way = st.segmented_control(
        words["ways"],
        site_state.WAYS,
        required=True,
        format_func=lambda one: words[f"way_{one}"],
        key="site_way",
        label_visibility="collapsed",
        persist_state="session",
    )
    shown = {"pick": site_pick.draw, "file": site_file.upload, "paste": site_file.paste}
    shown.get(str(way), site_draw.draw)(zone)
    st.selectbox(
        words["use"],
        sorted(door.uses()),
        index=None,
        format_func=site_words.use,
        placeholder=words["use_none"],
        key="site_use",
        persist_state="session",
    )
    today = datetime.now(CHINA).date()
    st.date_input(words["as_of"], today, key="site_as_of", persist_state="session")
    st.text_input(words["purpose"], key="site_purpose", max_chars=200, persist_state="session")
    _button(zone, str(way))


def _button(zone: Zone, way: str) -> None:
    words = site_words.words()
    count = site_sites.count(way)
    label = words["check_many"].format(count=count) if count > 1 else words["check"]
    how = rights.shut(Act.CHECK, disabled=not count)
    asked = st.button(label, type="primary", key="site_check", width="stretch", **how)
    if not count:
        st.caption(words[f"none_{way}"])
    if not asked:
        return
    try:
        numbers = _run(zone, way)
    except GeoError as error:
        parts.refused(error)
        return
    if way == "draw":
        site_draft.filed()
    site_state.show(numbers[0], tuple(numbers))
    site_state.fly(site_book.opened(zone, numbers[0]).report.site.shape.bounds)
    st.rerun(scope="fragment")


def _run(zone: Zone, way: str) -> list[str]:
    """Ask, some sites at a time; what was filed before a fault stays filed."""
    words, state = site_words.words(), st.session_state
    sites = site_sites.asked(zone, way)
    asker = Asker(parts.user(), str(state.get("site_purpose") or ""))
    bar = st.progress(0.0, words["checking"]) if len(sites) > _AT_ONCE else None
    numbers = list[str]()
    for start in range(0, len(sites), _AT_ONCE):
        some = sites[start : start + _AT_ONCE]
        numbers += site_book.asked(zone, some, asker, state.get("site_as_of"))
        if bar:
            told = words["checked"].format(done=len(numbers), count=len(sites))
            bar.progress(len(numbers) / len(sites), told)
    return numbers
