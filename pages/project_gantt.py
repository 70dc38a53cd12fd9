"""甘特: steps planned against done, a row a project; forty rows at a time."""

from collections.abc import Iterator, Sequence

import streamlit as st

from geo.projects import Project, Step
from layers import project_charts
from layers.project_charts import Point
from pages import parts, project_names, project_words
from pages.project_book import HELD, Seen
from pages.target_words import safe

_ROWS = 40
_WIDE, _NARROW = 1080, 660  # px of the chart without its names, on a small screen


def show(seen: Seen, found: Sequence[Project]) -> None:
    """Draw the chart of the projects that have a step in the time shown, and count the others."""
    words = parts.section("project")
    with st.container(key="pgantt_top", horizontal=True, vertical_alignment="center"):
        window = project_names.window(seen, [m.day for one in found for m in marks(seen, one)])
        marked = {one.id: [m for m in marks(seen, one) if window.holds(m.day)] for one in found}
        dated = [one for one in found if marked[one.id]]
        without = sum(not any(step.due or step.done for step in one.steps) for one in found)
        note = words["gantt_note"].format(
            number=len(dated), other=len(found) - len(dated) - without, without=without
        )
        st.html(f'<p class="tnote">{safe(note)}</p>')
    if not dated:
        st.info(words["gantt_empty"])
        return
    shown = _paged(dated)
    scale = (_NARROW if seen.chosen else _WIDE) / window.days
    points = [p for one in shown for p in project_names.labelled(marked[one.id], scale)]
    said = {key: words[f"chart_{key}"] for key in ("row", "step", "track_name", "told", "why")}
    said |= {key: words[f"chart_{key}"] for key in ("plan", "done", "late", "today")}
    spec = project_charts.gantt(points, [row(one) for one in shown], window, said)
    with st.container(key="pgantt"):
        st.vega_lite_chart(spec, width="stretch", key="pgantt_chart", alt=words["view_gantt"])


def row(one: Project) -> str:
    """How a project is called on its row."""
    return f"{one.id} {project_words.name(one)}"


def marks(seen: Seen, one: Project) -> Iterator[Point]:
    """A point for every deadline in force and every step done."""
    for step in one.steps:
        light = project_words.light(step.colour)
        head = (project_words.step(step), project_words.why(step.why))
        look = (light.ink, light.shape, light.letter)
        if step.due:
            day = step.due.day.isoformat()
            yield Point(row(one), "plan", head[0], day, str(step.due), head[1], *look)
            if step.why == "late":
                end = seen.day.isoformat()
                yield Point(row(one), "late", head[0], end, end, head[1], *look, start=day)
        if step.done:
            day, told = step.done.when.day.isoformat(), str(step.done.when)
            yield Point(
                row(one), "done", head[0], day, told, head[1], *look, start=_late_from(step)
            )


def _late_from(step: Step) -> str:
    """The deadline that a step done late had missed; empty if it was in time."""
    missed = step.due and step.done and step.marks and step.due.day < step.done.when.day
    return step.due.day.isoformat() if missed and step.due else ""


def _paged(dated: Sequence[Project]) -> Sequence[Project]:
    pages = -(-len(dated) // _ROWS)
    if pages < 2:
        return dated
    asked = HELD.get("page", "1")
    st.session_state["pg_page"] = min(int(asked) if asked.isdecimal() else 1, pages) or 1
    at = st.pagination(pages, key="pg_page", on_change=HELD.hear("page", "pg_page"))
    return dated[(at - 1) * _ROWS : at * _ROWS]
