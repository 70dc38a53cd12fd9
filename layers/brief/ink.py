"""Inks of what a meeting shows: stages, lights and kinds of change, as a record names them."""

import re
from collections.abc import Mapping

from geo.errors import DataError
from layers import project_look, supply_look
from layers.brief.values import Chart, ChartKind
from layers.style import Ink, Palette

# New in green and blue, what needs a word in red and orange; greys stay apart in the same order.
CHANGES: Mapping[str, Ink] = {
    "new": Ink("#2F78BD", "#0072B2", "#4A4A4A"),
    "moved": Ink("#E8B93C", "#E69F00", "#A8A8A8"),
    "late": Ink("#C62828", "#D55E00", "#2E2E2E"),
    "recovered": Ink("#2E8B57", "#009E73", "#6E6E6E"),
    "left": Ink("#8A94A0", "#8A94A0", "#C4C4C4"),
    "replaced": Ink("#7A3E9D", "#CC79A7", "#8A8A8A"),
    "target": Ink("#1E5688", "#33658A", "#5E5E5E"),
    "same": Ink("#D5D9DE", "#D5D9DE", "#E4E4E4"),
}
# Of the lines of a chart that names none: one strong, the others around it.
SERIES = (
    Ink("#1F5FA8", "#0072B2", "#4A4A4A"),
    Ink("#B8C4CF", "#B9BFC6", "#C9C9C9"),
    Ink("#E0A100", "#E69F00", "#8E8E8E"),
    Ink("#2E8B57", "#009E73", "#6E6E6E"),
    Ink("#7A3E9D", "#CC79A7", "#A8A8A8"),
    Ink("#C62828", "#D55E00", "#2E2E2E"),
)
HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_OWN = "ink:"


def ink(look: str, key: str) -> Ink:
    """The ink of a class: `look` is ``supply``, ``project``, ``change`` or ``ink:#…,#…,#…``.

    Raises `DataError` BRIEF_INK where look or key is none of ours.
    """
    if look.startswith(_OWN):
        parts = look.removeprefix(_OWN).split(",")
        if len(parts) == 3 and all(HEX.fullmatch(one) for one in parts):
            return Ink(*parts)
    if look == "supply":
        return supply_look.ink(key)
    known = {"project": project_look.INKS, "change": CHANGES}.get(look, {})
    if key in known:
        return known[key]
    raise DataError(f"类别 {key} 的配色“{look}”无法识别，请检查着色设置", "BRIEF_INK")


def shown(color: str, palette: Palette) -> str:
    """A colour of a chart (#RRGGBB) in a palette: as our tables have it, else as its own grey."""
    if palette is Palette.STANDARD:
        return color
    known = _KNOWN.get(color.upper())
    if known:
        return str(getattr(known, palette.value))
    if palette is Palette.SAFE:
        return color
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + f"{round(0.299 * red + 0.587 * green + 0.114 * blue):02X}" * 3


def of_chart(chart: Chart, palette: Palette) -> list[list[str]]:
    """Per series of a chart the colour of each of its values, in a palette."""
    out = []
    for number, one in enumerate(chart.series):
        single = chart.kind is ChartKind.DOUGHNUT
        own = one.inks or tuple(
            one.ink or SERIES[(at if single else number) % len(SERIES)].standard
            for at in range(len(chart.categories))
        )
        out.append([shown(color, palette) for color in own])
    return out


_KNOWN: Mapping[str, Ink] = {
    one.standard.upper(): one
    for table in (supply_look.INKS.values(), CHANGES.values(), SERIES, project_look.INKS.values())
    for one in table
}  # where two tables share a colour, that of the lights of projects counts
