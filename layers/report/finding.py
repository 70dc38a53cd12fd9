"""One finding in words: amounts, law, where it comes from, features, remarks."""

from collections.abc import Iterator, Sequence

from geo.model import Grade
from layers.report import amount
from layers.report.blocks import Cell, Line, Tone
from layers.report.values import Finding, Met
from layers.report.words import CERTAINTY, STATES, bracketed, listed, told, word
from layers.style import GRADE_LABEL

_NAMED = 12  # features of one finding that are named


def amounts(found: Finding, english: bool) -> Cell:
    """What a rule measured: area in m² and mu with its share, length, distance against limit."""
    rough = found.grade is Grade.SCHEMATIC
    lines = list(_areas(found, english, rough)) if found.answer == "涉及" else []
    if found.length_m is not None and found.answer == "涉及":
        lines.append(
            word("long", english, length=amount.metres(found.length_m, english, about=rough))
        )
    if found.distance_m is not None:
        far = amount.metres(found.distance_m, english, about=rough)
        lines.append(word("far", english, length=far))
    if found.limit_m is not None:
        lines.append(word("limit", english, length=amount.metres(found.limit_m, english)))
    return tuple(Line(text) for text in lines) or (Line(amount.NONE, Tone.FAINT),)


def _areas(found: Finding, english: bool, rough: bool) -> Iterator[str]:
    if found.overlap_m2 is None:
        return
    yield amount.m2(found.overlap_m2, english, about=rough)
    yield amount.mu(found.overlap_m2, english, about=rough)
    if found.share_pct is not None:
        share = amount.share(found.share_pct, english, about=rough)
        yield word("of_site", english, share=share)


def law(found: Finding, english: bool) -> str:
    """Law and article with how sure we are of it, and its state where it is not simply in force."""
    sure = told(CERTAINTY, found.certainty, english)
    if not found.basis:
        return sure
    return f"{found.basis}{bracketed(sure, english)}" if sure else found.basis


def provenance(found: Finding, english: bool) -> str:
    """Source, document, issuer, day, grade and version of the data an answer rests on."""
    if found.source is None:
        return ""
    day = word("issued", english, day=found.issued.isoformat()) if found.issued else ""
    grade = GRADE_LABEL[found.grade][english] if found.grade else ""
    since = "" if found.since is None else word("since", english, since=found.since)
    parts = [found.source, found.document, found.issuer, day, grade, since]
    return listed(parts, english)


def in_charge(found: Finding, english: bool) -> str:
    """Office in charge and where it is asked; said to be blank where nobody wrote it down."""
    return listed([found.office, found.contact], english) or word("not_filled", english)


def details(found: Finding, dispute: str, english: bool) -> Cell:
    """Features, pending ones, source, remarks, state, what to do, and a dispute."""
    hit = found.answer == "涉及"
    notes = listed([note.en if english else note.zh for note in found.notes], english)
    remark = (english and found.remark_en) or found.remark
    todo = (english and found.todo_en) or found.todo
    state = "" if found.state in ("", "现行") else told(STATES, found.state, english)
    lines = (
        ("features", _features(found.features, english), Tone.PLAIN),
        ("pending", _features(found.pending, english), Tone.WARN),
        ("state", state, Tone.WARN),
        ("notes", listed([notes, remark], english), Tone.PLAIN),
        ("todo", todo if hit else "", Tone.PLAIN),
        ("source", provenance(found, english), Tone.FAINT),
        ("in_charge", in_charge(found, english), Tone.FAINT),
        ("dispute", dispute, Tone.BAD),
    )
    cell = tuple(Line(text, tone, head=word(key, english)) for key, text, tone in lines if text)
    return cell or (Line(amount.NONE, Tone.FAINT),)


def _features(features: Sequence[Met], english: bool) -> str:
    named = [feature(one, english) for one in features[:_NAMED]]
    if len(features) > _NAMED:
        named.append(word("and_more", english, count=len(features) - _NAMED))
    return listed(named, english)


def feature(met: Met, english: bool) -> str:
    """One feature with its id, its own value and its own amount."""
    rough = met.grade is Grade.SCHEMATIC
    name = met.name or met.id
    about = [] if name == met.id else [met.id]
    about += [met.value] if met.value else []
    shares = [
        written(value, english, about=rough)
        for written, value in (
            (amount.m2, met.overlap_m2),
            (amount.metres, met.length_m),
            (amount.metres, met.distance_m),
        )
        if value is not None
    ]
    told_ = bracketed((", " if english else "，").join(about), english) if about else ""
    return " ".join([f"{name}{told_}", *shares[:1]])
