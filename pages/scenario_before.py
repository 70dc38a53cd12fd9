"""Kind by kind: how much land before, how much after, and the difference with its sign."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from geo.allocate import Flow
from geo.scenario.land import counted
from geo.units import DECIMALS, AreaUnit
from pages import parts, scenario_words, supply_words
from pages.target_words import safe

_STAYS = ("unused", "undecided")  # land that no use of the plan takes keeps its present class


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of land in the reader's unit; the differences of all lines add up to nought."""

    name: str
    before: Decimal
    after: Decimal

    @property
    def change(self) -> Decimal:
        """What is gained, below nought what is lost."""
        return self.after - self.before


def lines(flow: Flow, unit: AreaUnit) -> tuple[list[Line], list[Line]]:
    """Present classes, of which what no use takes stays; and uses, which begin with nothing.

    The survey of the present does not tell these uses apart, so none of its land is counted as
    theirs before.
    """
    cells = flow.rounded(unit, DECIMALS[unit])
    stays = [j for j, name in enumerate(flow.columns) if name in _STAYS]
    zero = Decimal(0)
    classes = [
        Line(name, sum(row, zero), sum((row[j] for j in stays), zero))
        for name, row in zip(flow.rows, cells, strict=True)
    ]
    uses = [
        Line(name, zero, sum((row[j] for row in cells), zero))
        for j, name in enumerate(flow.columns)
        if j not in stays
    ]
    return [one for one in classes if one.before], [one for one in uses if one.after]


def table(flow: Flow, names: Mapping[str, str]) -> str:
    """The table: present classes with their codes of 2023, then the uses of the plan."""
    words = scenario_words.words()
    classes, uses = lines(flow, parts.unit())
    comma = ", " if parts.english() else "、"
    codes = {one.name: comma.join(one.codes) for one in counted().classes}
    rows = "".join(_row(one, names, codes.get(one.name, "")) for one in (*classes, *uses))
    keys = ("kind", "before", "after", "change")
    heads = "".join(f"<th>{safe(words[f'h_{key}'])}</th>" for key in keys)
    return (
        f'<h3 class="tsub">{safe(words["before_after"])}（{safe(supply_words.sign())}）</h3>'
        f'<table class="ctab cflow cbefore"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>'
        f'</table><p class="tnote">{safe(words["before_note"])}</p>'
    )


def _row(one: Line, names: Mapping[str, str], code: str) -> str:
    small = f"<small>{safe(code)}</small>" if code else ""
    kind, told = sign(one.change)
    return (
        f"<tr><td>{safe(names.get(one.name, one.name))}{small}</td><td>{one.before:,}</td>"
        f'<td>{one.after:,}</td><td class="{kind}">{told}</td></tr>'
    )


def sign(change: Decimal) -> tuple[str, str]:
    """A difference in a colour, and with a sign that needs none."""
    if change > 0:
        return "yes", f"▲ {change:,}"
    return ("no", f"▼ {-change:,}") if change < 0 else ("", "—")
