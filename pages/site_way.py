"""The way forward: land left with its working, cuts to accept, free parcels nearby."""

import streamlit as st

from geo import casework
from geo.site import Cut, Net, SiteReport
from geo.zone import Zone
from layers import site_frame, site_html
from pages import site_book, site_elsewhere, site_state, site_words


def draw(zone: Zone, known: site_book.Open) -> None:
    """What is left, what to give up, where else."""
    words, report = site_words.words(), known.report
    net, cuts = casework.forward(report)
    _net(report, net)
    st.html(site_html.heading(words["cuts"], len(cuts)))
    if not cuts:
        st.caption(words["cuts_none"])
    for i, cut in enumerate(cuts):
        _cut(report, cut, i)
    site_elsewhere.draw(zone, report)


def _net(report: SiteReport, net: Net) -> None:
    words = site_words.words()
    st.html(
        site_html.facts([(words["net"], site_words.extent(net.net_m2))])
        + site_html.table(
            [words[f"net_{one}"] for one in ("rule", "new", "usable", "lost", "left")],
            [
                (
                    words["site"],
                    site_words.metres2(net.total_m2),
                    "",
                    "",
                    site_words.metres2(net.total_m2),
                ),
                *(
                    (
                        site_words.title(report.finding(one.rule)),
                        site_words.metres2(one.new_m2),
                        words["unsaid"] if one.usable_pct is None else f"{one.usable_pct:g} %",
                        f"− {site_words.metres2(one.lost_m2)}",
                        site_words.metres2(one.left_m2),
                    )
                    for one in net.rows
                ),
            ],
        )
    )


def _cut(report: SiteReport, cut: Cut, number: int) -> None:
    """One cut: what it removes, what is given up, what remains; to see and to accept."""
    words = site_words.words()
    names = " + ".join(site_words.title(report.finding(rule)) for rule in cut.rules)
    left = site_words.extent(cut.area_m2) if cut.shape is not None else words["nothing_left"]
    told = words["cut_told"].format(lost=site_words.extent(cut.lost_m2), left=left)
    with st.container(key=f"zs_cut_{number}", horizontal=True):
        st.html(site_html.features([(names, told)]))
        if cut.shape is not None:
            st.button(words["see"], key=f"site_see_{number}", on_click=_see, args=(cut,))
            st.button(
                words["accept"],
                key=f"site_accept_{number}",
                type="primary",
                on_click=_accept,
                args=(report, cut),
            )


def _see(cut: Cut) -> None:
    state = site_state.now()
    state.cut, state.lit, state.chosen = cut.shape, "", ()
    if cut.shape is not None:
        site_state.fly(cut.shape.bounds)


def _accept(report: SiteReport, cut: Cut) -> None:
    """Make the cut shape the drawn one; a registered outline stays beside it."""
    site, state = report.site, st.session_state
    known = site.id.split("+") if report.ppm is not None or site.variant == "registered" else []
    picked = known if known == list(state.get("site_parcels", [])) else []
    site_state.draw(site_frame.of_geojson(cut.shape), tuple(picked))
    state["site_way"] = "pick" if picked else "draw"
    state["site_variant"] = "drawn"
    state["site_use"] = site.use or None
    state["site_name"] = "" if picked else f"{site.name} {site_words.words()['cut_name']}"
    site_state.now().cut = None
    state["site_said"] = site_words.words()["accepted"]
