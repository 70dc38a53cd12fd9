"""An analysis of a scenario: begun by a button, with its progress, stopped, remembered."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from geo import scenario
from geo.allocate import Watch
from geo.scenario import Study
from geo.zone import Zone
from pages import parts, supply_refusal
from pages.scenario_book import Found

T = TypeVar("T")
_EVERY_S = 0.5


def answer(zone: Zone, found: Found, kind: str, work: Callable[[Watch], T]) -> T | None:
    """What an analysis came to; until it has, the button that begins it, or how far it is."""
    name = f"{kind}/{found.kept.id}"
    study = scenario.studied(zone, name)
    if study is None or (study.stopped and study.answer is None):
        _button(zone, name, kind, work)
        return None
    if not study.ended:
        _progress(study, kind)
        return None
    if study.fault is not None:
        supply_refusal.told(study.fault)
        return None
    return study.answer  # type: ignore[return-value]  # a name means one kind of work


def held(zone: Zone, found: Found, kind: str) -> object | None:
    """What an analysis came to, if anybody had it made."""
    study = scenario.studied(zone, f"{kind}/{found.kept.id}")
    return None if study is None or not study.ended or study.fault else study.answer


def _button(zone: Zone, name: str, kind: str, work: Callable[[Watch], T]) -> None:
    words = parts.section("study")
    st.caption(words[f"lead_{kind}"])

    def begin() -> None:
        scenario.study(zone, name, work)

    st.button(words[f"begin_{kind}"], key=f"c_begin_{kind}", on_click=begin)


@st.fragment(run_every=_EVERY_S)
def _progress(study: Study[object], kind: str) -> None:
    words = parts.section("study")
    if study.ended:
        st.rerun()
    with st.container(key=f"c_run_{kind}", horizontal=True, vertical_alignment="center"):
        st.progress(min(study.part, 1.0), words["at_work"])
        st.button(words["stop"], key=f"c_stop_{kind}", on_click=study.cancel)
