"""Where a parcel came from and went, and the projects on it: each a way to go there."""

import streamlit as st

from geo.ledger import book
from geo.supply import Parcel
from geo.zone import Zone
from pages import parts, supply_chosen
from pages.supply_book import Snapshot
from pages.target_words import safe


def show(zone: Zone, now: Snapshot, parcel: Parcel) -> None:
    """Draw the links, if there are any."""
    words = parts.section("supply")
    projects = _projects(zone, now, parcel.id)
    if not (parcel.parents or parcel.children or projects):
        return
    st.html(f'<h3 class="tsub">{safe(words["lineage"])}</h3>')
    with st.container(key="sp_links", horizontal=True, gap="small"):
        for kind, ids in (("from", parcel.parents), ("into", parcel.children)):
            for id_ in ids:
                st.button(
                    parts.plain(f"{words[f'lineage_{kind}']} {id_}"),
                    key=f"sp_{kind}_{id_}",
                    on_click=supply_chosen.choose,
                    args=((id_,),),
                    disabled=id_ not in now.parcels,
                )
        for id_, name in projects:
            if st.button(parts.plain(f"{words['project']} {name}"), key=f"sp_project_{id_}"):
                parts.go("project", project=id_)


def _projects(zone: Zone, now: Snapshot, id_: str) -> list[tuple[str, str]]:
    """Projects linked to a parcel on the day: id and name."""
    register, known = book(zone).register, now.moment.known
    found = [
        register.project(one, now.day, known) for one in register.links(now.day, known).get(id_, ())
    ]
    return [(one.id, str(one.fields.get("name", one.id))) for one in found if one]
