"""What two scenarios come to, side by side: indicators, demands by clause, prices."""

import html
from collections.abc import Iterable

from geo.scenario import Comparison, Coverage, Indicator, Price, comparison
from pages import parts, scenario_figures, scenario_indicators, scenario_words
from pages.target_words import safe

Ids = tuple[str, str]


def indicators(found: Comparison, ids: Ids) -> str:
    """Each indicator of both, with the difference."""
    first, second = ({one.id: one for one in side} for side in found.indicators)
    rows = []
    for id_ in dict.fromkeys((*first, *second)):
        a, b = first.get(id_), second.get(id_)
        known = b or a
        if known is not None:
            values = (scenario_indicators.value(a), scenario_indicators.value(b))
            rows.append((_named(known), *map(safe, values), _off(a, b)))
    note = f'<p class="tnote">{safe(parts.t("study", "formula_note"))}</p>'
    return _table(rows, ids) + note


def _named(one: Indicator) -> str:
    """An indicator; how it is reckoned is told when it is pointed at or has the focus."""
    told = html.escape(scenario_indicators.formula(one), quote=True)
    title = safe(parts.say(one.title, one.title_en))
    return f'<span class="cformula" tabindex="0" title="{told}" data-told="{told}">{title}</span>'


def _off(a: Indicator | None, b: Indicator | None) -> str:
    if a is None or b is None or a.value is None or b.value is None:
        return "—"
    off = b.value - a.value
    sign = "▲" if off > 0 else "▼" if off < 0 else "="
    return f"{sign} {abs(off):,.1f}"


def demands(found: Comparison, ids: Ids) -> str:
    """Each demand by its clause and year: met, or short by how much, in both."""
    rows = []
    for a, b in comparison.paired(*found.coverage):
        known = b or a
        if known is not None:
            named = f"{_timed(a, b)}<small>{safe(_basis(known))}</small>"
            rows.append((named, _got(a), _got(b), safe(_more(a, b))))
    return _table(rows, ids)


def _timed(*pair: Coverage | Price | None) -> str:
    use = next(one.use for one in reversed(pair) if one)
    year = next((one.shown for one in pair if one and one.shown), None)
    return safe(scenario_figures.timed(use, year))


def _more(a: Coverage | None, b: Coverage | None) -> str:
    """How much more the second gives, in mu; not told where either asks nothing."""
    if a is None or b is None:
        return "—"
    return f"{b.got_mu - a.got_mu:+,.1f} {scenario_words.words()['mu']}"


def _basis(one: Coverage) -> str:
    """The target and the clause a demand comes from."""
    words = scenario_words.words()
    where = " · ".join(filter(None, (one.target, words["clause"].format(id=one.clause))))
    return where if one.clause else words["no_clause"]


def _got(one: Coverage | None) -> str:
    if one is None:
        return "—"
    asked = f"{scenario_words.words()['h_asked']} {scenario_words.of_mu(one.asked_mu)}"
    got = safe(scenario_words.of_mu(one.got_mu))
    return f"{got} {scenario_figures.met(one)}<small>{safe(asked)}</small>"


def prices(found: Comparison, ids: Ids) -> str:
    """What one more mu of each demand would bring, in both."""
    rows = [(_timed(a, b), _price(a), _price(b), "") for a, b in comparison.paired(*found.prices)]
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
