"""One target in full: working, flags in plain words, path, later facts, places, clauses."""

import streamlit as st

from geo.plan import Progress
from geo.units import half_up
from geo.zone import Zone
from pages import parts, target_address, target_facts, target_path, target_places
from pages.target_words import actual, gap, number, rate, safe, wanted, was


def show(zone: Zone, row: Progress) -> None:
    """Draw the panel."""
    words, target = parts.section("target"), row.target
    with st.container(key="tdetail_head", horizontal=True, vertical_alignment="top"):
        st.html(
            f'<h2 class="thead"><span>{safe(target.id)}</span> '
            f"{safe(parts.say(target.subject, target.subject_en))}</h2>"
        )
        st.button(words["close"], key="tdetail_close", on_click=target_address.forget)
    st.html(_figures(row) + _flags(row))
    target_path.show(row)
    _heading(words["facts"])
    target_facts.show(zone.plan, row)
    _heading(words["places"])
    target_places.buttons(zone, target_places.known(zone, target.entities), "tdetail")
    _heading(words["clauses"])
    target_places.clause_buttons(target.clauses, "tdetail")
    _belongs(zone, target.id)


def _heading(text: str) -> None:
    st.html(f'<h3 class="tsub">{safe(text)}</h3>')


def pairs(rows: list[tuple[str, str]]) -> str:
    """Names and values as a definition list; values are data and escaped here."""
    inner = "".join(f"<dt>{safe(name)}</dt><dd>{safe(value)}</dd>" for name, value in rows if value)
    return f'<dl class="tpairs">{inner}</dl>'


def _figures(row: Progress) -> str:
    words, target = parts.section("target"), row.target
    away = words[f"gap_{row.gap_from}"].format(gap=gap(row)) if row.gap is not None else gap(row)
    due = parts.say(target.by, target.by_en)
    return f'<p class="twant"><b>{safe(wanted(target))}</b> <span>{safe(due)}</span></p>' + pairs(
        [
            (words["baseline"], was(row)),
            (words["working"], _sum(row)),
            (words["actual"], actual(row)),
            (words["gap"], away),
            (words["rate"], rate(row)),
            (words["working"], _working(row)),
            (words["note"], parts.say(target.note, target.note_en)),
        ]
    )


def _sum(row: Progress) -> str:
    if row.baseline is None or len(row.baseline.baselines) < 2:
        return ""
    return row.baseline.working


def _working(row: Progress) -> str:
    """How the yearly need follows from baseline and target."""
    one, goal, due = row.baseline, row.target.value_low, row.target.by_year
    if row.rate is None or one is None or goal is None or due is None or one.year is None:
        return ""
    years, found = due - one.year, f"{half_up(row.rate, 2):f}"
    if row.target.unit == "%":
        return f"({number(goal)} − {number(one.value)}) ÷ {years} = {found}"
    return f"({number(goal)} ÷ {number(one.value)})^(1/{years}) − 1 = {found} %"


def _flags(row: Progress) -> str:
    words = parts.section("target")
    rows = "".join(
        f'<li><span class="chip warn">{safe(words[f"flag_{flag.code}"])}</span> '
        f"{safe(parts.say(flag.text, flag.text_en))}</li>"
        for flag in row.flags
    )
    return (
        f'<ul class="tflags" aria-label="{safe(words["said_flags"])}">{rows}</ul>' if rows else ""
    )


def _belongs(zone: Zone, target: str) -> None:
    """Major matters and open points that speak of the target."""
    words, plan = parts.section("target"), zone.plan
    matters = [f"{m.id} {parts.say(m.title, m.title_en)}" for m in plan.matters_of(target)]
    points = [f"{i.id} {parts.say(i.title, i.title_en)}" for i in plan.inconsistencies_of(target)]
    rows = [(words["matters"], text) for text in matters]
    rows += [(words["points"], text) for text in points]
    if rows:
        st.html(pairs(rows))
