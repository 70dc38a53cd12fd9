"""Curves of a use: what a value of a factor is worth, edited point by point, with a picture."""

from typing import Any

import numpy as np
import streamlit as st

from geo.scenario import Definition, Prepared, Use
from geo.scenario.score import template
from geo.terrain import recipe
from geo.terrain.curve import Curve, Scale
from layers import curve_chart
from pages import scenario_form, scenario_state, scenario_uses, scenario_words
from pages.target_words import safe


def show(use: Use, weights: dict[str, float], prepared: Prepared | None) -> None:
    """Draw the factor chosen: its picture, its points, and the way back to the template."""
    words = scenario_words.words()
    names = [one for one in weights if weights[one] > 0 and scale(use, one) is not None]
    if not names:
        return
    st.html(f'<h3 class="tsub">{safe(words["curves"])}</h3>')
    say = scenario_words.factor
    chosen = st.selectbox(words["col_factor"], names, format_func=say, key="c_curve")
    name = chosen if chosen in names else names[0]
    found = scale(use, name)
    if isinstance(found, Curve):
        values = prepared.factors.get(name, np.empty(0)) if prepared else np.empty(0)
        title = scenario_words.factor(name)
        st.image(curve_chart.svg(found.points, np.asarray(values, dtype=float), title), width=420)
    if found is not None:
        _table(use, name, found)
    if name in use.scales:

        def act() -> None:
            scenario_state.change(lambda old: reset(old, use.id, name))

        st.button(words["curve_back"], key=scenario_form.key("curve"), on_click=act)
    st.html(f'<p class="tnote">{safe(words["curve_note"])}</p>')


def scale(use: Use, name: str) -> Scale | None:
    """The scale of a factor as it counts for a use: its own, else the template's."""
    if name in use.scales:
        return recipe.scale(use.scales[name])
    start = template().recipes.get(use.like or use.code[:2])
    own = start.scales.get(name) if start else None
    return own or template().scales.get(name)


def _table(use: Use, name: str, found: Scale) -> None:
    words, config = scenario_words.words(), st.column_config
    step = None if isinstance(found, Curve) else 1
    pairs = found.points if isinstance(found, Curve) else found.points.items()
    rows = [{"value": float(value), "points": float(points)} for value, points in pairs]
    label = words["curve_value" if isinstance(found, Curve) else "curve_class"]
    columns = {
        "value": config.NumberColumn(label, required=True, step=step, width=140),
        "points": config.NumberColumn(
            words["curve_points"], required=True, min_value=0, max_value=100, width=120
        ),
    }

    def make(draft: Definition, said: list[dict[str, Any]]) -> Definition:
        return made(draft, (use.id, name), said, found)

    scenario_form.table(f"curve_{use.id}_{name}", rows, columns, make, may="dynamic")


def made(
    draft: Definition, which: tuple[str, str], said: list[dict[str, Any]], was: Scale
) -> Definition:
    """The draft with a scale as its rows say, in the order of values. Raises `DataError` CURVE."""
    id_, name = which
    pairs = [
        (scenario_form.number(row.get("value")), scenario_form.number(row.get("points")))
        for row in said
    ]
    known = sorted((v, p) for v, p in pairs if v is not None and p is not None)
    new: Any = [list(pair) for pair in known]
    if not isinstance(was, Curve):
        new = {str(int(v)): p for v, p in known}
        new |= {} if was.others is None else {"others": was.others}
    recipe.scale(new)
    use = next(one for one in draft.uses if one.id == id_)
    return scenario_uses.with_use(draft, id_, {"scales": {**_plain(use), name: new}})


def reset(draft: Definition, id_: str, name: str) -> Definition:
    """The draft with the template's scale again."""
    use = next(one for one in draft.uses if one.id == id_)
    held = {key: value for key, value in _plain(use).items() if key != name}
    return scenario_uses.with_use(draft, id_, {"scales": held})


def _plain(use: Use) -> dict[str, Any]:
    found: dict[str, Any] = use.model_dump(mode="json")["scales"]
    return found
