"""Terms, tolerances, method and proof: what stands at the end of a report."""

from collections.abc import Iterator

from layers.report import amount
from layers.report.blocks import (
    Band,
    Block,
    Code,
    Heading,
    Line,
    Pairs,
    Section,
    Signature,
    Table,
    Text,
)
from layers.report.terms import CLOSED, EXAMPLE, GLOSSARY, METHOD, TERMS
from layers.report.values import Report
from layers.report.words import listed, word
from layers.style import STYLES


def terms(report: Report, english: bool) -> Section:
    """What a report is not, and who answers for it."""
    texts = [EXAMPLE] if report.cover.example else []
    texts += [*TERMS, *([CLOSED] if report.cover.secrecy not in ("", "公开") else [])]
    said = tuple(Text(f"{i}. {text[english]}") for i, text in enumerate(texts, start=1))
    signed = tuple(filter(None, (report.cover.office, written_day(report, english))))
    return Section(word("terms", english), (*said, Signature(signed)))


def written_day(report: Report, english: bool) -> str:
    """The day of the document as it is signed."""
    made = report.cover.made
    return made.isoformat() if english else f"{made.year}年{made.month}月{made.day}日"


def tolerances(report: Report, english: bool) -> Section:
    """Tolerances of the rules, settings of the office, rules left out."""
    blocks = [*_tolerances(report, english), *_settings(report, english)]
    left = tuple(
        (
            (english and one.title_en) or one.title or one.rule,
            (english and one.why_en) or one.why,
        )
        for one in report.left_out
    )
    if left:
        blocks += [Heading(word("left_out", english)), Pairs(left, 50.0)]
    return Section(word("tolerances", english), tuple(blocks), annex=True)


def _tolerances(report: Report, english: bool) -> Iterator[Block]:
    yield Text(word("tolerances_told", english))
    known = [one for one in report.findings if (one.tolerance_m2, one.tolerance_m) != (None, None)]
    if not known:
        return
    rows = tuple(
        (
            (Line(one.name(english)),),
            (Line(_size(one.tolerance_m2, "m²" if english else "㎡")),),
            (Line(_size(one.tolerance_m, "m" if english else "米")),),
        )
        for one in known
    )
    heads = tuple(word(key, english) for key in ("rule", "sliver_m2", "sliver_m"))
    yield Table(heads, (96, 30, 30), (Band("", rows),), right=(1, 2))


def _size(value: float | None, unit: str) -> str:
    return amount.NONE if value is None else f"{amount.plain(value)} {unit}"


def _settings(report: Report, english: bool) -> Iterator[Block]:
    yield Heading(word("settings", english))
    rows = tuple(
        (_named(report, key, english), amount.plain(value))
        for key, value in report.parameters.items()
    )
    yield Pairs(rows, 70.0) if rows else Text(word("settings_none", english))


def _named(report: Report, key: str, english: bool) -> str:
    if key in report.cover.names:
        return report.cover.names[key][english]
    return (STYLES[key].label_en if english else STYLES[key].label) if key in STYLES else key


def method(report: Report, english: bool) -> Section:
    """How it was worked out, and what the words mean."""
    texts = tuple(Text(text[english]) for text in METHOD)
    words = tuple((name[english], meaning[english]) for name, meaning in GLOSSARY)
    return Section(word("method", english), (*texts, Pairs(words, 44.0)), annex=True)


def proof(report: Report, english: bool) -> Section:
    """Versions of the data, digests, and the address to run the check again."""
    version = report.cover.version
    told = " · ".join(filter(None, (str(version), report.cover.seal.say(english=english))))
    rows = [(word("version", english), told)] if version is not None else []
    keys = ("rules_hash", "code_hash", "inputs_hash")
    rows += [(word(key, english), str(getattr(report, key))) for key in keys]
    if report.versions:
        rows.append((word("set", english), _versions(report, english)))
    link = report.cover.permalink
    code = (Code(link, word("scan", english)),) if link else ()
    blocks = (*code, Text(word("hash_told", english)), Pairs(tuple(rows), 28.0))
    return Section(word("proof", english), blocks, annex=True)


def _versions(report: Report, english: bool) -> str:
    said = []
    for key, since in report.versions.items():
        told = word("absent", english) if since is None else word("since", english, since=since)
        said.append(f"{_named(report, key, english)} {told}")
    return listed(said, english)
