"""Later public facts beside a target: what, when, by whom, how sure; never in its place."""

import streamlit as st

from geo.plan import Fact, Plan, Progress
from pages import parts
from pages.target_words import fact_value, safe


def show(plan: Plan, row: Progress) -> None:
    """List the facts of a target and of its baselines, each labelled for what it is."""
    words = parts.section("target")
    found = facts(plan, row)
    if not found:
        st.html(f'<p class="tnote">{safe(words["facts_none"])}</p>')
        return
    rows = "".join(_line(fact, fact == row.actual) for fact in found)
    note = "" if row.actual else f'<p class="tnote">{safe(words["facts_note"])}</p>'
    st.html(f'{note}<ul class="tfacts">{rows}</ul>')


def facts(plan: Plan, row: Progress) -> list[Fact]:
    """The actual, the references, and what is known of the baselines, each once."""
    found = [row.actual] if row.actual else []
    found += list(row.references)
    for one in row.baseline.baselines if row.baseline else ():
        found += [fact for fact in plan.facts_of(one.id) if fact not in found]
    return found


def _line(fact: Fact, is_actual: bool) -> str:
    words = parts.section("target")
    label = words["ref_actual" if is_actual else f"ref_{fact.territory}"]
    note = parts.say(fact.note, fact.note_en)
    said = "" if not note else f"<small>{safe(note)}</small>"
    return (
        f"<li><b>{safe(fact_value(fact))}</b> {safe(parts.say(fact.subject, fact.subject_en))}"
        f'<small><span class="chip">{safe(label)}</span> '
        f"{safe(parts.say(fact.as_of, fact.as_of_en))} · "
        f"{safe(words[f'confidence_{fact.confidence}'])}</small>"
        f"{said}<small>{source(fact)}</small></li>"
    )


def source(fact: Fact) -> str:
    """The source as a link, if its address is one a browser may follow."""
    if not fact.url.startswith(("https://", "http://")):
        return safe(fact.source)
    return f'<a href="{safe(fact.url)}" target="_blank" rel="noopener">{safe(fact.source)}</a>'
