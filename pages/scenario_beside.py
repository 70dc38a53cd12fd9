"""What two scenarios come to, side by side: changes, indicators, demands by clause, prices."""

from collections.abc import Iterable

from geo.scenario import Comparison, Coverage, Indicator, Price
from pages import parts, scenario_figures, scenario_indicators, scenario_map, scenario_words
from pages.target_words import safe

Ids = tuple[str, str]
_MOST = 12


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


def indicators(found: Comparison, ids: Ids) -> str:
    """Each indicator of both, with the difference."""
    first, second = ({one.id: one for one in side} for side in found.indicators)
    rows = []
    for id_ in dict.fromkeys((*first, *second)):
        a, b = first.get(id_), second.get(id_)
        known = b or a
        if known is not None:
            title = parts.say(known.title, known.title_en)
            values = (scenario_indicators.value(a), scenario_indicators.value(b))
            rows.append((safe(title), *map(safe, values), _off(a, b)))
    return _table(rows, ids)


def _off(a: Indicator | None, b: Indicator | None) -> str:
    if a is None or b is None or a.value is None or b.value is None:
        return "—"
    off = b.value - a.value
    sign = "▲" if off > 0 else "▼" if off < 0 else "="
    return f"{sign} {abs(off):,.1f}"


def demands(found: Comparison, ids: Ids) -> str:
    """Each demand by its clause: met, or short by how much, in both."""
    first, second = ({(c.use.id, c.period): c for c in side} for side in found.coverage)
    rows = []
    for key in dict.fromkeys((*first, *second)):
        a, b = first.get(key), second.get(key)
        known = b or a
        if known is not None:
            name = safe(scenario_words.use(known.use))
            named = f"{name}<small>{safe(known.clause)}</small>"
            off = f"{(b.got_mu if b else 0) - (a.got_mu if a else 0):+,.1f}"
            rows.append((named, _got(a), _got(b), f"{off} {safe(scenario_words.words()['mu'])}"))
    return _table(rows, ids)


def _got(one: Coverage | None) -> str:
    if one is None:
        return "—"
    return f"{safe(scenario_words.of_mu(one.got_mu))} {scenario_figures.met(one)}"


def prices(found: Comparison, ids: Ids) -> str:
    """What one more mu of each demand would bring, in both."""
    first, second = ({(p.use.id, p.period): p for p in side} for side in found.prices)
    rows = []
    for key in dict.fromkeys((*first, *second)):
        a, b = first.get(key), second.get(key)
        known = b or a
        if known is not None:
            rows.append((safe(scenario_words.use(known.use)), _price(a), _price(b), ""))
    return _table(rows, ids, last=False)


def _price(one: Price | None) -> str:
    return "—" if one is None else safe(scenario_figures.sentence(one))


def _table(rows: Iterable[tuple[str, ...]], ids: Ids, *, last: bool = True) -> str:
    heads = ("", *ids, scenario_words.words()["difference"])[: 4 if last else 3]
    head = "".join(f"<th>{safe(one)}</th>" for one in heads)
    width = len(heads)
    body = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row[:width]) + "</tr>" for row in rows
    )
    return f'<table class="ctab"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
