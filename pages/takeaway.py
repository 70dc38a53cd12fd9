"""Take rows away: three formats at a click, every other with its system and edition in a menu."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from geo import landuse
from geo.edition import Edition
from geo.errors import GeoError
from geo.formats.write import SYSTEMS, FileKind, check, write
from geo.model import Boundaries
from layers import palette
from layers.look import Look
from pages import door, download, parts, seal, take_names


@dataclass(frozen=True, slots=True)
class Takeaway:
    """Rows to take away, under a title; `key` begins the keys of the buttons."""

    rows: Callable[[], Boundaries]  # asked only when something is taken or the menu is open
    title: str
    stem: str  # of the file's name
    key: str
    excel: Callable[[], bytes] | None = None  # another Excel table than that of the rows
    empty: bool = False

    def draw(self) -> None:
        """The three buttons, and the menu."""
        if Edition.INTERNAL in download.editions():
            self._button(FileKind.XLSX, self.excel or partial(self._made, FileKind.XLSX))
            for kind in (FileKind.GEOJSON, FileKind.GPKG):
                self._button(kind, partial(self._made, kind))
        menu = st.popover(
            parts.t("take", "more"),
            type="tertiary",
            disabled=self.empty,
            key=f"{self.key}_more",
            on_change="rerun",
        )
        if menu.open and not self.empty:
            with menu:
                self._menu(parts.section("take"))

    def _menu(self, words: dict[str, str]) -> None:
        def choose(what: str, options: list[str], named: dict[str, str], key: str) -> str:
            show = named.__getitem__
            return st.selectbox(
                words[what], options, format_func=show, key=key, label_visibility="collapsed"
            )

        names = {kind.value: name for kind, name in take_names.KINDS.items()}
        kind = FileKind(choose("format", list(names), names, f"{self.key}_kind"))
        systems = {str(crs): take_names.SYSTEMS[crs] for crs in SYSTEMS[kind]}
        crs = int(choose("crs", list(systems), systems, f"{self.key}_crs_{kind}"))
        edition = Edition(choose("edition", [*download.editions()], words, f"{self.key}_edition"))
        mark = "_public" if edition is Edition.PUBLIC else ""
        if mark:
            st.caption(words["public_note"])
        try:
            check(self.rows(), kind, edition)
        except GeoError as error:
            st.text(str(error))
            return
        name = f"{self.stem}_{crs}{mark}.{kind}"
        label = f"{words['download']} {parts.plain(name)}"  # a stale name would show
        make = partial(self._made, kind, crs, edition)
        download.button(
            label,
            make,
            name,
            key=f"{self.key}_take",
            edition=edition,
            told=download.of_rows(self.rows),
        )

    def _button(self, kind: FileKind, make: Callable[[], bytes]) -> None:
        download.button(
            take_names.KINDS[kind],
            make,
            f"{self.stem}.{kind}",
            key=f"{self.key}_{kind}",
            help=parts.t("table", "export"),
            type="tertiary",
            disabled=self.empty,
            told=download.of_rows(self.rows),
        )

    def _made(
        self, kind: FileKind, crs: int | None = None, edition: Edition = Edition.INTERNAL
    ) -> bytes:
        known = self.rows()
        tints = palette.tints(known, door.uses(), landuse.find)
        look = Look(self.title, parts.unit(), tints, seal=seal.of(door.zone()))
        return write(known, kind, look=look, crs=crs, edition=edition)
