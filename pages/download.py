"""Taking a file away: the right is asked when the button is drawn and again when it is made.

A file is made outside any script run, when its button was pressed; who pressed it is known by the
session the button was drawn for.
"""

from collections.abc import Callable, Mapping
from typing import Literal

import streamlit as st

from geo import office
from geo.edition import Edition
from geo.model import Boundaries
from geo.office import RightsError
from geo.people import Act
from pages import door, rights, whence, who

Told = Mapping[str, object] | Callable[[], Mapping[str, object]]


def editions() -> list[Edition]:
    """Editions that the visitor may take."""
    return list(Edition) if rights.may(Act.EXPORT) else [Edition.PUBLIC]


def of_rows(rows: Callable[[], Boundaries]) -> Callable[[], Mapping[str, object]]:
    """What the log says of rows that are taken: their sets, how many, since which version."""

    def told() -> Mapping[str, object]:
        known = rows()
        sets = sorted(set(known.table["set"])) if "set" in known.table else [known.name]
        return {"sets": sets, "since": known.since, "rows": len(known.table)}

    return told


def button(  # noqa: PLR0913 - as Streamlit's own, and for whom it is
    label: str,
    body: bytes | str | Callable[[], bytes | str],
    name: str,
    *,
    key: str,
    mime: str | None = None,
    edition: Edition = Edition.INTERNAL,
    disabled: bool = False,
    help: str | None = None,
    type: Literal["primary", "secondary", "tertiary"] = "secondary",
    told: Told | None = None,
) -> None:
    """Draw the button; closed, with the roles it takes, where only the public may be taken.

    `told` is what the log says of the file beside its name and edition: sets, rows, meeting.
    """
    why = rights.barred(Act.EXPORT) if edition is Edition.INTERNAL else None
    st.download_button(
        label,
        _asked(body, (name, edition), told or {}),
        name,
        mime,
        key=key,
        help=why or help,
        on_click="ignore",
        type=type,
        disabled=disabled or bool(why),
    )


def _asked(
    body: bytes | str | Callable[[], bytes | str], what: tuple[str, Edition], told: Told
) -> Callable[[], bytes | str]:
    """Make the file for whoever is still signed in and may have it, and write so into the log."""
    cookies, address = whence.cookies(), whence.here()

    def made() -> bytes | str:
        visit = who.of(cookies, address)
        if visit is None:
            raise RightsError("尚未登录或登录已过期，请重新登录", "SIGNED_OUT")
        with office.visiting(visit):
            name, edition = what
            rights.require(Act.EXPORT if edition is Edition.INTERNAL else Act.SEE)
            found = body() if callable(body) else body
            more = told() if callable(told) else told
            said = {"file": name, "edition": edition.value, "version": door.zone().version, **more}
            rights.noted("export:made", **said)
        return found

    return made
