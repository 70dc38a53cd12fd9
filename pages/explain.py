"""What a fault is, for readers of English: our sentence first, the Chinese one with its values.

Messages are Chinese, as logs and files have them; the English sentence is found by the code.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from html import escape

import streamlit as st

from geo.errors import GeoError
from pages import door

_SHOWN = 20  # faults of a refused table that are told on the page


@cache
def sentences() -> Mapping[str, str]:
    """Every code with its sentence."""
    path = door.ROOT / "pages" / "words" / "english" / "error.toml"
    return tomllib.loads(path.read_text("utf-8"))


def beside(code: str, message: str, *, english: bool) -> str:
    """A message in one line of plain text; in English behind its sentence."""
    known = sentences().get(code, "") if english else ""
    return f"{known} 【{message}】" if known else message


def html(code: str, message: str, *, english: bool) -> str:
    """A message as HTML; in English beneath its sentence, small."""
    known = sentences().get(code, "") if english else ""
    own = escape(message)
    return f'{escape(known)}<small lang="zh-CN">{own}</small>' if known else own


def sentence(error: GeoError, *, english: bool) -> None:
    """Draw what an error says as a whole."""
    if english:
        st.html(f'<p class="x-said">{html(error.code, str(error), english=True)}</p>')
    else:
        st.text(str(error))


def faults(error: GeoError, *, english: bool) -> None:
    """Draw each fault of a table with its row, field and value."""
    for issue in error.issues[:_SHOWN]:
        where = f"{issue.row or ''} {issue.field} {issue.value}".strip()
        if english:
            own = html(issue.code, issue.message, english=True)
            st.html(f'<p class="x-said"><span lang="zh-CN">{escape(where)}</span> {own}</p>')
        else:
            st.text(f"{where} {issue.message}".strip())
