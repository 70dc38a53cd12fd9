"""Forms that link parcels, and the one that takes an event back."""

import streamlit as st

from geo import projects
from geo.projects import Project
from pages import parts, project_past, project_words
from pages.project_book import Seen
from pages.project_made import Keys, Maker, id_of


def _parcels(seen: Seen, one: Project | None, keys: Keys, *, link: bool) -> Maker:
    held = one.links if one else ()
    live = [id_ for id_, parcel in seen.book.supply.at().items() if parcel.live]
    options = [id_ for id_ in live if id_ not in held] if link else list(held)
    label = parts.t("project", "parcels")
    empty = parts.t("project", "no_ledger")
    ids = st.multiselect(label, options, key=f"{keys[0]}_ids", placeholder="" if options else empty)
    build = projects.linked if link else projects.unlinked
    return lambda stamp: [build(id_of(one), ids, stamp)]


def linked(seen: Seen, one: Project | None, keys: Keys) -> Maker:
    """Parcels the project stands on."""
    return _parcels(seen, one, keys, link=True)


def unlinked(seen: Seen, one: Project | None, keys: Keys) -> Maker:
    """Parcels it no longer stands on."""
    return _parcels(seen, one, keys, link=False)


def withdrawn(seen: Seen, one: Project | None, keys: Keys) -> Maker:
    """An event taken back."""
    changes = {c.entry.number: c for c in seen.register.history(id_of(one)) if not c.withdrawn_by}

    def told(number: int) -> str:
        entry = changes[number].entry
        verb = project_words.named(seen.rules.verbs, entry.event.verb)
        return f"#{number} {entry.on} {verb} {project_past.told(entry.event)}"

    label = parts.t("project", "event")
    number = st.selectbox(label, list(reversed(changes)), key=f"{keys[0]}_n", format_func=told)
    return lambda stamp: [projects.withdrawn(id_of(one), number, stamp)]
