"""The answer: verdict first, then why, then rule by rule; a way forward; papers and record."""

import streamlit as st

from geo.units import half_up
from geo.zone import Zone
from layers import site_html
from pages import (
    parts,
    site_book,
    site_findings,
    site_list,
    site_paper,
    site_reasons,
    site_record,
    site_state,
    site_way,
    site_words,
    tabs,
)

TABS = ("findings", "way", "record")


def draw(zone: Zone) -> None:
    """The panel on the right; until something was asked, what to do."""
    state, words = site_state.now(), site_words.words()
    if not state.case:
        with st.container(key="zs_empty"):
            st.markdown(f"**{words['empty_title']}**")
            st.caption(words["empty_text"])
        return
    known = site_book.opened(zone, state.case)
    if len(state.cases) > 1:
        site_list.draw(zone, state.cases)
    _head(known)
    site_paper.buttons(zone, known)
    names = {one: words[f"tab_{one}"] for one in TABS}
    tab = tabs.one_of(words["tabs"], names, "site_tab", persist_state="session")
    if tab == "way":
        site_way.draw(zone, known)
    elif tab == "record":
        site_record.draw(zone, known)
    else:
        st.html(site_html.reasons(site_reasons.rows(zone, known), words["reasons_more"]))
        site_findings.draw(zone, known)


def _head(known: site_book.Open) -> None:
    words, report, case = site_words.words(), known.report, known.case
    site = report.site
    chips = [parts.t("app", "example")] if case.example else []
    pairs = [
        (words["number"], case.number),
        (words["as_of"], report.as_of.isoformat()),
        (words["area_ellipsoid"], site_words.extent(report.area_m2)),
        (words["area_plane"], site_words.extent(report.plane_m2)),
        (words["registered"], _registered(known)),
        (words["use_short"], site_words.use(site.use) or words["use_none"]),
        (words["outline"], words[f"variant_{site.variant}"]),
        (words["version"], f"v{case.version}"),
    ]
    name = site_words.named(report.verdict)
    st.html(site_html.verdict(report.verdict.name, name, site.name, pairs, chips))
    if known.changes:
        st.warning(words["not_as_filed"].format(verdict=case.row["verdict"]))


def _registered(known: site_book.Open) -> str:
    report = known.report
    if report.ppm is None:
        return ""
    told = site_words.extent(report.site.registered_m2)
    return f"{told} ({half_up(report.ppm, 0):+,} ppm)"
