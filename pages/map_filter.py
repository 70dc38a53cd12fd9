"""Filters of the overview behind one button, and a line that says what they leave."""

from collections.abc import Mapping

import streamlit as st

from geo import ledger
from geo.ledger import supply_rules
from geo.zone import Zone
from layers.tint import Tint
from pages import map_sift, map_state, parts, project_match, project_words, supply_book
from pages import supply_words as land_words
from pages.map_state import HELD
from pages.target_words import safe


def button(zone: Zone) -> None:
    """Draw the button with all filters; those without anything to choose are left out."""
    words = parts.section("lens")
    count = sum(bool(HELD.get(key)) for key in (*map_state.LAND, *map_state.WORK))
    label = words["filter"] + (f" · {count}" if count else "")
    with st.popover(label, key="mf_pop"):
        for key, names in _land(zone).items():
            _several(key, words[f"by_{key}"], names)
        for key, names in _work(zone).items():
            _one(key, words[f"by_{key}"], names)
        st.caption(words["filter_note"])


def left(zone: Zone, shown: Tint | None, whole: Tint | None) -> None:
    """Say how many of how many the filters leave, with the way back."""
    if not map_state.filtered():
        return
    words, said = parts.section("lens"), list[str]()
    if shown is not None and whole is not None and any(map(HELD.get, map_state.LAND)):
        n, of = (f"{sum(one.counts):,}" for one in (shown, whole))
        said.append(words["parcels"].format(n=n, of=of))
    found, known = map_sift.projects(zone, map_state.day()), zone.boundaries(map_sift.PROJECT)
    if found is not None and known is not None:
        drawn = set(known.table["id"])
        said.append(words["projects"].format(n=len(found & drawn), of=len(drawn)))
    text = words["filtered"].format(what=words["and"].join(said))
    st.html(f'<p class="mleft" role="status">{safe(text)}</p>')
    st.button(words["clear"], key="mf_clear", type="tertiary", on_click=map_state.clear)


def _land(zone: Zone) -> Mapping[str, Mapping[str, str]]:
    first, stages = supply_book.ever(zone, zone.version)
    if not stages:
        return {}
    parks = supply_book.names(zone, zone.version, "park")
    years = range(supply_book.today().year, first.year - 1, -1)
    return {
        "status": {one: land_words.marked(one) for one in supply_rules().statuses if one in stages},
        "park": {id_: parts.say(*both) for id_, both in parks.items()},
        "year": {str(year): str(year) for year in years},
    }


def _work(zone: Zone) -> Mapping[str, Mapping[str, str]]:
    known = ledger.book(zone).register.at(supply_book.today()).values()
    if not known:
        return {}
    words, tags = parts.section("project"), ledger.project_rules().tags
    leads = sorted({one.lead for one in known} - {""})
    return {
        "lead": {one: project_words.office(one) for one in leads}
        | {project_match.NONE: words["no_lead"]},
        "tag": {one: project_words.named(tags, one) for one in tags},
    }


def _several(key: str, label: str, names: Mapping[str, str]) -> None:
    widget = f"mf_{key}"
    st.session_state[widget] = [one for one in HELD.several(key) if one in names]
    st.multiselect(
        label,
        list(names),
        key=widget,
        placeholder=label,
        format_func=lambda one: names.get(one, one),
        on_change=HELD.hear(key, widget),
    )


def _one(key: str, label: str, names: Mapping[str, str]) -> None:
    widget = f"mf_{key}"
    st.session_state[widget] = HELD.get(key) if HELD.get(key) in names else None
    st.selectbox(
        label,
        list(names),
        index=None,
        key=widget,
        placeholder=label,
        format_func=lambda one: names.get(one, one),
        on_change=HELD.hear(key, widget),
    )
