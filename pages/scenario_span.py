"""Which period of a plan is looked at: all together, one of them, or when land changes; played."""

from dataclasses import replace

import streamlit as st

from layers.tint import Tint
from pages import (
    parts,
    scenario_book,
    scenario_map,
    scenario_play,
    scenario_span_map,
    scenario_words,
    tabs,
)
from pages.scenario_book import Found
from pages.target_words import safe

ALL, WHEN = "all", "when"


def show(found: Found) -> None:
    """Draw the chooser with its play; nothing for a plan of one period."""
    years, words = found.outcome.prepared.definition.periods, scenario_words.words()
    if len(years) < 2:
        return
    names = {ALL: words["span_all"], **{str(one): str(one) for one in years}}
    scenario_play.go_on(_key(found), [*list(names)[1:], ALL])
    names[WHEN] = words["span_when"]
    with st.container(key="cspan", horizontal=True, vertical_alignment="center", gap="small"):
        tabs.one_of(words["span"], names, _key(found), on_change=scenario_play.stop)
        scenario_play.button(_key(found), list(names)[1])
    st.html(f'<p class="tnote" role="status">{safe(_sums(found))}</p>')


def chosen(found: Found) -> int | None:
    """The period that is looked at, None for all together."""
    years = [str(one) for one in found.outcome.prepared.definition.periods]
    said = st.session_state.get(_key(found), ALL)
    return years.index(said) if len(years) > 1 and said in years else None


def told(found: Found) -> Found:
    """What tables and files tell: the period that is looked at, or all."""
    period = chosen(found)
    if period is None:
        return found
    return replace(found, outcome=scenario_book.of_period(found.outcome, period), beside={})


def tint(found: Found) -> Tint:
    """The map of what is looked at."""
    period = chosen(found)
    if period is not None:
        return scenario_span_map.of_period(found.outcome, period)
    if st.session_state.get(_key(found)) == WHEN and found.outcome.prepared.definition.spans > 1:
        return scenario_span_map.of_when(found.outcome)
    return scenario_map.of_outcome(found.outcome)


def _key(found: Found) -> str:
    return f"c_span_{found.kept.id}"


def _sums(found: Found) -> str:
    """Land given in the period that is looked at and up to it, or in each of them."""
    words, sums = scenario_words.words(), scenario_span_map.given_m2(found.outcome)
    period, years = chosen(found), found.outcome.prepared.definition.periods
    size = scenario_words.size
    if period is None:
        rows = [
            words["span_year"].format(year=year, area=size(m2))
            for year, m2 in zip(years, sums, strict=True)
        ]
        return words["span_sum"].format(area=size(sum(sums)), rows=parts.say("；", "; ").join(rows))
    here, until = size(sums[period]), size(sum(sums[: period + 1]))
    return words["span_until"].format(year=years[period], area=here, until=until)
