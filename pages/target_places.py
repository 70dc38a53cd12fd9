"""Places of the plan as buttons to the map, and those that no map can show, with the reason."""

from collections.abc import Iterable
from functools import lru_cache

import streamlit as st

from geo.plan.values import Entity
from geo.zone import Zone
from pages import parts, target_address
from pages.target_words import safe


@lru_cache(maxsize=1024)
def _where(zone: Zone, _version: int, entity: str) -> list[tuple[str, str]]:
    return zone.where(entity)


def where(zone: Zone, entity: str) -> list[tuple[str, str]]:
    """Set and id of what is drawn for an entity; kept by version, so never stale."""
    return _where(zone, zone.version, entity)


def address(pairs: Iterable[tuple[str, str]]) -> str:
    """Features as the map's address names them: ``park:P05,unit:T04``."""
    return ",".join(dict.fromkeys(f"{name}:{id_}" for name, id_ in pairs))


def known(zone: Zone, ids: Iterable[str]) -> list[Entity]:
    """The entities of some ids."""
    return [one for id_ in ids if (one := zone.plan.entity(id_))]


def name(entity: Entity) -> str:
    """Id and name in the reader's language."""
    return f"{entity.id} {parts.say(entity.name, entity.name_en)}"


def buttons(zone: Zone, entities: Iterable[Entity], key: str, *, short: bool = False) -> None:
    """One button per drawn entity, then the list of those not drawn."""
    before = "" if short else parts.t("target", "show") + " "
    missing = []
    with st.container(key=f"{key}_drawn", horizontal=True, gap="small"):
        for one in entities:
            found = where(zone, one.id)
            if not found:
                missing.append(one)
            elif st.button(f"{before}{parts.plain(name(one))}", key=f"{key}_{one.id}"):
                parts.go("map", sel=address(found))
    if missing:
        st.html(_missing(zone, missing))


def _missing(zone: Zone, entities: list[Entity]) -> str:
    words = parts.section("target")
    why = {u.id: parts.say(u.reason, u.reason_en) for u in zone.catalog.unplaced}
    rows = "".join(
        f'<li><span class="chip">{safe(words["not_drawn"])}</span> <b>{safe(name(one))}</b>'
        f"<small>{safe(why.get(one.id, words['reason_unknown']))}</small></li>"
        for one in entities
    )
    return f'<ul class="tmiss">{rows}</ul>'


def clause_buttons(clauses: Iterable[str], key: str) -> None:
    """Buttons that open clauses."""
    with st.container(key=f"{key}_clauses", horizontal=True, gap="small"):
        for clause in clauses:
            label = parts.t("target", "see_clause").format(id=parts.plain(clause))
            st.button(
                label, key=f"{key}_{clause}", on_click=target_address.open_clause, args=(clause,)
            )
