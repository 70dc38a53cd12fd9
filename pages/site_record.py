"""The record of a case: what it rests on, asked again today, disputed, left in the archive."""

import streamlit as st

from geo import casework
from geo.errors import GeoError
from geo.zone import Zone
from layers import site_html
from pages import parts, site_book, site_changes, site_words


def draw(zone: Zone, known: site_book.Open) -> None:
    """Who, when, on what; then again today; then what is said against a finding."""
    words, case, report = site_words.words(), known.case, known.report
    st.html(
        site_html.facts(
            [
                (words["by"], case.by),
                (words["on"], case.on.isoformat()),
                (words["purpose"], case.purpose),
                (words["door"], words[f"door_{case.door}"]),
                (words["version"], f"v{case.version}"),
                (words["rules_hash"], report.rules_hash[:16]),
                (words["code_hash"], report.code_hash[:16]),
                (words["inputs_hash"], report.inputs_hash[:16]),
                (words["shape_hash"], case.row["site"]["shape_hash"][:16]),
            ]
        )
    )
    if known.changes:
        st.caption(words["differs_filed"])
        site_changes.table(known.changes)
    if st.button(words["again"], key="site_again"):
        st.session_state["site_again_of"] = case.number
    if st.session_state.get("site_again_of") == case.number:
        with st.container(key="zs_again"):
            report, changes = casework.again(zone, case)
            verdict = site_words.named(report.verdict)
            site_changes.differences(changes, verdict, report.as_of.isoformat())
    _dispute(zone, known)


def _dispute(zone: Zone, known: site_book.Open) -> None:
    """A remark on a finding: kept beside it, never instead of it."""
    words = site_words.words()
    titles = {one.rule: site_words.title(one) for one in known.report.findings}
    st.html(site_html.heading(words["disputes"], len(known.case.disputes)))
    said = [
        (f"{one.by} {one.on} · {titles.get(one.rule, one.rule)}", one.text)
        for one in known.case.disputes
    ]
    if said:
        st.html(site_html.remarks(said))
    with st.form("site_dispute", clear_on_submit=True):
        rule = st.selectbox(words["dispute_rule"], list(titles), format_func=titles.__getitem__)
        text = st.text_area(words["dispute_text"], max_chars=500, height=80)
        kept = st.form_submit_button(words["dispute_keep"])
    if not kept:
        return
    try:
        casework.dispute(zone, known.case.number, str(rule), text, by=parts.user())
    except GeoError as error:
        parts.refused(error)
        return
    st.session_state["site_said"] = words["dispute_kept"]
    st.rerun(scope="fragment")
