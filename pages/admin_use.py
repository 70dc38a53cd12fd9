"""How much the product is used: figures, a chart by day, a table by what was done."""

from collections.abc import Mapping

import streamlit as st

from geo import remarks
from geo.people import Act
from geo.remarks import Uses
from layers import use_chart
from pages import board, door, moment, parts, rights, tabs, tally, who
from pages.target_words import safe

_SPANS = ("7", "30", "90", "365")


def draw() -> None:
    """What was counted; with fewer than three people only sums are told, in all or of a day."""
    rights.require(Act.SETTINGS)
    words = parts.section("use")
    if not door.given().statistics:
        st.info(words["off"])
        return
    tally.flush()
    span = tabs.one_of(words["span"], {one: words[f"span_{one}"] for one in _SPANS}, "use_span")
    office = who.book()
    signed = None if office is None else office.log()
    found = remarks.uses(board.needed().board.uses, moment.today(), int(span), signed)
    _figures(found, words)
    st.caption(words["note"])
    if not found.broken_down:
        st.info(words["few"].format(n=remarks.FEWEST))
        return
    names = {what: name(what) for what in found.sums}
    rows = [
        (day.isoformat(), names[what], count)
        for day, counts in found.daily.items()
        for what, count in counts.items()
    ]
    days = [day.isoformat() for day in found.days]
    if rows:
        titles = {"day": words["day"], "what": words["what"], "count": words["count"]}
        chart = use_chart.daily(rows, days, titles, words["chart"])
        st.vega_lite_chart(chart, width="stretch", key="use_chart", alt=words["chart"])
    if found.untold:
        st.caption(words["untold"].format(days=len(found.untold), n=remarks.FEWEST))
    _table(found, names, words)


def name(what: str) -> str:
    """What was counted, in words: a page by its name in the navigation."""
    page = what.removeprefix("page_")
    if page != what and page in door.words()["app"]:
        return parts.t("use", "opened").format(page=parts.t("app", page))
    return parts.section("use").get(f"did_{what}", what)


def _figures(found: Uses, words: Mapping[str, str]) -> None:
    sums = found.sums
    pages = sum(n for what, n in sums.items() if what.startswith("page_"))
    told = {"pages": str(pages)} | {
        one: str(sums.get(one, 0)) for one in ("check", "export", "show")
    }
    if found.total is not None:
        few = words["fewer"].format(n=remarks.FEWEST)
        told["people"] = str(found.total) if found.broken_down else few
    shown = "".join(
        f"<div><dt>{safe(words[f'did_{one}'])}</dt><dd><b>{safe(n)}</b></dd></div>"
        for one, n in told.items()
    )
    st.html(f'<dl class="tfigures">{shown}</dl>')


def _table(found: Uses, names: Mapping[str, str], words: Mapping[str, str]) -> None:
    """Sums by what was done."""
    whole = sum(found.sums.values())
    body = "".join(
        f"<tr><td>{safe(names[what])}</td><td>{n:,}</td><td>{n / whole:.0%}</td></tr>"
        for what, n in found.sums.items()
    )
    head = "".join(f"<th>{safe(words[one])}</th>" for one in ("what", "count", "share"))
    if body:
        table = f'<table class="ttab adm adm-use"><thead><tr>{head}</tr></thead>'
        st.html(f"{table}<tbody>{body}</tbody></table>")
    else:
        st.caption(words["none"])
