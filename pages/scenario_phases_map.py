"""The map and the table of phasing: land by the period in which it opens."""

from functools import lru_cache

import streamlit as st

from geo.scenario import Definition, Prepared, phasing
from geo.units import AreaUnit
from layers import scenario_look
from layers.style import Ink
from layers.tint import Tint
from pages import cells, parts, scenario_map, scenario_words
from pages.target_words import safe

_NEVER = Ink("#B0453A", "#000000", "#101010")


def tint(prepared: Prepared) -> Tint:
    """Units by the first period in which they may be used."""
    return _tint(prepared, parts.unit(), parts.english())


@lru_cache(maxsize=4)
def _tint(prepared: Prepared, _unit: AreaUnit, _english: bool) -> Tint:
    known, land = prepared.definition, prepared.land
    codes = phasing.ready(prepared)
    text = scenario_map.pair("phase_from")
    told = list(known.periods) or [1]
    named = [
        (f"period:{i}", text[0].format(year=year), text[1].format(year=year))
        for i, year in enumerate(told)
    ]
    named.append(("never", *scenario_map.pair("phase_never")))
    inks = [*scenario_look.periods(known.spans), _NEVER]
    legend = scenario_look.legend(named, inks, scenario_map.pair("phase_opens"))
    return cells.coloured(land, codes, legend, scenario_map.sizes(codes, land, len(named)))


def period(draft: Definition, number: int) -> str:
    """A period in words; its year, where there are years."""
    if number >= draft.spans:
        return scenario_words.words()["phase_never"]
    return str(draft.periods[number]) if draft.periods else str(number + 1)


def openings(prepared: Prepared) -> None:
    """Draw the table of what opens when."""
    words = scenario_words.words()
    heads = "".join(f"<th>{safe(words[key])}</th>" for key in ("phase_period", "units", "area"))
    body = "".join(
        f"<tr><td>{safe(period(prepared.definition, _number(prepared, one.period)))}</td>"
        f"<td>{one.units:,}</td><td>{safe(scenario_words.size(one.area_m2))}</td></tr>"
        for one in phasing.openings(prepared)
    )
    st.html(
        f'<h3 class="tsub">{safe(words["phase_opens"])}</h3>'
        f'<table class="ctab"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'
    )


def _number(prepared: Prepared, period: int | None) -> int:
    return prepared.definition.spans if period is None else period
