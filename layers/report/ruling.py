"""The findings rule by rule, their small maps, and what was only nearly met."""

from geo.model import Grade
from layers.report import amount
from layers.report.blocks import Band, Cell, Line, Section, Table, Text, Tone
from layers.report.finding import amounts, details, feature, law
from layers.report.opening import figures
from layers.report.values import Finding, Near, Picture, Report
from layers.report.words import ANSWERS, NEAR, SEVERITIES, listed, told, word

_RANK = ("禁止", "限制", "提示")
_TONES = {"涉及": Tone.BAD, "无数据": Tone.OPEN, "查询失败": Tone.OPEN, "不涉及": Tone.GOOD}


def findings(report: Report, english: bool) -> Section:
    """One row a rule: what is hit first, then what nobody can say, then what is clear."""
    bands, number = [], 1
    for key in dict.fromkeys([*ANSWERS, *(one.answer for one in report.findings)]):
        found = ordered(report, key)
        if not found:
            continue
        title = word("band", english, answer=told(ANSWERS, key, english), count=len(found))
        rows = tuple(_row(report, one, number + i, english) for i, one in enumerate(found))
        bands.append(Band(title, rows))
        number += len(found)
    heads = tuple(word(key, english) for key in ("no", "rule", "said", "amount", "detail"))
    table = Table(heads, (8, 40, 19, 31, 58), tuple(bands))
    return Section(word("findings", english), (table,))


def ordered(report: Report, answer: str) -> list[Finding]:
    """Findings of one answer, the gravest first."""
    found = [one for one in report.findings if one.answer == answer]
    return sorted(found, key=lambda one: _RANK.index(one.severity) if one.severity in _RANK else 9)


def _row(report: Report, found: Finding, number: int, english: bool) -> tuple[Cell, ...]:
    known = SEVERITIES.get(found.severity, (found.severity, found.severity, Tone.PLAIN))
    hit = found.answer == "涉及"
    tone = known[2] if hit else _TONES.get(found.answer, Tone.OPEN)
    said = (
        Line(told(ANSWERS, found.answer, english), tone, strong=True),
        Line(known[english], tone if hit else Tone.FAINT),
    )
    rule = (Line(found.name(english), strong=True), Line(law(found, english), Tone.FAINT))
    dispute = report.disputes.get(found.rule, "")
    about = details(found, dispute, english)
    return (Line(str(number)),), rule, said, amounts(found, english), about


def maps(pictures: tuple[Picture, ...], first: int, english: bool) -> Section | None:
    """Small maps of the hits."""
    blocks = figures(pictures, first, english)
    return Section(word("maps", english), blocks) if blocks else None


def near(report: Report, english: bool) -> Section:
    """Near misses with the tolerance they fell under."""
    rows = tuple(
        (
            (Line(found.name(english), strong=True),),
            (Line(feature(one, english)),),
            (Line(told(NEAR, one.reason, english)),),
            tuple(Line(text) for text in _measured(one, english)),
            (Line(_tolerance(one, english)),),
        )
        for found in report.findings
        for one in found.near
    )
    title = word("near", english)
    if not rows:
        return Section(title, (Text(word("near_none", english)),))
    keys = ("rule", "feature", "why", "amount", "tolerance")
    heads = tuple(word(key, english) for key in keys)
    told_ = Text(word("near_told", english))
    return Section(title, (told_, Table(heads, (38, 42, 22, 28, 26), (Band("", rows),))))


def _measured(one: Near, english: bool) -> list[str]:
    rough = one.grade is Grade.SCHEMATIC
    out = []
    if one.overlap_m2 is not None:
        out.append(amount.m2(one.overlap_m2, english, about=rough))
    if one.length_m is not None:
        out.append(amount.metres(one.length_m, english, about=rough))
    if one.distance_m is not None:
        out.append(word("far", english, length=amount.metres(one.distance_m, english, about=rough)))
    if one.limit_m is not None:
        out.append(word("limit", english, length=amount.metres(one.limit_m, english)))
    return out or [amount.NONE]


def _tolerance(one: Near, english: bool) -> str:
    area = "" if one.tolerance_m2 is None else amount.m2(one.tolerance_m2, english)
    width = "" if one.tolerance_m is None else amount.metres(one.tolerance_m, english)
    return listed([area, width], english) or amount.NONE
