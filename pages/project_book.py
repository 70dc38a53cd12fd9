"""The register as the reader asks for it: at a moment; and what is asked, where it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import streamlit as st

from geo import ledger
from geo.ledger import Book, Moment
from geo.projects import Project, Register, Rules
from geo.zone import Zone
from pages import moment
from pages.held import Held

FILTERS = ("q", "lead", "kind", "tag", "phase", "colour", "stay")
HELD = Held(
    "project",
    (
        *("view", *FILTERS, "group", "grey", "project", "act", *moment.KEYS),
        *("month", "from", "to", "by", "year", "span", "page"),
    ),
)


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything a view draws from: the zone, its book, a moment, and the projects as of it."""

    zone: Zone
    book: Book
    moment: Moment
    day: date
    projects: Mapping[str, Project]

    @property
    def register(self) -> Register:
        """The register at the book's version."""
        return self.book.register

    @property
    def rules(self) -> Rules:
        """Its rules."""
        return self.book.register.rules

    @property
    def chosen(self) -> Project | None:
        """The project whose panel is open."""
        return self.projects.get(HELD.get("project"))


def seen(zone: Zone) -> Seen:
    """The register at the moment asked for."""
    held, asked = ledger.book(zone), moment.asked(zone, HELD)
    day = asked.as_of or moment.today()
    return Seen(zone, held, asked, day, held.register.at(day, asked.known))


def choose(id_: str) -> None:
    """Open a project's panel; empty closes it."""
    HELD.put({"project": id_, "act": ""})
    st.session_state.pop("pform_open", None)
