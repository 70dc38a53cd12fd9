"""A case as files: what other programs read now, and the documents an office files."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import geopandas as gpd
import streamlit as st

from geo import boundaries, casework, site
from geo.formats.write import FileKind, write
from geo.model import STORED_CRS, Boundaries, Grade, Source
from geo.zone import Zone
from layers.dossier import How, Paper, written
from layers.look import Look
from layers.picture import FontBook
from pages import door, download, parts, seal, site_book, site_words

_OURS = "办公室内部使用"


def buttons(zone: Zone, known: site_book.Open) -> None:
    """One button for each kind of file, and one that prints the page."""
    words, number = site_words.words(), known.case.number
    how = How(fonts(), parts.english(), _link(number))
    named = {Paper.PDF: "PDF", Paper.DOCX: "Word", Paper.XLSX: "Excel"}
    made: dict[str, tuple[str, Callable[[], bytes]]] = {
        **{
            label: (f"{number}.{kind.value}", partial(_paper, zone, known, kind, how))
            for kind, label in named.items()
        },
        "JSON": (f"{number}.json", partial(as_json, known)),
        words["take_txt"]: (f"{number}.txt", partial(_written, known, FileKind.TXT)),
        "DXF": (f"{number}.dxf", partial(_written, known, FileKind.DXF)),
        "GeoJSON": (f"{number}.geojson", partial(_written, known, FileKind.GEOJSON)),
    }
    st.caption(words["papers"])
    with st.container(key="zs_paper", horizontal=True, gap="xxsmall"):
        for label, (name, make) in made.items():
            key = f"site_take_{name.rpartition('.')[2]}"
            told = {"case": number, "version": known.case.version}
            download.button(label, make, name, key=key, type="tertiary", told=told)


def fonts() -> FontBook:
    """The fonts that came with the product."""
    room = door.ASSETS / "fonts"
    return FontBook(str(room / "NotoSansSC-Regular.ttf"), str(room / "NotoSansSC-Bold.ttf"))


def _link(number: str) -> str:
    """The address that opens a case."""
    here = str(st.context.url or "").partition("?")[0].rstrip("/")
    return f"{here.removesuffix('/site')}/site?case={number}" if here else ""


def _paper(zone: Zone, known: site_book.Open, kind: Paper, how: How) -> bytes:
    filed = casework.filed(zone, known.case, known.report)
    return written(replace(filed, seal=seal.of(zone, known.case.version)), kind, how)


def as_json(known: site_book.Open) -> bytes:
    """The case as the API tells it."""
    told = {"number": known.case.number, "version": known.case.version}
    row = told | {"example": known.case.example} | site.to_row(known.report)
    row |= {"head": seal.of(door.zone(), known.case.version).data}
    return json.dumps(row, ensure_ascii=False, indent=1).encode()


def _written(known: site_book.Open, kind: FileKind) -> bytes:
    asked = known.report.site
    sealed = seal.of(door.zone(), known.case.version)
    return write(_set(known), kind, look=Look(asked.name, parts.unit(), seal=sealed))


def _set(known: site_book.Open) -> Boundaries:
    """The site as a set of one area."""
    asked, case = known.report.site, known.case
    table = gpd.GeoDataFrame(
        {"id": [case.number], "name": [asked.name], "kind": [known.report.verdict.value]},
        geometry=[asked.shape],
        crs=STORED_CRS,
    )
    title = f"选址核查 {case.number}"
    return boundaries.make("site", table, Source(title, Grade.TRACED, _OURS, issued=case.on))
