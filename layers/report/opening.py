"""The first page: verdict, reasons, and the site that was asked about."""

from collections import Counter
from collections.abc import Iterator, Sequence

from geo.units import half_up
from layers.report import amount
from layers.report.blocks import (
    Answer,
    Band,
    Cell,
    Figures,
    Heading,
    Line,
    Pairs,
    Section,
    Table,
    Tone,
)
from layers.report.finding import amounts, law, provenance
from layers.report.values import Finding, Picture, Report
from layers.report.words import REASONS, VARIANTS, VERDICTS, told, word
from layers.style import GRADE_LABEL

TEXT_MM = 156.0  # width of the text on A4 after GB/T 9704-2012
_ALONE = ("BAN", "BAN_SKETCH", "LIMIT", "NEAR", "NOT_YET")  # told rule by rule
_NAMED = 12  # rules of a reason that are named


def answer(report: Report, english: bool) -> Section:
    """The verdict with what it rests on."""
    known = VERDICTS.get(report.verdict, (report.verdict, report.verdict, Tone.OPEN, "?"))
    label = word("verdict", english)
    box = Answer(known[english], known[3], known[2], label, summary(report, english))
    rows = tuple(_reasons(report, english))
    heads = tuple(word(key, english) for key in ("effect", "reason", "which", "rests"))
    table = Table(heads, (26, 34, 50, 46), (Band("", rows),))
    why = (Heading(word("reasons", english)), table) if rows else ()
    return Section(word("answer", english), (box, *why))


def summary(report: Report, english: bool) -> str:
    """How many rules were asked and what they said."""
    said = Counter(one.answer for one in report.findings)
    hard = Counter(one.severity for one in report.findings if one.answer == "涉及")
    text = word(
        "summary", english, count=len(report.findings), hit=said["涉及"], clear=said["不涉及"],
        none=said["无数据"], failed=said["查询失败"], ban=hard["禁止"], limit=hard["限制"],
        note=hard["提示"],
    )  # fmt: skip
    if report.grade is None:
        return text
    weakest = word("weakest", english, grade=GRADE_LABEL[report.grade][english])
    return f"{text} {weakest}" if english else text + weakest


def _reasons(report: Report, english: bool) -> Iterator[tuple[Cell, ...]]:
    """Rows of the reasons in their order; those that only name rules are told together."""
    by_rule = {one.rule: one for one in report.findings}
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for reason in report.reasons:
        if reason.rule in by_rule:
            alone = reason.rule if reason.code in _ALONE else ""
            key = (reason.verdict, reason.code, alone)
            groups.setdefault(key, []).append(by_rule[reason.rule])
    for (verdict, code, alone), found in groups.items():
        which = _alone(code, found[0], english) if alone else _together(found, english)
        yield (*_effect(verdict, code, english), *which)


def _together(found: Sequence[Finding], english: bool) -> tuple[Cell, Cell]:
    names = [one.name(english) for one in found[:_NAMED]]
    if len(found) > _NAMED:
        names.append(word("more", english, count=len(found) - _NAMED))
    return (Line(("; " if english else "、").join(names)),), (Line(amount.NONE),)


def _alone(code: str, found: Finding, english: bool) -> tuple[Cell, Cell]:
    named = Line(found.name(english), strong=True)
    said = () if code == "NOT_YET" else amounts(found, english)
    rests = tuple(Line(text) for text in (law(found, english), provenance(found, english)) if text)
    return (named, *said), rests


def _effect(verdict: str, code: str, english: bool) -> tuple[Cell, Cell]:
    known = VERDICTS.get(verdict, (verdict, verdict, Tone.OPEN, "?"))
    effect = Line(f"{known[3]} {known[english]}", known[2], strong=True)
    return (effect,), (Line(told(REASONS, code, english)),)


def asked(report: Report, pictures: tuple[Picture, ...], english: bool) -> Section:
    """The site: what it is, how large, and where."""
    site = report.site
    named = report.cover.names.get(site.use)
    use = f"{site.use} {named[english]}" if named else site.use
    rows = (
        ("site", site.name),
        ("id", site.id),
        ("use", use or word("unsaid", english)),
        ("variant", told(VARIANTS, site.variant, english)),
        ("area", amount.both(report.area_m2, english)),
        ("plane", amount.both(report.plane_m2, english)),
        ("registered", _registered(report, english)),
        ("gap", _gap(report, english)),
        ("as_of", report.as_of.isoformat()),
    )
    pairs = Pairs(tuple((word(key, english), text) for key, text in rows if text))
    return Section(word("asked", english), (pairs, *figures(pictures, 1, english)))


def _registered(report: Report, english: bool) -> str:
    registered = report.site.registered_m2
    if registered is None:
        return word("unregistered", english)
    return amount.both(registered, english)


def _gap(report: Report, english: bool) -> str:
    registered, ppm = report.site.registered_m2, report.registered_ppm
    if registered is None or ppm is None:
        return ""
    unit = "m²" if english else "㎡"
    return f"{amount.signed(report.area_m2 - registered, 2, unit)} / {half_up(ppm, 0):+,f} ppm"


def figures(pictures: tuple[Picture, ...], first: int, english: bool) -> tuple[Figures, ...]:
    """Maps with numbered captions, counted from `first`; nothing where there are none."""
    if not pictures:
        return ()
    captions = tuple(
        f"{word('figure', english, number=first + i)}  {one.caption}"
        for i, one in enumerate(pictures)
    )
    return (Figures(pictures, captions),)
