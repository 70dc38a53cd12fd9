"""The card on the map: what was found, how far it may be believed, what the plan says of it."""

from html import escape

import streamlit as st

from geo.model import Hit
from geo.zone import Zone
from layers import card
from pages import ask, card_dates, explain, others, parts, region, register, supply_card, supply_map
from pages.found import Answer


def draw(zone: Zone, found: Answer) -> None:
    """Draw the card of an answer, with a button that closes it."""
    with st.container(key="card"):
        with st.container(key="card_top", horizontal=True, vertical_alignment="center"):
            st.html(f'<div class="zc-top">{_top(found)}</div>')
            st.button(
                "✕",
                key="card_close",
                type="tertiary",
                help=parts.t("card", "close"),
                on_click=ask.put,
                args=(None,),
            )
        if found.kind == "unplaced":
            register.unplaced(zone, found.title)
            return
        if found.kind == "fault":
            english = parts.english()
            told = explain.beside(found.title, found.text, english=english)
            st.html(card.heading(told, None, found.title, english=english))
            return
        if not found.hits:
            st.html(card.prose(parts.t("card", "nothing")))
            return
        main = _main(found)
        if found.kind == "region":
            region.draw(zone, found)
        if main:
            feature(zone, main)
        if found.kind != "region":
            others.draw([hit for hit in found.hits if hit is not main])
        if found.at:
            others.values(zone, found.at)


def _top(found: Answer) -> str:
    if found.kind == "unplaced":
        return escape(parts.t("card", "not_drawn"))
    if found.kind == "fault":
        return escape(parts.t("app", "error"))
    words = {"region": "inside", "lit": "chosen"}.get(found.kind, "here")
    lit = (
        f"{parts.t('card', 'clauses')} {found.title} · "
        if found.kind == "lit" and found.title
        else ""
    )
    return escape(f"{lit}{parts.t('card', words)} {len(found.hits)}")


def _main(found: Answer) -> Hit | None:
    """The hit shown in full: the one chosen; with several lit, none until one is."""
    if len(found.chosen) != 1:
        return None
    return next((hit for hit in found.hits if (hit.set, hit.id) == found.chosen[0]), None)


def feature(zone: Zone, hit: Hit) -> None:
    """One feature in full."""
    english = parts.english()
    entity = zone.plan.entity(hit.id) or zone.plan.entity(hit.parent)
    kind = " · ".join(filter(None, (parts.say(hit.kind, hit.kind_en), hit.id)))
    name = parts.say(hit.name, hit.name_en)
    st.html(
        card.heading(name, hit.grade, kind, english=english)
        + card.sizes(hit, parts.unit(), parts.section("card"), english=english)
    )
    if hit.set == supply_map.SET:
        supply_card.draw(zone, hit.id)
    if entity:
        register.clauses(entity.clauses, key=hit.id)
        register.about(zone, entity)
    with st.expander(parts.t("card", "basis")):
        known = zone.boundaries(hit.set)
        basis = parts.say(hit.basis, hit.basis_en)
        if basis:
            st.html(card.prose(basis))
        if known:
            st.html(
                card.line(parts.t("card", "source"), zone.source_title(hit.set, english=english))
            )
            st.html("".join(card.line(*one) for one in card_dates.lines(zone, known)))
