"""Forms that bring a project in, change what is known of it, and take it out."""

from collections.abc import Sequence

import streamlit as st

from geo import projects
from geo.errors import DataError
from geo.model import Event
from geo.projects import Project, Stamp
from pages import parts, project_fields, project_words
from pages.project_book import Seen
from pages.project_made import Keys, Maker, id_of

_NEW_FIELDS = ("name", "name_en", "kind", "lead", "units", "tags", "investment_wan", "annual_wan")


def field(seen: Seen, one: Project | None, key: str) -> str:
    """The field to adjust: its widget depends on it, so it is chosen before the form."""
    known = seen.rules.fields
    return st.selectbox(
        parts.t("project", "field"),
        list(known),
        key=f"{key}_field",
        format_func=lambda id_: project_words.named(known, id_),
    )


def adjusted(seen: Seen, one: Project | None, keys: Keys) -> Maker:
    """One field changed."""
    known = seen.rules.fields[keys[1]]
    now = one.fields.get(known.id) if one else None
    given = project_fields.draw(known, now, f"{keys[0]}_{known.id}")
    return lambda stamp: [
        projects.adjusted(id_of(one), {known.id: given.typed(known)}, stamp, seen.rules)
    ]


def added(seen: Seen, one: Project | None, keys: Keys) -> Maker:
    """A new project, or one that comes back."""
    if one:  # back into the register as it was
        return lambda stamp: [projects.added(one.id, {}, stamp, seen.rules)]
    words = parts.section("project")
    id_ = st.text_input(words["new_id"], key=f"{keys[0]}_id", help=words["new_id_help"])
    known = seen.rules.fields
    drawn = {key: project_fields.draw(known[key], None, f"{keys[0]}_{key}") for key in _NEW_FIELDS}

    def make(stamp: Stamp) -> Sequence[Event]:
        fields = {key: given.typed(known[key]) for key, given in drawn.items() if given.said}
        return [projects.added(_new_id(seen, id_), fields, stamp, seen.rules)]

    return make


def _new_id(seen: Seen, id_: str) -> str:
    """An id nobody has: letters, digits and hyphens."""
    plain = id_.strip()
    if not plain or not plain.isascii() or not plain.replace("-", "").isalnum():
        raise DataError(f"项目编号“{id_}”应由字母、数字和连字符组成，请填写", "PROJECT_ID")
    if plain in seen.register.ids:
        raise DataError(f"项目编号 {plain} 已被使用，请另取一个", "PROJECT_ID")
    return plain


def exited(_seen: Seen, one: Project | None, _keys: Keys) -> Maker:
    """Out of the register."""
    return lambda stamp: [projects.exited(id_of(one), stamp)]
