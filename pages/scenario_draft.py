"""A scenario being asked or painted, kept at every step until it is solved or saved by hand."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from geo import scenario
from geo.errors import DataError
from geo.scenario import Definition
from geo.store.draft import Unsaved
from geo.zone import Zone
from pages import drafts, parts, scenario_state
from pages.draft_offer import Offer
from pages.scenario_state import STEPS


@dataclass(slots=True)
class Held:
    """The draft `begun`: its place, the version it was made on, what of it is saved or running."""

    begun: int
    place: str
    base: int
    saved: Definition | None = None
    running: Definition | None = None


def now(zone: Zone) -> Held:
    """Of the draft that is open; one that was just begun holds nothing to lose."""
    state, found = scenario_state.now(), st.session_state.get("c_held")
    if found is None or found.begun != state.begun:
        place = f"scenario/{secrets.token_hex(4)}"
        found = Held(state.begun, place, zone.version, state.draft)
        st.session_state["c_held"] = found
    held: Held = found
    return held


def keep(zone: Zone) -> None:
    """Keep the draft as it is now, or forget it where nothing in it is unsaved."""
    state = scenario_state.now()
    if state.draft is None:
        return
    held = now(zone)
    if state.draft == held.saved or _by_hand(zone, state.draft):
        held.saved = state.draft
        drafts.settled(held.place)
        return
    told: dict[str, Any] = {"parent": state.parent, "note": state.note, "step": state.step}
    told["definition"] = scenario.plain(state.draft)
    drafts.keep(held.place, told, held.base, state.draft.name)


def _by_hand(zone: Zone, draft: Definition) -> bool:
    """Whether what was painted was just saved as a plan of its own, under a name of its own."""
    state = scenario_state.now()
    if state.view != "result" or not state.id:
        return False
    one, mine = (scenario.plain(d) for d in (scenario.kept(zone, state.id).definition, draft))
    return one | {"name": ""} == mine | {"name": ""}


def sent(zone: Zone) -> None:
    """The draft is being solved."""
    now(zone).running = scenario_state.now().draft


def solved() -> None:
    """What was being solved is saved."""
    held: Held | None = st.session_state.get("c_held")
    if held is not None:
        held.saved, held.running = held.running, None


def offer(zone: Zone) -> Offer | None:
    """A scenario that this person has not saved, if there is any."""
    mine = {st.session_state["c_held"].place} if "c_held" in st.session_state else set()
    work = drafts.waiting("scenario", mine)
    if work is None:
        return None
    what = parts.t("draft", "what_scenario").format(name=work.title)
    return Offer(work, what, zone.version != work.base, _take)


def _take(work: Unsaved, data: Mapping[str, Any]) -> None:
    given = data.get("definition")
    if not isinstance(given, Mapping):
        raise DataError("暂存的方案缺少条件，请放弃后重做", "DRAFT_FORM")
    scenario_state.begin(scenario.checked(given), str(data.get("parent", "")))
    state = scenario_state.now()
    state.note, step = str(data.get("note", "")), str(data.get("step", ""))
    state.step = step if step in STEPS else STEPS[0]
    st.session_state["c_held"] = Held(state.begun, work.place, work.base)
