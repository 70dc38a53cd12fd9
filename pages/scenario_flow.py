"""From→to tables in the reader's unit, rounded so that rows, columns and the whole add up."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from geo import scenario
from geo.allocate import Flow
from geo.scenario import Comparison, wording
from geo.scenario.land import counted
from geo.units import DECIMALS
from pages import parts, scenario_before, scenario_map, scenario_words, supply_words
from pages.scenario_book import Found
from pages.target_words import safe

_MOST = 12  # kinds of change that are told


def present(found: Found) -> str:
    """From the present classes to the uses of a scenario."""
    words = scenario_words.words()
    names = {one.name: parts.say(one.name, one.name_en) for one in counted().classes}
    names |= {one.id: scenario_words.use(one) for one in found.outcome.prepared.labels}
    span = wording.span(found.outcome, english=parts.english())
    title = words["flow_span"].format(title=words["flow_present"], span=span)
    flow = scenario.from_present(found.outcome)
    before = scenario_before.table(flow, {**names, "unknown": words["unknown"]})
    return before + table(flow, names, title if span else words["flow_present"])


def table(flow: Flow, names: Mapping[str, str], title: str) -> str:
    """A flow as a table with sums; rows and columns without land are left out."""
    words, unit = scenario_words.words(), parts.unit()
    cells = flow.rounded(unit, DECIMALS[unit])
    special = {key: words[key] for key in ("unused", "undecided", "unknown")}
    said = {**names, **special}
    columns = [j for j in range(len(flow.columns)) if any(row[j] for row in cells)]
    heads = "".join(f"<th>{safe(said.get(flow.columns[j], flow.columns[j]))}</th>" for j in columns)
    body = "".join(
        _row(said.get(name, name), [row[j] for j in columns])
        for name, row in zip(flow.rows, cells, strict=True)
        if any(row)
    )
    sums = [sum((row[j] for row in cells), Decimal(0)) for j in columns]
    return (
        f'<h3 class="tsub">{safe(title)}（{safe(supply_words.sign())}）</h3>'
        f'<table class="ctab cflow"><thead><tr><th></th>{heads}<th>{safe(words["total"])}</th></tr>'
        f"</thead><tbody>{body}{_row(words['total'], sums, total=True)}</tbody></table>"
    )


def changes(found: Comparison) -> str:
    """Which use became which, most land first, in the colours of the map."""
    words = scenario_words.words()
    if not found.changes:
        return f'<p class="cgood">{safe(words["no_change"])}</p>'
    names = {label.id: scenario_words.use(label) for label in found.labels}
    names |= {"unused": words["unused"], "undecided": words["undecided"]}
    rows = "".join(
        f"<li>{scenario_words.swatch(scenario_map.change_ink(i))}"
        f"{safe(names[start])} → {safe(names[end])} <b>{safe(scenario_words.size(m2))}</b></li>"
        for i, (start, end, m2) in enumerate(found.changes[:_MOST])
    )
    return f'<h3 class="tsub">{safe(words["changes"])}</h3><ul class="tfacts">{rows}</ul>'


def _row(name: str, cells: Sequence[Decimal], *, total: bool = False) -> str:
    inner = "".join(f"<td>{one:,}</td>" if one else "<td>—</td>" for one in cells)
    kind = ' class="sum"' if total else ""
    return f"<tr{kind}><td>{safe(name)}</td>{inner}<td><b>{sum(cells, Decimal(0)):,}</b></td></tr>"
