"""考核: each unit's score with all it rests on; the formula is the file's, shown in full."""

from collections.abc import Sequence

import streamlit as st

from geo import projects
from geo.projects import Formula, ScoreRow
from layers import project_score
from layers.project_score import Line
from pages import download, parts, project_file, project_table, project_words
from pages.project_book import Seen
from pages.project_table import Cell
from pages.target_words import safe


def show(seen: Seen) -> None:
    """Draw formula, totals and sheets."""
    words, formula = parts.section("project"), seen.rules.formula
    rows = projects.score(seen.register, seen.day, formula, seen.moment.known)
    st.html(_formula(formula))
    if not rows:
        st.info(words["score_none"])
        return
    lines = [line(one) for one in rows]
    said = words["score_day"].format(
        day=seen.day, year=seen.day.year, version=project_file.version(seen)
    )
    with st.container(key="pscore", horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="tnote">{safe(said)}</p>')
        download.button(
            words["download"],
            lambda: project_file.book(seen, lines),
            f"{words['score_file']}_{seen.day}.xlsx",
            key="pscore_xlsx",
            told={"day": seen.day.isoformat(), "rows": len(lines)},
        )
    units = {one.unit: one for one in lines}
    totals = sorted(units.values(), key=lambda one: (-one.total, one.unit))
    st.html(
        project_table.html(
            ("rank", "col_lead", "score_total", "summed"), _totals(totals, lines), "ptotals"
        )
    )
    for one in totals:
        with st.expander(f"{parts.plain(one.unit)}　{project_score.plain(one.total)}"):
            mine = [x for x in lines if x.unit == one.unit]
            st.html(
                project_table.html(
                    project_file.HEADS[1:6] + project_file.HEADS[8:], map(_cells, mine), "pscores"
                )
            )


def _formula(formula: Formula) -> str:
    words = parts.section("project")
    label = parts.say(formula.label, formula.label_en)
    terms = "".join(
        f"<li>{safe(parts.say(one.name, one.name_en))} × "
        f"<b>{project_score.plain(one.points)}</b></li>"
        for one in formula.items.values()
    )
    base = safe(words["formula"].format(base=project_score.plain(formula.base)))
    return (
        f'<div class="pformula"><p><span class="chip warn">{safe(label)}</span> {base}</p>'
        f"<ul>{terms}</ul><p>{safe(words['formula_file'])}</p></div>"
    )


def line(one: ScoreRow) -> Line:
    """A row in the reader's language."""
    name = parts.say(one.name, one.name_en)
    unit = project_words.office(one.unit)
    return Line(unit, name, one.inputs, one.count, one.weight, one.points, one.total)


def _totals(totals: Sequence[Line], lines: Sequence[Line]) -> list[list[Cell]]:
    return [
        [
            Cell(str(1 + sum(other.total > one.total for other in totals)), right=True),
            Cell(one.unit),
            Cell(project_score.plain(one.total), right=True),
            Cell(project_score.summed([x for x in lines if x.unit == one.unit])),
        ]
        for one in totals
    ]


def _cells(one: Line) -> list[Cell]:
    numbers = (str(one.count), project_score.plain(one.weight), project_score.plain(one.points))
    inputs = project_words.joined(one.inputs)
    return [
        Cell(one.item),
        *(Cell(text, right=True) for text in numbers),
        Cell(one.working),
        Cell(inputs),
    ]
