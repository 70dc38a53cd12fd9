"""Forms of a project's progress: deadlines, steps done, monthly reports."""

from collections.abc import Sequence

import streamlit as st

from geo import projects
from geo.errors import DataError
from geo.model import Event
from geo.projects import Project, Stamp
from pages import moment, parts, project_state, project_words
from pages.project_book import HELD, Seen
from pages.project_made import Keys, Maker, id_of

_MONTHS = 24


def _step(seen: Seen, one: Project | None, key: str, *, open_: bool) -> str:
    steps = {s.id: s for s in one.steps if not (open_ and s.done)} if one else {}
    return st.selectbox(
        parts.t("project", "col_step"),
        list(steps),
        key=f"{key}_step",
        format_func=lambda id_: project_words.step(steps[id_]),
    )


def scheduled(seen: Seen, one: Project | None, keys: Keys) -> Maker:
    """A deadline set, changed or taken away."""
    words = parts.section("project")
    step = _step(seen, one, keys[0], open_=True)
    due = st.text_input(words["col_due"], key=f"{keys[0]}_due", help=words["due_help"])

    def make(stamp: Stamp) -> Sequence[Event]:
        try:
            return [projects.scheduled(id_of(one), step, due.strip() or None, stamp)]
        except ValueError as error:
            raise DataError(
                f"期限“{due}”应写作 2026-12-31、2026-12 或 2026", "PROJECT_DAY"
            ) from error

    return make


def done(seen: Seen, one: Project | None, keys: Keys) -> Maker:
    """A step finished on the day given."""
    step = _step(seen, one, keys[0], open_=True)
    return lambda stamp: [projects.done(id_of(one), step, stamp)]


def reported(_seen: Seen, one: Project | None, keys: Keys) -> Maker:
    """A month's report."""
    words = parts.section("project")
    months = project_state.months(moment.today(), _MONTHS)
    asked = HELD.get("month")
    at = months.index(asked) if asked in months else min(1, len(months) - 1)
    month = st.selectbox(words["month"], months, index=at, key=f"{keys[0]}_month")
    names = ("planned", "completed")
    typed = [
        st.number_input(
            f"{words[name]} ({project_words.unit('万元')})",
            min_value=0.0,
            value=None,
            step=100.0,
            format="%.2f",
            key=f"{keys[0]}_{name}",
        )
        for name in names
    ]
    text = st.text_area(words["progress"], key=f"{keys[0]}_text", height=80)
    money = (typed[0], typed[1])
    return lambda stamp: [projects.reported(id_of(one), month, money, text.strip(), stamp)]
