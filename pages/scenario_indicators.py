"""Indicators with their formulas, and all that a scenario looked at."""

from geo import scenario
from geo.scenario import Indicator
from pages import parts, scenario_words
from pages.scenario_book import Found
from pages.target_words import number, safe


def indicators(found: Found) -> str:
    """Every indicator with its formula and whose figures it rests on."""
    rows = "".join(
        f"<tr><td>{safe(parts.say(one.title, one.title_en))}"
        f"<small>{safe(formula(one))}</small></td><td>{safe(value(one))}</td></tr>"
        for one in scenario.indicators(found.outcome)
    )
    return f'<table class="ctab">{rows}</table>'


def formula(one: Indicator) -> str:
    """How an indicator is reckoned, and on what."""
    basis = parts.say(one.basis, one.basis_en)
    return " · ".join(filter(None, (parts.say(one.formula, one.formula_en), basis)))


def value(one: Indicator | None) -> str:
    """An indicator with its unit; said plainly where nothing is known."""
    if one is None or one.value is None:
        return scenario_words.words()["no_data"]
    if one.unit == "亩":
        return scenario_words.of_mu(one.value)
    unit = scenario_words.words().get(f"unit_{_UNITS.get(one.unit, '')}", one.unit)
    return f"{number(round(one.value, 1))} {unit}"


_UNITS = {"分": "points", "个": "count", "万元": "wan", "万元/年": "wan_year", "万㎡": "wan_m2"}


def sources(found: Found) -> str:
    """All the scenario looked at, held or 无数据."""
    words, rows = scenario_words.words(), ""
    for one in found.outcome.prepared.inputs:
        held = words["since_version"].format(version=one.since) if one.since else words["held"]
        if one.name == "present" and one.example:
            held = words["example"]
        kind = "" if one.held else "warn"
        said = held if one.held else words["no_data"]
        title = parts.say(one.title, one.title_en)
        rows += (
            f'<tr><td>{safe(title)}</td><td><span class="chip {kind}">{safe(said)}</span></td></tr>'
        )
    digest = words["digest"].format(digest=found.kept.inputs)
    return f'<table class="ctab">{rows}</table><p class="tnote cwrap">{safe(digest)}</p>'
