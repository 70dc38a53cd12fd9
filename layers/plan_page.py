"""A scenario on paper: map with legend, demands, indicators, from→to, and what it rests on.

Set from the same blocks as the reports, so it has their fonts, marks and archive form. `Plan`
is what a page must be told; see `geo.scenario.leaf`.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from geo.model import Boundaries, Grade, Seal, Use
from geo.units import half_up
from layers import palette, picture
from layers.picture import Caption, Class, FontBook, Kind, Layer, Page, Scene, Tint, View
from layers.plan_words import of_use, proof, said, spanned
from layers.report import Picture, paper
from layers.report.blocks import (
    Answer,
    Band,
    Block,
    Cell,
    Document,
    Figures,
    Line,
    Pairs,
    Section,
    Table,
    Text,
    Tone,
)
from layers.style import GRADE_LABEL

_MAP_MM = (156.0, 108.0)
_PART_MM = (74.0, 56.0)
ROOM = 0.25  # of the land given, left free around it


class Plan(Protocol):
    """What is known of a scenario; areas in mu."""

    @property
    def number(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def made(self) -> date: ...  # noqa: D102
    @property
    def by(self) -> str: ...  # noqa: D102
    @property
    def version(self) -> int: ...  # noqa: D102
    @property
    def seal(self) -> Seal: ...  # noqa: D102
    @property
    def digest(self) -> str: ...  # noqa: D102
    @property
    def met(self) -> bool: ...  # noqa: D102
    @property
    def gap_pct(self) -> float | None: ...  # noqa: D102
    @property
    def example(self) -> bool: ...  # noqa: D102
    @property
    def grade(self) -> Grade: ...  # noqa: D102
    @property
    def present(self) -> str: ...  # noqa: D102
    @property
    def labels(self) -> Sequence[Any]: ...  # noqa: D102
    @property
    def coverage(self) -> Sequence[Any]: ...  # noqa: D102
    @property
    def indicators(self) -> Sequence[Any]: ...  # noqa: D102
    @property
    def prices(self) -> Sequence[Any]: ...  # noqa: D102
    @property
    def inputs(self) -> Sequence[Any]: ...  # noqa: D102
    @property
    def told(self) -> Sequence[Any]: ...  # noqa: D102
    @property
    def rows(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def columns(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def cells(self) -> Sequence[Sequence[Decimal]]: ...  # noqa: D102
    @property
    def names(self) -> Mapping[str, tuple[str, str]]: ...  # noqa: D102
    @property
    def patches(self) -> Boundaries: ...  # noqa: D102
    @property
    def ground(self) -> Sequence[Boundaries]: ...  # noqa: D102
    @property
    def classes(self) -> Mapping[str, Use]: ...  # noqa: D102
    @property
    def span(self) -> tuple[str, str]: ...  # noqa: D102
    @property
    def periods(self) -> Sequence[tuple[int, Boundaries]]: ...  # noqa: D102


def pdf(plan: Plan, fonts: FontBook, *, english: bool = False) -> bytes:
    """The page as PDF/A-2a, fonts embedded; the same plan gives the same bytes.

    Raises `SettingError` FONT_MISSING.
    """
    return paper.rendered(document(plan, fonts, english=english), fonts)


def scene(plan: Plan, page: Page, *, english: bool = False) -> Scene:
    """The plan as a map with its legend; nearly all of the page is the land it gives."""
    return _scene(plan, plan.patches, page, english=english, legend=True)


def _scene(plan: Plan, given: Boundaries, page: Page, *, english: bool, legend: bool) -> Scene:
    """Some of what the plan gives, over all that it gives."""
    named = {one.id: one for one in plan.labels}
    shown = [named[id_] for id_ in given.table["id"]]
    inks = [palette.ink(plan.classes[one.code], plan.classes) for one in shown]
    classes = tuple(
        Class(f"{one.code} {one.name}", ink, one.code, f"{one.code} {one.name_en}")
        for one, ink in zip(shown, inks, strict=True)
    )
    title = said("uses", english=False), said("uses", english=True)
    tint = Tint(classes, list(range(len(shown))), *title, letters=True)
    layers = [Layer(one) for one in plan.ground]
    if shown:
        layers.append(Layer(given, tint, *title, labelled=False, demo=plan.example))
    shapes = list(plan.patches.table.geometry)
    extent = picture.around(shapes, ROOM) if shapes else None
    caption = Caption(day=plan.made, version=plan.version, seal=plan.seal)
    return Scene(tuple(layers), View(extent), caption, page, english=english, legend=legend)


def _maps(plan: Plan, fonts: FontBook, english: bool) -> tuple[Block, ...]:
    """The map; where several periods are told, below it one of each."""
    found = scene(plan, picture.inset(*_MAP_MM), english=english)
    name = spanned(said("map", english=english), plan, english=english)
    whole = Picture(b"", found.page.width, name, picture.draw(found, fonts, Kind.SVG))
    parts = []
    for year, given in plan.periods:
        one = _scene(plan, given, picture.inset(*_PART_MM), english=english, legend=False)
        told = said("year", english=english, year=str(year))
        drawn = picture.draw(one, fonts, Kind.SVG)
        parts.append(Picture(b"", one.page.width, told, drawn))
    rows = [(whole,), tuple(parts)] if parts else [(whole,)]
    return tuple(Figures(row, tuple(one.caption for one in row)) for row in rows)


def document(plan: Plan, fonts: FontBook, *, english: bool = False) -> Document:
    """The page as blocks."""
    colon = ": " if english else "："
    head = (("number", plan.number), ("made", plan.made.isoformat()), ("by", plan.by))
    sections = (
        ("answer", (_answer(plan, english), *_maps(plan, fonts, english))),
        ("demands", (_demands(plan, english),)),
        ("indicators", (_indicators(plan, english),)),
        ("flow", (_flow(plan, english),)),
        ("basis", (_basis(plan, english), Text(said("note", english=english)))),
    )
    return Document(
        title=said("title", english=english),
        subtitle=spanned(plan.name, plan, english=english),
        head=tuple(f"{said(key, english=english)}{colon}{text}" for key, text in head if text),
        secrecy="",
        marks=_marks(plan, english),
        water=said("water", english=english) if plan.example else "",
        foot=(plan.number, f"{said('version', english=english)} {plan.version}"),
        pages=said("page", english=english),
        sections=tuple(Section(said(key, english=english), blocks) for key, blocks in sections),
        made=plan.made,
        english=english,
    )


def _marks(plan: Plan, english: bool) -> tuple[str, ...]:
    sketch = [said("sketch", english=english)] if plan.grade is Grade.SCHEMATIC else []
    return (*([said("example", english=english)] if plan.example else []), *sketch)


def _answer(plan: Plan, english: bool) -> Block:
    """Whether all demands are met, and how far from the best it can be at most."""
    if plan.met:
        gap = proof(plan, english=english) or said("unproven", english=english)
        return Answer(said("met", english=english), "✓", Tone.GOOD, plan.name, gap)
    why = " ".join(one.text_en if english else one.text for one in plan.told)
    return Answer(said("failed", english=english), "×", Tone.BAD, plan.name, why or plan.name)


def _demands(plan: Plan, english: bool) -> Table:
    """Every demand by its clause: asked, given, met or short."""
    heads = tuple(said(key, english=english) for key in ("use", "from", "asked", "got", "result"))
    rows = tuple(_demand(one, english) for one in plan.coverage)
    return Table(heads, (46, 34, 26, 26, 24), (Band("", rows),), (2, 3))


def _demand(one: Any, english: bool) -> tuple[Cell, ...]:
    where = " ".join(filter(None, (one.target, one.clause))) or said("own", english=english)
    key, off = ("short", one.short_mu) if one.short_mu else ("over", one.over_mu)
    result = Line(said("kept", english=english), Tone.GOOD)
    if not one.met:
        result = Line(said(key, english=english, area=_mu(off)), Tone.BAD)
    texts = (of_use(one, english=english), where, _mu(one.asked_mu), _mu(one.got_mu))
    return (*((Line(text),) for text in texts), (result,))


def _indicators(plan: Plan, english: bool) -> Table:
    """Every indicator with its formula; blank ones say so."""
    heads = tuple(said(key, english=english) for key in ("indicator", "value", "formula"))
    rows = []
    for one in plan.indicators:
        unit = said(one.unit, english=english)
        none = said("none", english=english)
        value = none if one.value is None else f"{half_up(one.value, 1):,} {unit}"
        title, formula = (one.title_en, one.formula_en) if english else (one.title, one.formula)
        if one.basis:
            formula += f" ({one.basis_en})" if english else f"（{one.basis}）"
        rows.append(((Line(title),), (Line(value),), (Line(formula),)))
    return Table(heads, (52, 40, 64), (Band("", tuple(rows)),), (1,))


def _flow(plan: Plan, english: bool) -> Table:
    """From the present classes to the uses, in mu that add up; what has no land is left out."""

    def named(id_: str) -> str:
        return plan.names.get(id_, (id_, id_))[english]

    columns = [j for j in range(len(plan.columns)) if any(row[j] for row in plan.cells)]
    total = said("total", english=english)
    heads = (said("present", english=english), *(named(plan.columns[j]) for j in columns), total)
    rows = [
        _numbers(named(name), [row[j] for j in columns])
        for name, row in zip(plan.rows, plan.cells, strict=True)
        if any(row)
    ]
    sums = [sum((row[j] for row in plan.cells), Decimal(0)) for j in columns]
    rows.append(_numbers(total, sums))
    first = 36.0
    widths = (first, *((156 - first) / (len(columns) + 1),) * (len(columns) + 1))
    return Table(heads, widths, (Band("", tuple(rows)),), tuple(range(1, len(heads))))


def _numbers(name: str, cells: Sequence[Decimal]) -> tuple[Cell, ...]:
    texts = [f"{one:,}" if one else "—" for one in cells]
    whole = Line(f"{sum(cells, Decimal(0)):,}", strong=True)
    return ((Line(name),), *((Line(text),) for text in texts), (whole,))


def _basis(plan: Plan, english: bool) -> Pairs:
    """What it rests on, and what nobody has data of."""
    mark = "; " if english else "；"
    held = [one.title_en if english else one.title for one in plan.inputs if one.held]
    lacking = [one.title_en if english else one.title for one in plan.inputs if not one.held]
    rows = (
        (
            "start",
            plan.present if not english or not plan.example else said("made_up", english=True),
        ),
        ("grade", GRADE_LABEL[plan.grade][english]),
        ("held", mark.join(held)),
        ("lacking", mark.join(lacking) or said("nothing", english=english)),
        ("version", " · ".join(filter(None, (str(plan.version), plan.seal.say(english=english))))),
        ("digest", plan.digest),
    )
    return Pairs(tuple((said(key, english=english), text) for key, text in rows))


def _mu(amount: float) -> str:
    return f"{half_up(amount, 1):,}"
