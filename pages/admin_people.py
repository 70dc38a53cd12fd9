"""Everybody with an account: the list, one of them to change, and who may do what."""

from collections.abc import Mapping

import streamlit as st

from geo.office import Office
from geo.people import Person, Role
from geo.zone import Zone
from pages import admin_person, parts, rights, supply_book
from pages.target_words import safe


def draw(zone: Zone, held: Office) -> None:
    """The list on the left, the chosen person on the right, the table of rights below."""
    words = parts.section("admin")
    if said := st.session_state.pop("ap_said", ""):
        st.success(parts.plain(said))
    known = held.people.persons
    places = {id_: parts.say(*pair) for id_, pair in _units(zone).items()}
    left, right = st.columns([13, 7], gap="medium")
    with left:
        _list(list(known.values()), places)
        with st.expander(words["matrix"], key="ap_matrix"):
            st.html(_matrix())
    with right, st.container(key="ap_form", border=True):
        ids = ["", *sorted(known)]
        chosen = st.selectbox(
            words["choose"],
            ids,
            format_func=lambda id_: f"{known[id_].name} · {id_}" if id_ else words["new"],
            key="ap_who",
        )
        admin_person.draw(known.get(chosen or ""), places)


def _units(zone: Zone) -> Mapping[str, tuple[str, str]]:
    return supply_book.names(zone, zone.version, "unit")


def _list(people: list[Person], places: Mapping[str, str]) -> None:
    words = parts.section("admin")
    heads = ("name", "id", "roles", "units", "clearance", "state")
    head = "".join(f"<th>{safe(words[one])}</th>" for one in heads)
    order = sorted(people, key=lambda one: (one.disabled, one.id))
    rows = "".join(_row(one, places) for one in order)
    total = words["total"].format(n=len(people), off=sum(one.disabled for one in people))
    st.html(
        f'<p class="tnote">{safe(total)}</p>'
        f'<table class="ttab adm"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _row(one: Person, places: Mapping[str, str]) -> str:
    words, comma = parts.section("admin"), parts.say("、", ", ")
    roles = comma.join(admin_person.role_name(role) for role in Role if role in one.roles)
    units = comma.join(places.get(id_, id_) for id_ in sorted(one.units)) or words["all_units"]
    states = [
        ("no", words["disabled"]) if one.disabled else ("yes", words["enabled"]),
        *([("warn", words["must_change"])] if one.must_change else []),
        *([("", words["vouched"])] if not one.secret else []),
    ]
    chips = " ".join(f'<span class="chip {look}">{safe(text)}</span>' for look, text in states)
    cells = (one.name, one.id, roles or words["no_roles"], units, one.clearance)
    off = ' class="off"' if one.disabled else ""
    return f"<tr{off}>{''.join(f'<td>{safe(cell)}</td>' for cell in cells)}<td>{chips}</td></tr>"


def _matrix() -> str:
    """Who may do what, as the rules have it."""
    words, known = parts.section("admin"), rights.matrix()
    head = "".join(f"<th>{safe(admin_person.role_name(role))}</th>" for role in Role)
    rows = "".join(
        f"<tr><td>{safe(parts.say(one.zh, one.en))}</td>"
        + "".join(f"<td>{'✓' if role in one.roles else '–'}</td>" for role in Role)
        + "</tr>"
        for one in known.actions.values()
    )
    action = safe(words["action"])
    return (
        f'<table class="ttab adm-matrix"><thead><tr><th>{action}</th>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )
