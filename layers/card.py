"""The card of one feature as safe HTML: every value is escaped where it enters.

The page decides what stands on the card; this says how a line of it looks.
"""

from collections.abc import Iterable
from html import escape

from geo.model import Grade, Hit
from geo.units import AreaUnit, format_area, format_length, half_up, to_unit
from layers.style import GRADE_LABEL

_ROUGH = (Grade.SCHEMATIC, Grade.TRACED)


def chip(grade: Grade, *, english: bool) -> str:
    """The badge of a grade."""
    return f'<span class="zm-grade {grade.value}">{escape(GRADE_LABEL[grade][english])}</span>'


def heading(name: str, grade: Grade | None, line: str, *, english: bool) -> str:
    """Name, badge, and one line of what it is."""
    badge = chip(grade, english=english) if grade else ""
    return (
        f'<div class="zc-head"><h3>{escape(name)}</h3>{badge}</div>'
        f'<div class="zc-sub">{escape(line)}</div>'
    )


def sizes(hit: Hit, unit: AreaUnit, labels: dict[str, str], *, english: bool) -> str:
    """Area in the reader's unit large, in the others small; stated area and difference."""
    rows = []
    about = hit.grade in _ROUGH
    if hit.area_m2 is not None:
        rows.append(_big(format_area(hit.area_m2, unit, english=english, about=about)))
        others = [one for one in AreaUnit if one is not unit]
        text = " · ".join(format_area(hit.area_m2, one, english=english) for one in others)
        rows.append(f'<div class="zc-sub">{escape(text)}</div>')
    if hit.share_m2 is not None and hit.area_m2 is not None:
        part = half_up(100 * hit.share_m2 / hit.area_m2, 1)
        text = f"{format_area(hit.share_m2, unit, english=english)} ({part} %)"
        rows.append(line(labels["share"], text))
    if hit.length_m is not None:
        rows.append(_big(format_length(hit.length_m, english=english, about=about)))
    if hit.declared_m2 is not None:
        rows.append(line(labels["declared"], declared(hit, unit, english=english)))
    if hit.error_m:
        text = format_length(hit.error_m, english=english)
        rows.append(line(labels["error"], f"± {text}"))
    return "".join(rows)


def declared(hit: Hit, unit: AreaUnit, *, english: bool) -> str:
    """The stated area, and how far the drawn one is from it."""
    stated = hit.declared_m2 or 0.0
    text = format_area(stated, unit, english=english)
    if hit.area_m2 is None or not stated:
        return text
    percent = half_up(100 * (hit.area_m2 - stated) / stated, 1)
    if not percent:
        return text
    moved = half_up(to_unit(hit.area_m2 - stated, unit), 1)
    word = "drawn" if english else "图上差"
    return f"{text} ({word} {moved:+,} , {percent:+} %)".replace(" ,", ",")


def line(label: str, value: str) -> str:
    """A label and its value on one line."""
    return f'<div class="zc-row"><span>{escape(label)}</span><span>{escape(value)}</span></div>'


def notes(rows: Iterable[tuple[str, str, str]]) -> str:
    """A list of small entries: what, value, and a soft line below (source, note)."""
    return "".join(
        f'<div class="zc-note"><b>{escape(what)}</b> {escape(value)}'
        + (f"<div>{escape(below)}</div>" if below else "")
        + "</div>"
        for what, value, below in rows
    )


def prose(text: str) -> str:
    """A paragraph."""
    return f'<div class="zc-prose">{escape(text)}</div>'


def _big(text: str) -> str:
    return f'<div class="zc-big">{escape(text)}</div>'
