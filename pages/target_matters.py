"""The major matters: who leads, who takes part, which targets, which places."""

import streamlit as st

from geo.plan import Matter
from geo.zone import Zone
from pages import door, parts, target_address, target_filter, target_places
from pages.target_words import safe


def show(zone: Zone) -> None:
    """Draw the matters as cards, two a row."""
    st.html(f'<p class="tnote">{safe(parts.t("target", "matters_note"))}</p>')
    matters = zone.plan.matters
    for left in range(0, len(matters), 2):
        with st.container(key=f"tmatters_{left}"):
            for column, matter in zip(st.columns(2), matters[left : left + 2], strict=False):
                with column, st.container(border=True, key=f"tmatter_{matter.id}"):
                    _card(zone, matter)


def office(name: str) -> str:
    """A unit's name in the reader's language; its own where we have no other."""
    known = door.words()["office"].get(name)
    return known[parts.english()] if known else name


def _card(zone: Zone, matter: Matter) -> None:
    words = parts.section("target")
    mark = ", " if parts.english() else "、"
    units = mark.join(office(one) for one in matter.units) or words["units_none"]
    entities = target_places.known(zone, matter.entities)
    drawn = [pair for one in entities for pair in target_places.where(zone, one.id)]
    names = "".join(_place(zone, one.id, target_places.name(one)) for one in entities)
    st.html(
        f'<h3 class="thead"><span>{safe(matter.id)}</span> '
        f"{safe(parts.say(matter.title, matter.title_en))}</h3>"
        f'<dl class="tpairs"><dt>{safe(words["lead_unit"])}</dt>'
        f"<dd><b>{safe(office(matter.lead))}</b></dd>"
        f"<dt>{safe(words['units'])}</dt><dd>{safe(units)}</dd>"
        f'<dt>{safe(words["places"])}</dt><dd><ul class="tplaces">{names}</ul></dd></dl>'
    )
    _actions(matter, target_places.address(drawn))


def _place(zone: Zone, id_: str, name: str) -> str:
    if target_places.where(zone, id_):
        return f"<li>{safe(name)}</li>"
    missing = safe(parts.t("target", "not_drawn"))
    return f'<li class="off">{safe(name)} <small>{missing}</small></li>'


def _actions(matter: Matter, drawn: str) -> None:
    words = parts.section("target")
    many = len(matter.targets)
    label = words["see_target" if many == 1 else "see_targets"].format(number=many)
    with st.container(key=f"tmatter_act_{matter.id}", horizontal=True, gap="small"):
        st.button(
            label if many else words["no_targets"],
            key=f"tm_targets_{matter.id}",
            disabled=not many,
            on_click=target_filter.only_matter,
            args=(matter.id,),
        )
        st.button(
            words["see_clause"].format(id=parts.plain(matter.clause)),
            key=f"tm_clause_{matter.id}",
            on_click=target_address.open_clause,
            args=(matter.clause,),
        )
        count = len(drawn.split(",")) if drawn else 0
        shown = words["see_map"].format(number=count) if count else words["clause_dark"]
        if st.button(shown, key=f"tm_map_{matter.id}", disabled=not count):
            parts.go("map", sel=drawn)
