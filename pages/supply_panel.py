"""The panel of what is chosen: one parcel in full, or several with what can be done to them."""

from collections.abc import Sequence

import streamlit as st

from geo.supply import Parcel
from geo.zone import Zone
from pages import (
    parts,
    supply_act,
    supply_chosen,
    supply_clock,
    supply_facts,
    supply_form,
    supply_history,
    supply_lineage,
    supply_several,
    supply_words,
    tabs,
)
from pages.supply_book import Snapshot
from pages.supply_sums import badge
from pages.target_words import safe

TABS = ("facts", "history", "act")


def show(zone: Zone, now: Snapshot, chosen: Sequence[str]) -> None:
    """Draw the panel."""
    if st.session_state.get("sp_ids") != list(chosen):
        st.session_state["sp_ids"] = list(chosen)
        supply_form.look_anew()
    if len(chosen) > 1:
        supply_several.show(zone, now, chosen)
        return
    parcel = now.parcels[chosen[0]]
    _head(parcel)
    words = parts.section("supply")
    tab = tabs.one_of(words["tabs"], {one: words[f"tab_{one}"] for one in TABS}, "sp_tab")
    if tab == "history":
        supply_history.show(zone, parcel.id, now.moment.known)
    elif tab == "act":
        supply_act.show(zone, parcel)
    else:
        supply_clock.show(now, parcel)
        supply_lineage.show(zone, now, parcel)
        supply_facts.show(zone, parcel, now.moment)


def _head(parcel: Parcel) -> None:
    words = parts.section("supply")
    since = words["since"].format(day=parcel.since)
    ended = words["ended"].format(day=parcel.ended) if parcel.ended else ""
    mark = f'<span class="chip warn">{safe(parts.t("app", "example"))}</span>'
    paused = f'<span class="chip warn">{safe(words["flag_paused"])}</span>'
    gone = f'<span class="chip no">{safe(ended)}</span>'
    chips = (gone if ended else "") + (paused if parcel.paused else "")
    chips += mark if parcel.example else ""
    with st.container(key="sp_head", horizontal=True, vertical_alignment="top"):
        st.html(
            f'<h2 class="thead">{safe(parcel.id)}</h2><p class="sp-state">{badge(parcel.status)}'
            f"<b>{safe(supply_words.status(parcel.status))}</b> <small>{safe(since)}</small> "
            f"{chips}</p>"
        )
        supply_chosen.close()
