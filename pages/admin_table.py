"""A plain table of texts, on the pages of administration; whatever a text holds, it is text."""

from collections.abc import Iterable, Sequence

import streamlit as st

from pages import parts
from pages.target_words import safe


def draw(
    heads: Sequence[str], rows: Iterable[Sequence[object]], look: str = "", title: str = ""
) -> None:
    """Rows under heads (keys of the section ``admin``); an empty cell is a dash."""
    words = parts.section("admin")
    head = "".join(f"<th>{safe(words[one])}</th>" for one in heads)
    top = f"<thead><tr>{head}</tr></thead>" if heads else ""
    body = "".join(f"<tr>{_cells(row)}</tr>" for row in rows)
    above = f'<h3 class="tsub">{safe(words[title])}</h3>' if title else ""
    st.html(f'{above}<table class="ttab adm {look}">{top}<tbody>{body}</tbody></table>')


def _cells(row: Sequence[object]) -> str:
    return "".join(f"<td>{safe('—' if cell in (None, '') else str(cell))}</td>" for cell in row)
