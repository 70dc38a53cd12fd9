"""Site checks of a zone: what they rest on, the answers that are kept, and a way forward."""

from geo.casework.cases import Asker, Case, Dispute, again, answered, archive, ask, case, dispute
from geo.casework.contacts import Contact, Contacts, asked_of, contacts, tell
from geo.casework.filed import Filed, filed
from geo.casework.ground import layers, rules
from geo.casework.office import decide, settings
from geo.casework.sites import drawn, of_geojson, of_staged, picked, staged
from geo.casework.way import forward, found, nearby

__all__ = [
    "Asker",
    "Case",
    "Contact",
    "Contacts",
    "Dispute",
    "Filed",
    "again",
    "answered",
    "archive",
    "ask",
    "asked_of",
    "case",
    "contacts",
    "decide",
    "dispute",
    "drawn",
    "filed",
    "forward",
    "found",
    "layers",
    "nearby",
    "of_geojson",
    "of_staged",
    "picked",
    "rules",
    "settings",
    "staged",
    "tell",
]
