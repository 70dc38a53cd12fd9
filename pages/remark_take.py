"""Remarks taken away: Excel for all, GeoJSON for those that have a place; internal edition only."""

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from geo import remarks
from geo.edition import highest
from geo.remarks import Remark
from layers import sheet
from pages import download, moment, parts, remark_words


def draw(found: Sequence[Remark], key: str, *, places: bool = True) -> None:
    """The buttons."""
    stem = f"{parts.t('remark', 'file' if places else 'file_feedback')}_{moment.today():%Y%m%d}"
    with st.container(key=key, horizontal=True):
        make = partial(_book, found, stem, remark_words.kinds(), remark_words.states())
        said = _told(found)
        download.button(
            "Excel", make, f"{stem}.xlsx", key=f"{key}_xlsx", type="tertiary", told=said
        )
        if places:
            body = partial(remarks.geojson, found)
            name = f"{stem}.geojson"
            said = _told([one for one in found if one.place])
            download.button("GeoJSON", body, name, key=f"{key}_geojson", type="tertiary", told=said)


def _told(found: Sequence[Remark]) -> Mapping[str, object]:
    """What the log says of remarks that are taken."""
    return {"rows": len(found), "secrecy": highest(one.secrecy for one in found)}


def _book(
    found: Sequence[Remark], title: str, kinds: dict[str, str], states: dict[str, str]
) -> bytes:
    about = {"导出": f"{moment.today():%Y-%m-%d}", "条数": str(len(found)), "用途": "内部"}
    return sheet.workbook(title[:31], remarks.columns(found, kinds, states), about)
