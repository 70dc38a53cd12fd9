"""Find an entity by any of its spellings: name, alias, id, English, pinyin or initials."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pypinyin import Style, lazy_pinyin, load_phrases_dict

from geo.plan.values import Entity

load_phrases_dict({"泊于": [["bó"], ["yú"]]})  # the town's own reading

_MIN_LATIN = 2  # one Latin letter would match half the register


class How(StrEnum):
    """What kind of spelling matched."""

    ID = "id"
    NAME = "name"
    ALIAS = "alias"
    PINYIN = "pinyin"
    INITIALS = "initials"
    ENGLISH = "english"


@dataclass(frozen=True, slots=True)
class Found:
    """An entity, the spelling that matched, and how."""

    id: str
    name: str
    name_en: str
    matched: str
    how: How


def plain(text: str) -> str:
    """Text for comparing: NFKC, case folded, without spaces, quotes, brackets or dashes."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if unicodedata.category(c)[0] in "LNS")


@cache
def pinyin(text: str) -> str:
    """Full pinyin without tones of a spelling; other signs are kept, plain."""
    return "".join(lazy_pinyin(plain(text)))


@cache
def initials(text: str) -> str:
    """First letters of the pinyin of each character; runs of other signs are kept, plain."""
    return "".join(lazy_pinyin(plain(text), style=Style.FIRST_LETTER))


def find(entities: Sequence[Entity], text: str, limit: int = 20) -> tuple[Found, ...]:
    """Entities whose spellings match, best first.

    Whole before beginning before inside; ids and names before aliases before pinyin,
    initials and English; then the shorter spelling, then the order of the register.
    """
    asked = plain(text)
    if not asked:
        return ()
    hits = []
    for order, entity in enumerate(entities):
        best = min(_matches(entity, asked), default=None, key=lambda match: match[0])
        if best is not None:
            hits.append((best[0], order, entity, best[1], best[2]))
    hits.sort(key=lambda hit: hit[:2])
    return tuple(Found(e.id, e.name, e.name_en, said, how) for _, _, e, said, how in hits[:limit])


def _matches(entity: Entity, asked: str) -> Iterator[tuple[tuple[int, int], str, How]]:
    """Rank (fit, then length), spelling and kind of each spelling that matches."""
    if asked == plain(entity.id):
        yield (0, 0), entity.id, How.ID
    for spelling in (entity.name, *entity.aliases, *entity.also):
        how = How.NAME if spelling == entity.name else How.ALIAS
        if (fit := _fit(asked, plain(spelling))) is not None:
            yield (3 * fit + (how is How.ALIAS), len(spelling)), spelling, how
        elif asked.isascii() and len(asked) >= _MIN_LATIN:
            yield from _latin(asked, spelling)
    if (
        asked.isascii()
        and len(asked) >= _MIN_LATIN
        and (fit := _fit(asked, plain(entity.name_en))) is not None
    ):
        yield (12 + 3 * fit + 2, len(entity.name_en)), entity.name_en, How.ENGLISH


def _latin(asked: str, spelling: str) -> Iterator[tuple[tuple[int, int], str, How]]:
    for shift, how, made in ((0, How.INITIALS, initials), (1, How.PINYIN, pinyin)):
        fit = _fit(asked, made(spelling))
        if fit is not None and (fit < 2 or how is How.PINYIN or len(asked) > _MIN_LATIN):
            yield (12 + 3 * fit + shift, len(spelling)), spelling, how


def _fit(asked: str, spelling: str) -> int | None:
    """0 whole, 1 beginning, 2 inside, None not at all."""
    if asked == spelling:
        return 0
    if spelling.startswith(asked):
        return 1
    return 2 if asked in spelling else None
