"""Offices in charge and their contacts, rule by rule and set by set: the office's own texts."""

import pandas as pd
import streamlit as st

from geo import casework
from geo.casework import Contact, Contacts
from geo.errors import GeoError
from geo.people import Act
from geo.zone import Zone
from pages import parts, rights, site_words

_NOBODY = Contact()


def draw(zone: Zone) -> None:
    """A table to write in, one reason; blank is blank."""
    words = site_words.words()
    with st.expander(words["contacts"]), st.form("site_contacts", border=False):
        st.caption(words["contacts_note"])
        table = st.data_editor(
            rows(zone),
            hide_index=True,
            height=300,
            column_config={
                "kind": None,
                "id": None,
                "title": st.column_config.TextColumn(
                    words["contacts_of"], disabled=True, width=170
                ),
                "office": st.column_config.TextColumn(words["in_charge"], width=120, max_chars=60),
                "contact": st.column_config.TextColumn(words["contact"], width=120, max_chars=60),
            },
            key=f"site_contact_rows_{zone.version}",
        )
        reason = st.text_input(words["reason"], max_chars=200, key="site_contact_reason")
        how = rights.shut(Act.SETTINGS)
        keep = st.form_submit_button(words["keep"], key="site_contact_keep", **how)
    if keep:
        _keep(zone, said(table), reason)


def rows(zone: Zone) -> pd.DataFrame:
    """Every rule, then every set, with what is written down of it."""
    held, (_, names) = casework.contacts(zone), casework.asked_of()
    titles = [
        ("rules", one.id, parts.say(one.title, one.title_en)) for one in casework.rules().rules
    ]
    titles += [("sets", name, zone.catalog.title(name, english=parts.english())) for name in names]
    found = []
    for kind, id_, title in titles:
        told = (held.rules if kind == "rules" else held.sets).get(id_, _NOBODY)
        texts = {"office": told.office, "contact": told.contact}
        found.append({"kind": kind, "id": id_, "title": title, **texts})
    return pd.DataFrame(found).astype(str)


def said(table: pd.DataFrame) -> Contacts:
    """What the table says; a cell left empty says nothing."""
    filled = table.fillna("")
    made: dict[str, dict[str, Contact]] = {"rules": {}, "sets": {}}
    for kind, id_, office, contact in zip(
        filled["kind"], filled["id"], filled["office"], filled["contact"], strict=True
    ):
        if str(office).strip() or str(contact).strip():
            made[str(kind)][str(id_)] = Contact(str(office), str(contact))
    return Contacts(made["rules"], made["sets"])


def _keep(zone: Zone, told: Contacts, reason: str) -> None:
    try:
        casework.tell(zone, told, by=parts.user(), reason=reason)
    except GeoError as error:
        parts.refused(error)
        return
    st.session_state["site_said"] = site_words.words()["kept"]
    st.rerun(scope="fragment")
