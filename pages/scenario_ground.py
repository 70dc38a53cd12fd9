"""Step 1: which units are divided, and how the land was used at the start."""

import streamlit as st

from geo.scenario import Definition, Prepared
from geo.scenario.land import counted
from geo.zone import Zone
from pages import parts, scenario_book, scenario_form, scenario_words
from pages.target_words import safe

_AROUND = ("zone", "district", "unit", "park")
_WHOLE = ("parcel", "landuse", "park", "unit", "district")
_STEPS = (50.0, 100.0, 200.0, 500.0)


def show(zone: Zone, draft: Definition, prepared: Prepared | None) -> None:
    """Draw the step."""
    words, units = scenario_words.words(), draft.units
    there = zone.sets(zone.version)
    kinds = [
        one for one in ("cells", "parcels") if one == "cells" or any(s in there for s in _WHOLE)
    ]
    with st.container(key="cground", horizontal=True, gap="small"):
        st.selectbox(
            words["unit_kind"],
            kinds,
            kinds.index(units.kind),
            format_func=lambda one: words[f"kind_{one}"],
            key=scenario_form.key("kind"),
            on_change=scenario_form.changed("kind", _kind),
        )
        sets = [one for one in (_AROUND if units.kind == "cells" else _WHOLE) if one in there]
        sets = sets if units.set in sets else [units.set, *sets]
        st.selectbox(
            words["unit_set"],
            sets,
            sets.index(units.set),
            format_func=lambda one: zone.catalog.title(one, english=parts.english()),
            key=scenario_form.key("set"),
            on_change=scenario_form.changed("set", lambda old, said: _units(old, set=said, ids=[])),
        )
        if units.kind == "cells":
            steps = sorted({*_STEPS, units.step_m})
            st.selectbox(
                words["cell"],
                steps,
                steps.index(units.step_m),
                format_func=lambda one: f"{one:g} m",
                key=scenario_form.key("cell"),
                on_change=scenario_form.changed("cell", lambda old, said: _units(old, step_m=said)),
            )
    if "parcel" not in there:
        st.html(f'<p class="tnote">{safe(words["no_parcels"])}</p>')
    if prepared is not None:
        _present(prepared)


def _kind(draft: Definition, said: str) -> Definition:
    return _units(draft, kind=said, set="zone" if said == "cells" else "parcel", ids=[])


def _units(draft: Definition, **said: object) -> Definition:
    return scenario_book.changed(draft, units=draft.units.model_dump(mode="json") | said, locks={})


def _present(prepared: Prepared) -> None:
    """The published totals of 2013 beside the units as they are taken here."""
    words, land, known = scenario_words.words(), prepared.land, counted()
    here = land.areas_m2 @ land.shares
    rows = "".join(
        f"<tr><td>{scenario_words.swatch(scenario_words.ink(one.codes[0]))}"
        f"{safe(parts.say(one.name, one.name_en))}</td>"
        f"<td>{safe(scenario_words.size(one.area_m2))}</td>"
        f"<td>{100 * one.area_m2 / known.total_m2:.2f}%</td>"
        f"<td>{safe(scenario_words.size(float(m2)))}</td></tr>"
        for one, m2 in zip(land.classes, here, strict=True)
    )
    heads = "".join(f"<th>{safe(words[f'present_{key}'])}</th>" for key in _HEADS)
    total = f"<td>{safe(words['total'])}</td><td>{safe(scenario_words.size(known.total_m2))}</td>"
    total += f"<td>100%</td><td>{safe(scenario_words.size(float(here.sum())))}</td>"
    mark = f'<span class="chip warn">{safe(words["example"])}</span> ' if land.example else ""
    source = words["present_example"] if land.example else land.source.title
    st.html(
        f'<h3 class="tsub">{safe(words["present_title"])}</h3>'
        f'<table class="ctab"><thead><tr>{heads}</tr></thead><tbody>{rows}'
        f'<tr class="sum">{total}</tr></tbody></table><p class="tnote">{mark}{safe(source)}</p>'
        f'<p class="tnote">{safe(words["present_source"].format(day=known.as_of))}</p>'
    )


_HEADS = ("class", "published", "share", "here")
