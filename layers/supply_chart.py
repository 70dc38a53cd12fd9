"""Charts of the supply ledger: stacked bars by stage, plan against actual. Values are given."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

_BAR = 26  # px of a bar and the space around it
_PLAIN = ",.2~f"  # never 1e+3


def stacked(
    rows: pd.DataFrame, colors: Mapping[str, str], titles: Mapping[str, str], about: str
) -> Any:
    """Bars of `group` in parts of `part`, `value` long; parts in the order of `colors`.

    `titles` are the words for group, part, value and count in the reader's language.
    """
    order = {name: at for at, name in enumerate(colors)}
    data = rows.assign(order=[order[name] for name in rows["part"]])
    groups = list(dict.fromkeys(data["group"]))
    return (
        alt.Chart(data)
        .mark_bar(stroke="#FFFFFF", strokeWidth=0.5)
        .encode(
            y=alt.Y(
                "group:N",
                sort=groups,
                title=None,
                axis=alt.Axis(labelLimit=240, ticks=False, labelOverlap=False),
            ),
            x=alt.X("value:Q", title=titles["value"], axis=alt.Axis(format=_PLAIN, tickCount=6)),
            color=alt.Color(
                "part:N",
                scale=alt.Scale(domain=list(colors), range=list(colors.values())),
                legend=None,
            ),
            order="order:Q",
            tooltip=[
                alt.Tooltip("group:N", title=titles["group"]),
                alt.Tooltip("part:N", title=titles["part"]),
                alt.Tooltip("count:Q", title=titles["count"], format=","),
                alt.Tooltip("text:N", title=titles["value"]),
            ],
        )
        .properties(height=max(len(groups), 2) * _BAR + 40, description=about)
    )


def beside(rows: pd.DataFrame, colors: Sequence[str], titles: Mapping[str, str], about: str) -> Any:
    """For each `group` the `value` of each `part` side by side, in the order they come."""
    parts = list(dict.fromkeys(rows["part"]))
    return (
        alt.Chart(rows)
        .mark_bar()
        .encode(
            x=alt.X(
                "group:N",
                sort=list(dict.fromkeys(rows["group"])),
                title=None,
                axis=alt.Axis(labelAngle=0, ticks=False, labelLimit=160),
            ),
            xOffset=alt.XOffset("part:N", sort=parts),
            y=alt.Y("value:Q", title=titles["value"], axis=alt.Axis(format=_PLAIN, tickCount=5)),
            color=alt.Color(
                "part:N",
                scale=alt.Scale(domain=parts, range=list(colors)),
                legend=alt.Legend(orient="top", title=None),
            ),
            tooltip=[
                alt.Tooltip("group:N", title=titles["group"]),
                alt.Tooltip("part:N", title=titles["part"]),
                alt.Tooltip("text:N", title=titles["value"]),
            ],
        )
        .properties(height=260, description=about)
    )
