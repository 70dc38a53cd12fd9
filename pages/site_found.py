"""Land that was found: on the map by verdict, in a table by rank, and from there asked."""

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from geo.site import Candidate, Verdict
from geo.units import SIGN, half_up, to_unit
from geo.zone import Zone
from layers import site_look
from layers.tint import Tint
from pages import columns, parts, site_state, site_words, tints

PARCEL = "parcel"


def tint(zone: Zone) -> Tint | None:
    """Parcels found, coloured by verdict."""
    kept, known = site_state.now().found, zone.boundaries(PARCEL)
    if kept is None or known is None:
        return None
    names = {one.name: site_words.both(f"verdict_{one.name.lower()}") for one in Verdict}
    keys = {one.id: one.verdict.name for one in kept[0]}
    there = set(known.table["id"])
    keys = {id_: key for id_, key in keys.items() if id_ in there}
    return tints.of(known, keys, site_look.legend(site_words.both("found_title"), names))


def results(zone: Zone) -> None:
    """The parcels found, the best first; a row chosen is flown to and can be asked."""
    words, kept = site_words.words(), site_state.now().found
    if kept is None:
        with st.container(key="zs_empty"):
            st.markdown(f"**{words['find_title']}**")
            st.caption(words["find_text"])
        return
    found, use, day = kept
    if not found:
        st.info(words["find_none"])
        return
    st.markdown(f"**{words['found'].format(count=len(found))}**")
    st.caption(words["ranked"])
    _table(zone, found, use, day)


def _table(zone: Zone, found: list[Candidate], use: str, day: date) -> None:
    words = site_words.words()
    frame = pd.DataFrame([_row(zone, i, one) for i, one in enumerate(found, 1)])
    told = st.dataframe(
        frame,
        hide_index=True,
        height=min(38 + 35 * len(frame), 560),
        key=f"site_found_{hash((use, day, tuple(one.id for one in found)))}",
        on_select="rerun",
        selection_mode="multi-row",
        column_config=columns.numeric(frame),
    )
    ids = [found[row].id for row in told["selection"]["rows"] if row < len(found)]
    chosen = tuple((PARCEL, id_) for id_ in ids)
    if chosen and chosen != site_state.now().chosen:
        site_state.light("", chosen, zone.bounds(PARCEL, ids[-1]))
        st.rerun(scope="fragment")
    label = words["check_found"].format(count=len(ids))
    st.button(label, disabled=not ids, key="site_found_ask", on_click=_ask, args=(ids, use))


def _ask(ids: list[str], use: str) -> None:
    st.session_state.update(
        site_view="ask", site_way="pick", site_parcels=ids, site_use=use or None, site_apart=True
    )


def _row(zone: Zone, place: int, one: Candidate) -> dict[str, Any]:
    words, unit = site_words.words(), parts.unit()
    size = float(half_up(to_unit(one.area_m2, unit), 2))
    return {
        "#": place,
        words["parcel"]: one.id,
        words["verdict"]: site_words.named(one.verdict),
        f"{words['area']}/{SIGN[unit][parts.english()]}": size,
        words["severity_limit"]: len(one.limits),
        words["open"]: len(one.open),
        **{
            f"{zone.catalog.title(name, english=parts.english())}/m": round(metres)
            for name, metres in one.distances_m.items()
        },
    }
