"""Two to six sites side by side: the same rows, the best cell of each marked."""

from collections.abc import Iterator

import streamlit as st

from geo import casework, site
from geo.site import Answer, Row, Verdict
from geo.zone import Zone
from layers import site_html
from pages import parts, site_book, site_state, site_words

_AREAS = ("area_m2", "net_m2")
_OWN = ("verdict", "area_m2", "net_m2", "bans", "limits")
Cells = tuple[str, list[tuple[str, str]], tuple[int, ...]]


def draw(zone: Zone) -> None:
    """The table, and the way back."""
    words, state = site_words.words(), site_state.now()
    known = [site_book.opened(zone, number) for number in state.compared]
    with st.container(key="zs_compare_top", horizontal=True):
        st.html(site_html.heading(words["compared"], len(known)))
        st.button(words["back"], key="site_compare_back", on_click=_back)
    heads = [f"{one.case.number} {one.report.site.name}" for one in known]
    st.caption(words["best_note"])
    st.html(site_html.compared(heads, _rows([one.report for one in known])))


def _back() -> None:
    site_state.now().compared = ()


def _rows(reports: list[site.SiteReport]) -> Iterator[Cells]:
    words = site_words.words()
    for row in site.compare(reports):
        title = words[f"row_{row.key}"] if row.key in _OWN else parts.say(row.title, row.title_en)
        yield title, [_cell(row, i) for i in range(len(row.cells))], row.best


def _cell(row: Row, place: int) -> tuple[str, str]:
    cell, amount = row.cells[place], row.amounts[place]
    if isinstance(cell, Verdict):
        return cell.name, site_words.named(cell)
    if isinstance(cell, Answer):
        return cell.name, " ".join([site_words.named(cell), _amount(row, amount)])
    if isinstance(cell, float) and row.key in _AREAS:
        return "", site_words.extent(cell)
    return "", "—" if cell is None else f"{cell:g}" if isinstance(cell, float | int) else cell


def _amount(row: Row, amount: float | None) -> str:
    """A distance or an area: the kind of rule tells which, so a rule of distances is asked."""
    if not amount:
        return ""
    return site_words.metres(amount) if row.key in _distances() else site_words.extent(amount)


def _distances() -> frozenset[str]:
    return frozenset(one.id for one in casework.rules().rules if one.kind == "distance")
