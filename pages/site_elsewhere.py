"""Where else: the nearest free parcels of the needed size, and what would pass there."""

from collections.abc import Sequence

import streamlit as st

from geo import casework
from geo.site import Candidate, Severity, SiteReport
from geo.zone import Zone
from layers import site_html
from pages import parts, site_state, site_words

PARCEL = "parcel"


def draw(zone: Zone, report: SiteReport) -> None:
    """The parcels, each to see and to ask about."""
    words = site_words.words()
    near = casework.nearby(zone, report)
    st.html(site_html.heading(words["nearby"], len(near)))
    st.caption(words["nearby_note" if near else "nearby_none"])
    for one in near:
        _candidate(zone, report, one)
    _elsewhere(report, near)


def _candidate(zone: Zone, report: SiteReport, one: Candidate) -> None:
    words = site_words.words()
    word = site_words.named(one.verdict)
    numbers = f"{site_words.extent(one.area_m2)}　{site_words.metres(one.distance_m)}"
    with st.container(key=f"zs_near_{one.id}", horizontal=True):
        st.html(site_html.candidate((one.verdict.name, word), one.name or one.id, numbers))
        place = zone.bounds(PARCEL, one.id)
        st.button(words["locate"], key=f"site_go_{one.id}", on_click=_go, args=(one.id, place))
        st.button(words["ask_this"], key=f"site_ask_{one.id}", on_click=_ask, args=(report, one.id))


def _go(id_: str, place: tuple[float, ...] | None) -> None:
    site_state.light("", ((PARCEL, id_),), place)


def _ask(report: SiteReport, id_: str) -> None:
    """Put a parcel into the question in the site's stead."""
    st.session_state.update(site_way="pick", site_parcels=[id_], site_use=report.site.use or None)


def _elsewhere(report: SiteReport, near: Sequence[Candidate]) -> None:
    """Rules that stand in the way here and would not at the nearest parcel."""
    words = site_words.words()
    here = {r.finding.rule for r in report.reasons if r.finding.severity is not Severity.NOTE}
    if not near:
        return
    there = {r.finding.rule for r in near[0].report.reasons}
    gone = [site_words.title(report.finding(rule)) for rule in sorted(here - there)]
    told = words["passes"].format(name=near[0].name or near[0].id)
    mark = ", " if parts.english() else "、"
    st.html(site_html.notice(f"{told} {mark.join(gone) or words['passes_none']}"))
