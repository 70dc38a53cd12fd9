"""One clause: its targets, its places, and one button that lights these up on the map."""

import streamlit as st

from geo.plan import Clause, ClauseView
from geo.zone import Zone
from pages import parts, target_address, target_places
from pages.target_words import safe, wanted


def show(zone: Zone, clause: Clause) -> None:
    """Draw the panel."""
    words, view = parts.section("target"), zone.plan.of_clause(clause.id)
    said = words["line" if clause.first_line == clause.last_line else "lines"]
    where = said.format(first=clause.first_line, last=clause.last_line)
    st.html(
        f'<h2 class="thead"><span>{safe(clause.id)}</span> '
        f'{safe(parts.say(clause.title, clause.title_en))}</h2><p class="tnote">{safe(where)}</p>'
    )
    drawn = [pair for one in view.entities for pair in target_places.where(zone, one.id)]
    count = len(set(drawn))
    label = words["clause_light"].format(number=count) if count else words["clause_dark"]
    if st.button(label, key="tclause_light", type="primary", disabled=not count):
        parts.go("map", clause=clause.id)
    _contents(zone, view)


def _contents(zone: Zone, view: ClauseView) -> None:
    words = parts.section("target")
    st.html(f'<h3 class="tsub">{safe(words["clause_targets"])} {len(view.targets)}</h3>')
    with st.container(key="tclause_targets", gap="xsmall"):
        for one in view.targets:
            subject = parts.say(one.subject, one.subject_en)
            text = f"{one.id} {subject}　{wanted(one)} · {parts.say(one.by, one.by_en)}"
            st.button(
                parts.plain(text),
                key=f"tclause_{one.id}",
                type="tertiary",
                on_click=target_address.open_target,
                args=(one.id,),
            )
    if not view.targets:
        st.html(f'<p class="tnote">{safe(words["clause_no_targets"])}</p>')
    st.html(f'<h3 class="tsub">{safe(words["clause_places"])} {len(view.entities)}</h3>')
    target_places.buttons(zone, view.entities, "tclause_at", short=True)
    if not view.entities:
        st.html(f'<p class="tnote">{safe(words["clause_no_places"])}</p>')
