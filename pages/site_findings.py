"""The answers rule by rule: what is hit first, then what cannot be told, last what is clear."""

from collections.abc import Sequence

import streamlit as st

from geo.site import Answer, Finding, Severity
from geo.zone import Zone
from layers import site_html, site_thumb
from pages import parts, site_book, site_light, site_met, site_near, site_source, site_words

_SHOWN = 12  # features listed under one rule


def draw(zone: Zone, known: site_book.Open) -> None:
    """Hits and failures in full, near misses apart, no data with what to import, clear folded."""
    words, report = site_words.words(), known.report
    by = {one: [f for f in report.findings if f.answer is one] for one in Answer}
    for answer in (Answer.FAILED, Answer.HIT):
        if by[answer]:
            _heading(site_words.named(answer), len(by[answer]))
            for found in by[answer]:
                _finding(zone, known, found)
    site_near.draw(zone, report.findings)
    if by[Answer.NO_DATA]:
        _heading(words["answer_no_data"], len(by[Answer.NO_DATA]))
        _missing(zone, known, by[Answer.NO_DATA])
    if by[Answer.CLEAR]:
        with st.expander(f"{words['answer_clear']} {len(by[Answer.CLEAR])}", key="zs_clear"):
            for found in by[Answer.CLEAR]:
                _finding(zone, known, found)
    if report.left_out:
        _heading(words["left_out"], len(report.left_out))
        rows = [
            (parts.say(one.title, one.title_en), parts.say(one.why, one.why_en))
            for one in report.left_out
        ]
        st.html(site_html.features(rows))


def _heading(text: str, count: int) -> None:
    st.html(site_html.heading(text, count))


def _missing(zone: Zone, known: site_book.Open, found: Sequence[Finding]) -> None:
    """Rules without an answer; those whose set nobody brought lead to the import."""
    absent = list(dict.fromkeys(one.set for one in found if one.since is None and one.set))
    if absent:
        names = "、" if not parts.english() else ", "
        told = names.join(zone.catalog.title(one, english=parts.english()) for one in absent)
        with st.container(key="zs_import"):
            st.html(site_html.notice(site_words.settled("import_these", names=told)))
            if st.button(site_words.words()["to_import"], key="site_to_import"):
                parts.go("data", dview="import")
    for one in found:
        _finding(zone, known, one)


def _finding(zone: Zone, known: site_book.Open, found: Finding) -> None:
    """One rule: sign, word, numbers, a small map; below, what the answer rests on."""
    words, report = site_words.words(), known.report
    title = site_words.title(found)
    severity = found.severity.name, site_words.named(found.severity)
    answer = found.answer.name, site_words.named(found.answer)
    kind = "concern" if found.severity is Severity.NOTE else "conflict"
    land = found.land if found.answer is Answer.HIT else ()
    picture = site_thumb.picture(report.site.shape, land, title, kind) if land else ""
    with st.container(key=f"zs_f_{found.rule}"):
        with st.container(key=f"zs_top_{found.rule}", horizontal=True):
            st.html(site_html.row(answer, title, severity, site_words.amounts(found), picture))
            site_light.button(zone, found)
        rows = [
            (site_met.named(one), site_words.of_feature(one)) for one in found.features[:_SHOWN]
        ]
        said = [(one.by, one.text) for one in known.case.disputes if one.rule == found.rule]
        notes = [parts.say(one.zh, one.en) for one in found.notes if one.code != "UNDATED"]
        if found.answer is not Answer.CLEAR:
            notes.append(f"{words['todo']} {parts.say(found.todo, found.todo_en)}")
        notes.append(parts.say(found.remark, found.remark_en))
        st.html(
            (site_html.features(rows, len(found.features) - _SHOWN) if land or rows else "")
            + site_html.evidence(
                found.grade, site_source.rests(zone, found), notes, english=parts.english()
            )
            + site_html.remarks(said)
        )
