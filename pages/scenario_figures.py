"""What came out in figures: demands with prices, methods beside, indicators, sources."""

import math

from geo import scenario
from geo.scenario import Coverage, Price, UseLabel
from geo.units import mu
from pages import scenario_bars, scenario_words
from pages.scenario_book import Found
from pages.target_words import safe


def demands(found: Found) -> str:
    """Each demand met or short, its price in a sentence, quick methods beside."""
    words = scenario_words.words()
    prices = {(one.use.id, one.period): one for one in scenario.prices(found.outcome)}
    proven = found.outcome.gap_pct is not None

    def why(price: Price) -> str:
        return sentence(price) if proven else words["price_failed"]

    rows = "".join(
        _demand(one, why(prices[one.use.id, one.period]))
        for one in scenario.coverage(found.outcome)
    )
    heads = "".join(f"<th>{safe(words[f'h_{key}'])}</th>" for key in ("use", "asked", "got", "met"))
    return (
        f'<table class="ctab"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        f'<p class="tnote">{safe(words["price_note"])}</p>{_beside(found)}'
    )


def _demand(one: Coverage, why: str) -> str:
    words = scenario_words.words()
    low, high = scenario_words.of_mu(one.min_mu), words["no_most"]
    if not math.isinf(one.max_mu):
        high = scenario_words.of_mu(one.max_mu)
    clause = words["clause"].format(id=one.clause) if one.clause else words["no_clause"]
    return (
        f"<tr><td>{scenario_words.swatch(scenario_words.ink(one.use.code))}"
        f"{safe(timed(one.use, one.shown))}<small>{safe(clause)}</small></td>"
        f"<td>{safe(low)}<small>{safe(words['up_to'].format(area=high))}</small></td>"
        f"<td>{safe(scenario_words.of_mu(one.got_mu))}</td><td>{met(one)}</td></tr>"
        f"{scenario_bars.row(one)}"
        f'<tr class="why"><td colspan="4">{safe(why)}</td></tr>'
    )


def timed(use: UseLabel, year: int | None) -> str:
    """A use with its code, and its year where a scenario has several periods."""
    named = scenario_words.use(use)
    return scenario_words.words()["of_year"].format(use=named, year=year) if year else named


def met(one: Coverage) -> str:
    """Whether a demand is kept, or by how much not, as a chip."""
    words = scenario_words.words()
    if one.met:
        return f'<span class="chip yes">{safe(words["met"])}</span>'
    key, off = ("short", one.short_mu) if one.short_mu else ("over", one.over_mu)
    return f'<span class="chip no">{safe(words[key].format(area=scenario_words.of_mu(off)))}</span>'


def sentence(price: Price) -> str:
    """What one more mu of a demand would bring, in a sentence."""
    words = scenario_words.words()
    return words[f"price_{price.limit or 'none'}"].format(points=f"{abs(price.points):.1f}")


def _beside(found: Found) -> str:
    words, ours = scenario_words.words(), found.outcome.allocation
    if not found.beside:
        return ""
    rows = ""
    for name, one in {"ours": ours, **found.beside}.items():
        off = 100 * (one.objective / ours.objective - 1) if ours.objective else 0.0
        short = mu(float(one.short_m2.sum()))
        missing = scenario_words.of_mu(short) if short > 1e-6 else words["all_met"]
        rows += (
            f"<tr><td>{safe(words[f'method_{name}'])}</td><td>{mu(one.objective):,.0f}</td>"
            f"<td>{'—' if name == 'ours' else f'{off:+.2f}%'}</td><td>{safe(missing)}</td></tr>"
        )
    keys = ("method", "objective", "against", "missing")
    heads = "".join(f"<th>{safe(words[f'h_{key}'])}</th>" for key in keys)
    return (
        f'<h3 class="tsub">{safe(words["beside"])}</h3><table class="ctab"><thead><tr>{heads}</tr>'
        f"</thead><tbody>{rows}</tbody></table>"
    )
