"""Comments beside the map: the list, one thread, and a new one where the reader just clicked."""

from typing import Any

import streamlit as st

from geo.remarks import Remark, State
from geo.zone import Zone
from pages import (
    board,
    parts,
    remark_new,
    remark_state,
    remark_take,
    remark_thread,
    remark_words,
    tabs,
)
from pages.found import Answer
from pages.target_words import safe

_LISTED = 40
_FILTERS = ("open", "answered", "closed", "all")


def pins(zone: Zone) -> dict[str, Any] | None:
    """What the map is told: a numbered mark for each comment of the filter; none when closed."""
    if not remark_state.shown():
        return None
    names, at = remark_words.states(), remark_state.at()
    marks = [
        {
            "number": one.number,
            "lon": one.place.lon,
            "lat": one.place.lat,
            "state": one.state.value,
            "name": f"{parts.t('remark', 'comment')} {one.number} · {names[one.state.value]}",
            "here": one.number == at,
        }
        for one in reversed(_sifted(board.pinned(zone)))
        if one.place
    ]
    return {"pins": marks}


def draw(zone: Zone, found: Answer | None) -> None:
    """The panel."""
    all_ = board.pinned(zone)
    with st.container(key="remarks"):
        _head(all_)
        if board.held() is None:
            st.text(parts.t("remark", "no_book"))
            return
        one = next((one for one in all_ if one.number == remark_state.at()), None)
        if one:
            _link(parts.t("remark", "back"), "remarks_back", None)
            remark_thread.draw(zone, one, "remarks")
            return
        remark_new.draw(zone, found)
        _list(all_)


def _head(all_: list[Remark]) -> None:
    words = parts.section("remark")
    waiting = sum(one.state is State.OPEN for one in all_)
    count = words["waiting"].format(n=waiting, total=len(all_))
    with st.container(key="remarks_top", horizontal=True, vertical_alignment="center"):
        st.html(f"<b>{safe(words['title'])}</b> <span class='zc-count'>{safe(count)}</span>")
        tip, shut = words["close"], remark_state.close
        st.button("✕", key="remarks_close", type="tertiary", help=tip, on_click=shut)


def _list(all_: list[Remark]) -> None:
    words = parts.section("remark")
    names = {one: words[f"filter_{one}"] for one in _FILTERS}
    tabs.one_of(words["filter"], names, "remarks_sift")
    found = _sifted(all_)
    if not found:
        st.caption(words["none"])
        return
    with st.container(key="remarks_list"):
        for one in found[:_LISTED]:
            _link(remark_words.line(one), f"remarks_{one.number}", one)
    if len(found) > _LISTED:
        st.caption(words["more"].format(n=_LISTED, total=len(found)))
    remark_take.draw(found, "remarks_take")


def _link(label: str, key: str, to: Remark | None) -> None:
    st.button(label, key=key, type="tertiary", on_click=remark_state.to, args=(to,))


def _sifted(all_: list[Remark]) -> list[Remark]:
    chosen, at = st.session_state.get("remarks_sift", _FILTERS[0]), remark_state.at()
    return [one for one in all_ if chosen in ("all", one.state.value) or one.number == at]
