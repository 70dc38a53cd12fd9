"""What the plan's register says of one entity, as it stands on a card."""

from collections.abc import Sequence

import streamlit as st

from geo.plan import Entity, Fact, Target
from geo.zone import Zone
from layers import card
from pages import parts
from pages.target_words import wanted


def clauses(ids: Sequence[str], key: str) -> None:
    """Clause ids as links to the clause."""
    with st.container(key="card_clauses", horizontal=True, gap="xxsmall"):
        for id_ in ids:
            if st.button(id_, key=f"clause_{key}_{id_}", type="tertiary"):
                parts.go("target", tview="clause", clause=id_)


def about(zone: Zone, entity: Entity) -> None:
    """Aliases, note, targets, later facts and open points of an entity."""
    plan = zone.plan
    names = [*entity.aliases, *entity.also]
    if names:
        st.html(card.line(parts.t("card", "aliases"), "、".join(names)))
    if note := parts.say(entity.note, entity.note_en):
        st.html(card.prose(note))
    _fold("targets", [_target(one) for one in plan.targets_of(entity.id)])
    facts = plan.facts_of(entity.id)
    _fold("facts", [_fact(one) for one in facts], parts.t("card", "facts_note"))
    points = plan.inconsistencies_of(entity.id)
    _fold(
        "conflicts",
        [
            (
                parts.say(p.title, p.title_en),
                parts.say(p.says, p.says_en),
                parts.say(p.does, p.does_en),
            )
            for p in points
        ],
    )


def _fold(title: str, rows: Sequence[tuple[str, str, str]], note: str = "") -> None:
    if not rows:
        return
    with st.expander(f"{parts.t('card', title)} {len(rows)}"):
        st.html((card.prose(note) if note else "") + card.notes(rows))


def _target(one: Target) -> tuple[str, str, str]:
    return (
        f"{one.id} {parts.say(one.subject, one.subject_en)}",
        wanted(one),
        parts.say(one.by, one.by_en),
    )


def _fact(one: Fact) -> tuple[str, str, str]:
    value = f"{parts.say(one.value, one.value_en)} {parts.say(one.unit, one.unit_en)}".strip()
    when = parts.say(one.as_of, one.as_of_en)
    note = parts.say(one.note, one.note_en)
    what = (
        f"{parts.say(one.subject, one.subject_en)} · {parts.say(one.fact_type, one.fact_type_en)}"
    )
    return (
        what,
        f"{value}（{when}）" if when else value,
        " · ".join(
            filter(None, (one.source, parts.t("card", f"confidence_{one.confidence}"), note))
        ),
    )


def unplaced(zone: Zone, id_: str) -> None:
    """An entity without a published position: why it is not drawn, and what the plan says."""
    entity = zone.plan.entity(id_)
    why = next((one for one in zone.catalog.unplaced if one.id == id_), None)
    if entity is None or why is None:
        st.html(card.prose(parts.t("card", "nothing")))
        return
    line = f"{parts.say(entity.kind, entity.kind_en)} · {id_}"
    name = parts.say(entity.name, entity.name_en)
    st.html(card.heading(name, None, line, english=parts.english()))
    st.html(card.prose(parts.say(why.reason, why.reason_en)))
    clauses(entity.clauses, key=id_)
    about(zone, entity)
