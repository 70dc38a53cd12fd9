"""Near misses and slivers, apart from the hits, each with the tolerance that set it apart."""

from collections.abc import Sequence

import streamlit as st

from geo.site import Finding, Near
from geo.zone import Zone
from layers import site_html
from pages import site_light, site_met, site_words


def draw(zone: Zone, findings: Sequence[Finding]) -> None:
    """A list by rule, with what is announced but not yet in force."""
    near = [one for one in findings if one.near]
    if near:
        count = sum(len(one.near) for one in near)
        st.html(site_html.heading(site_words.words()["near"], count))
    for found in near:
        with st.container(key=f"zs_near_{found.rule}", horizontal=True):
            rows = [
                (f"{site_words.title(found)} · {site_met.name(one.met)}", _told(one))
                for one in found.near[:8]
            ]
            st.html(site_html.features(rows, len(found.near) - 8))
            if not found.features:
                site_light.button(zone, found)
    pending = [
        (site_words.title(one), site_met.name(met)) for one in findings for met in one.pending
    ]
    if pending:
        st.html(site_html.heading(site_words.words()["pending"], len(pending)))
        st.html(site_html.features(pending))


def _told(one: Near) -> str:
    """The number, why it is no hit, and the tolerance."""
    words = site_words.words()
    tolerance = [
        site_words.metres2(one.tolerance_m2) if one.tolerance_m2 is not None else "",
        site_words.metres(one.tolerance_m),
    ]
    told, why = " / ".join(filter(None, tolerance)), words[f"near_{one.reason}"]
    return f"{site_words.of_feature(one.met)}　{why} {words['tolerance'] if told else ''} {told}"
