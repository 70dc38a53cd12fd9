"""One change between two meetings in words, with the ways to what changed."""

from collections.abc import Mapping

from geo.ledger import project_rules
from geo.meeting import Change, ChangeKind
from geo.units import format_area
from pages import parts, project_words, show_words, supply_words
from pages.target_words import safe

MARKS = {
    "new": "＋",
    "moved": "→",
    "late": "!",
    "recovered": "✓",
    "left": "－",
    "split": "÷",
    "merged": "∪",
    "renumbered": "#",
    "restored": "←",
    "replaced": "◇",
    "target": "◎",
}
_SHIFTED = (ChangeKind.SPLIT, ChangeKind.MERGED, ChangeKind.RENUMBERED, ChangeKind.RESTORED)


def name(kind: str) -> str:
    """What happened, in words."""
    return show_words.words()[f"change_{kind}"]


def chips(counts: Mapping[str, int]) -> str:
    """Changes by kind as small marks; says so where nothing changed."""
    if not counts:
        return f'<em class="chip">{safe(show_words.words()["unchanged"])}</em>'
    return "".join(
        f'<em class="chip m-{kind}">{MARKS[kind]} {safe(name(kind))} <b>{counts[kind]}</b></em>'
        for kind in MARKS
        if counts.get(kind)
    )


def what(one: Change) -> str:
    """Kind of thing that changed."""
    words = show_words.words()
    return words.get(f"set_{one.set}", words["set_other"])


def named(one: Change) -> str:
    """What changed, by id and name."""
    told = show_words.said(one.name)
    return told if told == one.id or not one.id else f"{one.id} {told}".strip()


def told(one: Change, key: str) -> str:
    """What it was or is: a colour, a stage, ids, features, a value."""
    if not key:
        return "—"
    if one.set == "project":
        known = project_rules().colours.get(key)
        return (
            f"{project_words.letter(key)} {parts.say(known.name, known.name_en)}" if known else key
        )
    if one.set == "parcel" and one.kind not in _SHIFTED:
        return "、".join(supply_words.marked(each) for each in key.split("、"))
    if one.kind is ChangeKind.TARGET:
        return show_words.said(one.said[key == one.after])
    if one.kind in (ChangeKind.REPLACED, ChangeKind.NEW):
        return show_words.words()["features"].format(number=key)
    return key


def moved(one: Change) -> str:
    """Area that changed side, where boundaries were replaced."""
    if one.moved_m2 is None:
        return ""
    return format_area(one.moved_m2, parts.unit(), english=parts.english())


def ids(one: Change) -> list[str]:
    """Ids a row speaks of, those it became first."""
    found = [*one.after.split("、"), *one.before.split("、")] if one.kind in _SHIFTED else [one.id]
    return [each for each in found if each]
