"""A scenario as slides of PowerPoint: the map, then demands and figures as tables to edit."""

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
from layers.plan_words import both, of_use, said

_KEY = "plan"


def pptx(plan: Plan, fonts: FontBook, *, english: bool = False) -> bytes:
    """The slides as a file; the same plan gives the same bytes."""
    return deck.write(brief(plan), fonts, english=english)


def brief(plan: Plan) -> Brief:
    """The scenario as a brief of two slides, in both languages."""
    sets = {one.name: one for one in plan.ground} | {plan.patches.name: plan.patches}
    title = Text(f"{said('title', english=False)} {plan.number}".strip(), both("title").en)
    return Brief(
        Occasion(0, title, plan.made, plan.made, plan.version),
        (_map(plan), _figures(plan)),
        sets,
        {_KEY: _colouring(plan)},
        {plan.patches.name: both("uses")},
        example=plan.example,
    )


def _map(plan: Plan) -> Slide:
    shapes = list(plan.patches.table.geometry)
    look = Look(
        around(shapes, ROOM) if shapes else None,
        (*(one.name for one in plan.ground), plan.patches.name),
        colouring=_KEY,
    )
    return Slide("map", Kind.MAP, Text(plan.name), _result(plan), look=look, sources=_sources(plan))


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
    proof = both("within", gap=f"{plan.gap_pct:.4f}%") if plan.gap_pct is not None else Text()
    met = both("met")
    return Text(f"{met.zh}；{proof.zh}", f"{met.en}. {proof.en}") if proof.zh else met


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


def _colouring(plan: Plan) -> Colouring:
    """One tone for each use that gets land, in the order of the patches."""
    named = {one.id: one for one in plan.labels}
    shown = [named[id_] for id_ in plan.patches.table["id"]]
    tones = tuple(
        Tone(
            one.id,
            Text(f"{one.code} {one.name}", f"{one.code} {one.name_en}"),
            palette.ink(plan.classes[one.code], plan.classes),
            one.code,
        )
        for one in shown
    )
    return Colouring(_KEY, plan.patches.name, both("uses"), tones, tuple(range(len(tones))))
