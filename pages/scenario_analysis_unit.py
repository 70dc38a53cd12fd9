"""One unit: what it is, the share of each layer in its points, what closes it, how firm it is."""

import streamlit as st

from geo import scenario
from geo.scenario import Choices, Detail, ForUse
from geo.terrain.suitability import Contribution
from geo.units import mu
from geo.zone import Zone
from layers.tint import Tint
from pages import parts, scenario_analysis_run, scenario_words
from pages.scenario_book import Found
from pages.target_words import safe


def show(zone: Zone, found: Found, number: int | None) -> Tint | None:
    """Draw the card; without a unit, how to choose one."""
    words = parts.section("study")
    if number is None:
        st.info(words["unit_choose"])
        return None
    told = scenario.detail(zone, found.outcome, number)
    st.html(_head(zone, found, told) + "".join(_use(one) for one in told.rows))
    return None


def _head(zone: Zone, found: Found, told: Detail) -> str:
    words = parts.section("study")
    present = parts.say(told.present, told.present_en) or scenario_words.words()["unknown"]
    given = scenario_words.use(told.use) if told.use else scenario_words.words()["unused"]
    rows = [
        (words["col_present"], present),
        (words["col_given"], given),
        (words["col_area"], scenario_words.size(told.area_m2)),
        (words["col_chosen"], _times(zone, found, told)),
        (words["col_loss"], _loss(found, told)),
    ]
    inner = "".join(f"<dt>{safe(name)}</dt><dd>{safe(value)}</dd>" for name, value in rows)
    return f'<h3 class="tsub">{safe(told.id)}</h3><dl class="sfacts cunit">{inner}</dl>'


def _times(zone: Zone, found: Found, told: Detail) -> str:
    """In how many near-best plans it has which use."""
    words = parts.section("study")
    made = scenario_analysis_run.held(zone, found, "choices")
    if not isinstance(made, Choices):
        return words["not_yet"]
    times = made.times[told.number]
    names = [*(scenario_words.use(one.use) for one in told.rows), scenario_words.words()["unused"]]
    parts_ = [
        words["times_of"].format(name=name, times=int(count), plans=len(made.plans))
        for name, count in zip(names, times, strict=True)
        if count
    ]
    return "；".join(parts_) if not parts.english() else "; ".join(parts_)


def _loss(found: Found, told: Detail) -> str:
    words = parts.section("study")
    least = mu(float(scenario.worth(found.outcome)[told.number]))
    return words["loss"].format(points=f"{least:,.1f}") if least else words["loss_none"]


def _use(one: ForUse) -> str:
    words = parts.section("study")
    points = words["no_points"] if one.points is None else f"{one.points:.1f}"
    why = "、".join(parts.say(x.title, x.title_en) for x in one.closed)
    shut = f'<p class="cbad">{safe(words["closed"].format(why=why))}</p>' if why else ""
    keys = ("col_factor", "col_value", "col_points", "col_weight", "col_part")
    heads = "".join(f"<th>{safe(words[key])}</th>" for key in keys)
    rows = "".join(_share(share) for share in one.shares)
    ink = scenario_words.swatch(scenario_words.ink(one.use.code))
    return (
        f'<h3 class="tsub">{ink}{safe(scenario_words.use(one.use))} · {safe(points)}</h3>{shut}'
        f'<table class="ctab cshare"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _share(one: Contribution) -> str:
    unknown = safe(scenario_words.words()["no_data"])
    value = unknown if one.value is None else f"{one.value:,.0f}"
    points = "—" if one.points is None else f"{one.points:.1f}"
    part = one.share or 0.0
    bar = f'<i class="cbar" style="width:{part:.1f}%"></i>{part:.1f}' if one.share else "—"
    return (
        f"<tr><td>{safe(scenario_words.factor(one.factor))}</td><td>{value}</td><td>{points}</td>"
        f"<td>{100 * one.weight:.0f}%</td><td>{bar}</td></tr>"
    )
