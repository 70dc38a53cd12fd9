"""A scenario as slides of PowerPoint: the map, then demands and figures as tables to edit."""

from dataclasses import replace

from geo.model import Boundaries
from geo.units import half_up
from layers import deck, palette
from layers.brief.values import (
    Brief,
    Colouring,
    Column,
    Kind,
    Look,
    Occasion,
    Slide,
    Table,
    Text,
    Tone,
)
from layers.picture import FontBook, around
from layers.plan_page import ROOM, Plan
from layers.plan_words import both, of_use, proof, said, spanned

_KEY = "plan"


def pptx(plan: Plan, fonts: FontBook, *, english: bool = False) -> bytes:
    """The slides as a file; the same plan gives the same bytes."""
    return deck.write(brief(plan), fonts, english=english)


def brief(plan: Plan) -> Brief:
    """The scenario as a brief in both languages: map, a map of each period, demands."""
    parts = {year: replace(one, name=f"{one.name}_{year}") for year, one in plan.periods}
    sets = {one.name: one for one in (*plan.ground, plan.patches, *parts.values())}
    title = Text(f"{said('title', english=False)} {plan.number}".strip(), both("title").en)
    maps = [_map(plan, plan.patches, _KEY, _spanned(plan))]
    colours = {_KEY: _colouring(plan, plan.patches, _KEY)}
    for year, one in parts.items():
        key, name = f"{_KEY}-{year}", both("year", year=str(year))
        maps.append(_map(plan, one, key, Text(*(f"{plan.name} {it}" for it in (name.zh, name.en)))))
        colours[key] = _colouring(plan, one, key)
    return Brief(
        Occasion(0, title, plan.made, plan.made, plan.version, seal=plan.seal),
        (*maps, _figures(plan)),
        sets,
        colours,
        {one.name: both("uses") for one in (plan.patches, *parts.values())},
        example=plan.example,
    )


def _spanned(plan: Plan) -> Text:
    """Name of the plan with the period that is told."""
    return Text(*(spanned(plan.name, plan, english=english) for english in (False, True)))


def _map(plan: Plan, given: Boundaries, key: str, title: Text) -> Slide:
    shapes = list(plan.patches.table.geometry)
    look = Look(
        around(shapes, ROOM) if shapes else None,
        (*(one.name for one in plan.ground), given.name),
        colouring=key,
    )
    slide = "map" if key == _KEY else f"map-{key}"
    return Slide(slide, Kind.MAP, title, _result(plan), look=look, sources=_sources(plan))


def _figures(plan: Plan) -> Slide:
    keys = ("use", "from", "asked", "got", "result")
    columns = tuple(Column(key, both(key), key in {"asked", "got"}) for key in keys)
    rows = [
        (
            Text(of_use(one, english=False), of_use(one, english=True)),
            Text(" ".join(filter(None, (one.target, one.clause))) or both("own").zh),
            Text(f"{half_up(one.asked_mu, 1):,}"),
            Text(f"{half_up(one.got_mu, 1):,}"),
            _state(one.short_mu, one.over_mu, met=one.met),
        )
        for one in plan.coverage
    ]
    clauses = tuple(dict.fromkeys(one.clause for one in plan.coverage if one.clause))
    return Slide(
        "demands",
        Kind.TABLE,
        both("demands"),
        _result(plan),
        table=Table(columns, tuple(rows)),
        clauses=clauses,
        sources=_sources(plan),
        notes=_notes(plan),
    )


def _state(short_mu: float, over_mu: float, *, met: bool) -> Text:
    if met:
        return both("kept")
    key, off = ("short", short_mu) if short_mu else ("over", over_mu)
    return both(key, area=f"{half_up(off, 1):,}")


def _result(plan: Plan) -> Text:
    """Whether demands are met, and how far from the best at most."""
    if not plan.met:
        return both("failed")
    gap, met = Text(*(proof(plan, english=english) for english in (False, True))), both("met")
    return Text(f"{met.zh}；{gap.zh}", f"{met.en}. {gap.en}") if gap.zh else met


def _sources(plan: Plan) -> tuple[Text, ...]:
    start = Text(plan.present, both("made_up").en if plan.example else plan.present)
    return (start,)


def _notes(plan: Plan) -> str:
    """For the presenter: indicators with their formulas, and what was not known."""
    lines = [
        f"{one.title}：{half_up(one.value, 1):,} {one.unit}（{one.formula}）"
        for one in plan.indicators
        if one.value is not None
    ]
    lacking = "、".join(one.title for one in plan.inputs if not one.held)
    lines += [f"无数据：{lacking}。{both('note').zh}"] if lacking else []
    return "\n".join([*lines, f"{both('digest').zh}：{plan.digest}"])


def _colouring(plan: Plan, given: Boundaries, key: str) -> Colouring:
    """One tone for each use that gets land, in the order of the patches."""
    named = {one.id: one for one in plan.labels}
    shown = [named[id_] for id_ in given.table["id"]]
    tones = tuple(
        Tone(
            one.id,
            Text(f"{one.code} {one.name}", f"{one.code} {one.name_en}"),
            palette.ink(plan.classes[one.code], plan.classes),
            one.code,
        )
        for one in shown
    )
    return Colouring(key, given.name, both("uses"), tones, tuple(range(len(tones))))
