"""What a page printed by the browser says of itself: title, day, version, check value, example."""

from html import escape

import streamlit as st

from geo.zone import Zone
from pages import moment, parts, seal


def draw(zone: Zone) -> None:
    """A head that only paper shows; its words are attributes, so that no screen reads them."""
    words = parts.section("print")
    told = [
        f"{words['printed']} {moment.today().isoformat()}",
        f"{parts.t('app', 'version')} {zone.version}",
        seal.of(zone).say(english=parts.english()),
    ]
    mark, note = parts.t("app", "example"), parts.t("app", "example_note")
    example = _said("mark", mark) + _said("p", note) if zone.example else ""
    lines = _said("p", " · ".join(one for one in told if one)) + _said("p", words["caution"])
    title = _said("h1", parts.t("app", "title"))
    st.html(f'<div class="zx-print" aria-hidden="true">{title}{example}{lines}</div>')


def _said(tag: str, text: str) -> str:
    return f'<{tag} data-said="{escape(text, quote=True)}"></{tag}>'
