"""Weights of a use from comparisons in pairs (AHP), with the consistency of the comparisons."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import streamlit as st

from geo.scenario import Definition, Prepared, Use
from geo.terrain import ahp
from geo.terrain.ahp import Weighing
from pages import scenario_form, scenario_uses, scenario_words
from pages.target_words import safe

MOST = 7  # factors compared on a screen
_SCALE = {**{str(n): float(n) for n in range(1, 10)}, **{f"1/{n}": 1 / n for n in range(2, 10)}}


def near(names: Sequence[str], known: Mapping[str, float]) -> dict[str, float]:
    """Comparisons on Saaty's scale nearest to some weights."""
    found = {}
    for one, other in combinations(names, 2):
        times = known[one] / known[other]
        found[f"{one}:{other}"] = min(_SCALE.values(), key=lambda step: abs(step / times - 1))
    return found


def show(use: Use, prepared: Prepared | None) -> None:
    """Draw the comparisons, the matrix they make, weights and consistency."""
    words, config, pairs = scenario_words.words(), st.column_config, dict(use.pairs or {})
    names = list(dict.fromkeys(name for pair in pairs for name in pair.split(":")))
    keys = list(pairs)
    rows = [
        {
            "one": scenario_words.factor(pair.split(":")[0]),
            "times": _written(times),
            "other": scenario_words.factor(pair.split(":")[1]),
        }
        for pair, times in pairs.items()
    ]

    def make(draft: Definition, said: list[dict[str, Any]]) -> Definition:
        new = {keys[row["at"]]: _SCALE[row["times"]] for row in said}
        return scenario_uses.with_use(draft, use.id, {"pairs": new})

    columns = {
        "one": config.TextColumn(words["col_factor"], disabled=True, width=190),
        "times": config.SelectboxColumn(
            words["col_times"], options=list(_SCALE), required=True, width=90
        ),
        "other": config.TextColumn(words["col_than"], disabled=True, width=190),
    }
    scenario_form.table(f"pairs_{use.id}", rows, columns, make)
    found = prepared.weighings.get(use.id) if prepared else None
    if found is not None:
        _matrix(names, pairs, found)


def _matrix(names: Sequence[str], pairs: Mapping[str, float], found: Weighing) -> None:
    words = scenario_words.words()
    judged = {(pair.split(":")[0], pair.split(":")[1]): t for pair, t in pairs.items()}
    matrix = ahp.filled(names, judged)
    heads = "".join(f"<th>{safe(scenario_words.factor(one))}</th>" for one in names)
    rows = ""
    for i, one in enumerate(names):
        cells = "".join(f"<td>{_written(float(times))}</td>" for times in matrix[i])
        share = f"{100 * found.weights[one]:.1f}%"
        rows += (
            f"<tr><td>{safe(scenario_words.factor(one))}</td>{cells}<td><b>{share}</b></td></tr>"
        )
    head = f"<tr><th></th>{heads}<th>{safe(words['col_weight'])}</th></tr>"
    st.html(f'<table class="ctab"><thead>{head}</thead><tbody>{rows}</tbody></table>')
    text = words["ratio_good" if found.consistent else "ratio_bad"]
    told = text.format(ratio=f"{found.ratio:.3f}", greatest=f"{found.greatest:.3f}")
    if not found.consistent and found.doubtful:
        one, other, times = found.doubtful
        pair = f"{scenario_words.factor(one)} : {scenario_words.factor(other)}"
        told += " " + words["ratio_doubt"].format(pair=pair, times=f"{times:.2g}")
    st.html(f'<p class="{"cgood" if found.consistent else "cbad"}">{safe(told)}</p>')


def _written(times: float) -> str:
    return min(_SCALE, key=lambda one: abs(_SCALE[one] - times))
