"""A tornado: how far each of several things moves one figure, down and up, as rows of bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Swing:
    """One row: what it is, the figure's change in percent with less and with more of it.

    `cells` stand beside the bars.
    """

    name: str
    low_pct: float
    high_pct: float
    cells: tuple[str, ...] = ()


def html(swings: Sequence[Swing], heads: Sequence[str], sides: tuple[str, str]) -> str:
    """A table; `heads` of its columns, `sides` say what the two colours mean.

    All bars share one scale, from the middle to the largest change either way.
    """
    most = max((abs(v) for one in swings for v in (one.low_pct, one.high_pct)), default=0.0) or 1.0
    rows = "".join(
        f"<tr><td>{escape(one.name)}</td><td>{_bars(one, most)}</td>"
        + "".join(f"<td>{escape(cell)}</td>" for cell in one.cells)
        + "</tr>"
        for one in swings
    )
    low, high = (escape(one) for one in sides)
    key = f'<p class="tn-key"><i class="tn-low"></i>{low} <i class="tn-high"></i>{high}</p>'
    told = "".join(f"<th>{escape(one)}</th>" for one in heads)
    return (
        f'{key}<table class="ctab tn"><thead><tr>{told}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _bars(one: Swing, most: float) -> str:
    """Two bars from the middle, one above the other, each with its figure."""
    return (
        '<div class="tn-row">'
        + "".join(
            f'<span class="tn-{side}" style="{_place(value / most)}"></span>'
            f'<b class="tn-{side}-said" style="{_said(value / most)}">{_pct(value)}</b>'
            for side, value in (("low", one.low_pct), ("high", one.high_pct))
        )
        + "</div>"
    )


def _place(part: float) -> str:
    """Left end and width in percent of the cell; a bar takes up to 30 to each side."""
    long = 30 * abs(part)
    return f"left:{50 - (long if part < 0 else 0):.1f}%;width:{long:.1f}%"


def _said(part: float) -> str:
    """The figure stands at the outer end of its bar."""
    long = 30 * abs(part)
    side = "right" if part < 0 else "left"
    return f"{side}:{50 + long + 1:.1f}%"


def _pct(value: float) -> str:
    """A change in percent; never a negative zero."""
    return f"{round(value, 2) + 0.0:+.2f}%"
