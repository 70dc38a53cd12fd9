"""Find things by what people type: any spelling, pinyin, English, or coordinates.

Pure: the index is built from names; positions come back in EPSG:4490.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np

from geo import measure
from geo.errors import DataError
from geo.model import STORED_CRS

_NOISE = re.compile(r"[\s\"'“”‘’「」（）()\[\]【】《》·,，、。．.\-—_/]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_DMS = re.compile(
    r"(\d{1,3})\s*[°度]\s*([0-5]?\d(?:\.\d+)?)\s*['′分]"
    r"(?:\s*([0-5]?\d(?:\.\d+)?)(?![\d.]|\s*[°度]))?"
)
_FAR_SIDE = re.compile(r"(?<![\d.])[-−]\s*\d|[SWsw南西]")  # south or west: not this country
_LON, _LAT = (73.0, 136.0), (3.0, 54.0)  # the country: what a pasted pair can mean
_NORTHING = (3.0e5, 6.2e6)
_EASTING = (1.5e5, 8.5e5)
_ZONE_DEFAULT = 41
_MARK = "\x00"  # between the names of a roll; no name holds it
_MIN_LATIN = 2  # one Latin letter or digit would match half the register


@cache
def _speech() -> Any:
    """How characters are read."""
    import pypinyin  # noqa: PLC0415 - 0.4 s to load, and most commands seek nothing

    pypinyin.load_phrases_dict({"泊于": [["bó"], ["yú"]]})  # the town's own reading
    return pypinyin


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to find: its label, and every name it may be asked by (label first)."""

    key: tuple[str, str]  # set, id
    label: str
    label_en: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """An entry, the name that matched and how well (0 is best)."""

    entry: Entry
    name: str
    score: int


@dataclass(frozen=True, slots=True)
class Position:
    """A position typed as numbers, in EPSG:4490, and how the numbers were read."""

    lon: float
    lat: float
    reading: str
    reading_en: str


def normal(text: str) -> str:
    """Text as it is compared: full width folded, spaces and punctuation gone, lower case."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()


@dataclass(frozen=True)
class _Key:
    """One name made ready: folded text, pinyin in full, and the possible initials by character."""

    name: str
    folded: str

    @cached_property
    def spelled(self) -> str:
        return "".join(_speech().lazy_pinyin(self.folded)).casefold()

    @cached_property
    def initials(self) -> tuple[frozenset[str], ...]:
        speech = _speech()
        first = speech.Style.FIRST_LETTER
        readings = speech.pinyin(self.folded, style=first, heteronym=True)
        return tuple(
            frozenset(letter.casefold() for letter in reading)
            for part in readings
            for reading in _letters(part)
        )

    def score(self, asked: str) -> int | None:
        if asked == self.folded:
            return 0
        if asked.isascii() and len(asked) < _MIN_LATIN:
            return None
        if asked in self.folded:
            return 1 if self.folded.startswith(asked) else 2
        return self._spelled_score(asked) if asked.isascii() else None

    def _spelled_score(self, asked: str) -> int | None:
        if self._initials_start(asked):
            return 3 if len(asked) == len(self.initials) else 4
        return 5 if self.spelled.startswith(asked) else None

    def _initials_start(self, asked: str) -> bool:
        return len(asked) <= len(self.initials) and all(
            letter in known for letter, known in zip(asked, self.initials, strict=False)
        )


def _letters(part: Sequence[str]) -> Iterator[list[str]]:
    """Readings of one character; an ASCII run comes as one part and is spread letter by letter."""
    if len(part) == 1 and len(part[0]) > 1:
        yield from ([letter] for letter in part[0])
    else:
        yield list(part)


class Roll:
    """The names of a set of thousands: found as they are written, not by how they sound.

    Spelling every name of a cadastre takes many seconds and hundreds of megabytes, and people
    ask for parcels by number. All names are one text, so looking is one search of a string.
    """

    def __init__(self, set_: str, ids: Sequence[str], *columns: Sequence[str]) -> None:
        """Take ids, labels, and labels in English ("" where there is none), row by row."""
        self._set, self._ids, self._columns = set_, ids, columns
        self._texts = [_MARK + normal(_MARK.join(column)) + _MARK for column in (*columns, ids)]
        self._starts = [
            np.array([mark.start() for mark in re.finditer(_MARK, text)]) for text in self._texts
        ]

    def find(self, asked: str, limit: int) -> list[Found]:
        """Up to `limit` matches of folded text, best first."""
        if asked.isascii() and len(asked) < _MIN_LATIN:
            return []
        found: dict[int, Found] = {}
        for score, wanted in enumerate((_MARK + asked + _MARK, _MARK + asked, asked)):
            for column, text in enumerate(self._texts):
                for row in self._rows(text, self._starts[column], wanted, limit - len(found)):
                    found.setdefault(row, Found(self._entry(row), self._name(column, row), score))
        return list(found.values())[:limit]

    def _rows(self, text: str, starts: np.ndarray, wanted: str, limit: int) -> Iterator[int]:
        """Rows of the first `limit` places where a text holds what is wanted."""
        at = text.find(wanted)
        while at >= 0 and limit > 0:
            row = int(np.searchsorted(starts, at, side="right")) - 1
            yield row
            limit -= 1
            at = text.find(wanted, int(starts[row + 1])) if row + 1 < len(starts) else -1

    def _name(self, column: int, row: int) -> str:
        return (*self._columns, self._ids)[column][row]

    def _entry(self, row: int) -> Entry:
        label, label_en = (column[row] for column in self._columns)
        return Entry((self._set, self._ids[row]), label, label_en, ())


class Index:
    """Names made ready to be searched."""

    def __init__(self, entries: Iterable[Entry], rolls: Sequence[Roll] = ()) -> None:
        self._rows = [
            (entry, [_Key(name, normal(name)) for name in entry.names if normal(name)])
            for entry in entries
        ]
        self._rolls = rolls

    def find(self, text: str, limit: int = 12) -> list[Found]:
        """Best matches first; equal ones by shorter label, then in the order given."""
        asked = normal(text)
        if not asked:
            return []
        found = [hit for entry, keys in self._rows if (hit := _best(entry, keys, asked))]
        found += [hit for roll in self._rolls for hit in roll.find(asked, limit)]
        return sorted(found, key=lambda f: (f.score, len(f.entry.label)))[:limit]


def _best(entry: Entry, keys: Sequence[_Key], asked: str) -> Found | None:
    hits = [(s, i, key.name) for i, key in enumerate(keys) if (s := key.score(asked)) is not None]
    if asked == normal(entry.key[1]):
        hits.append((0, -1, entry.key[1]))
    if not hits:
        return None
    score, _, name = min(hits)
    return Found(entry, name, score)


def positions(text: str) -> list[Position]:
    """Positions that a typed pair of numbers can mean; empty if it is no pair.

    Reads degrees (decimal or with minutes and seconds) and CGCS2000 3-degree plane
    coordinates, northing and easting in either order, with or without the zone number.
    """
    folded = unicodedata.normalize("NFKC", text)
    if _FAR_SIDE.search(folded):
        return []
    angles = _angles(folded)
    if angles:
        return [angles]
    numbers = [float(number) for number in _NUMBER.findall(folded)]
    if len(numbers) != 2 or re.search(r"[^\W\d_]{3,}", folded):
        return []
    a, b = numbers
    for lon, lat in ((a, b), (b, a)):
        if _LON[0] <= lon <= _LON[1] and _LAT[0] <= lat <= _LAT[1]:
            return [Position(lon, lat, "经纬度 EPSG:4490", "lon/lat EPSG:4490")]
    return [found for north, east in ((a, b), (b, a)) if (found := _plane(north, east))]


def _angles(text: str) -> Position | None:
    parts = _DMS.findall(text)
    if len(parts) != 2:
        return None
    values = [int(d) + float(m) / 60 + float(s or 0) / 3600 for d, m, s in parts]
    lat, lon = sorted(values)
    if not (_LON[0] <= lon <= _LON[1] and _LAT[0] <= lat <= _LAT[1]):
        return None
    return Position(lon, lat, "度分秒 EPSG:4490", "degrees, minutes, seconds EPSG:4490")


def _plane(north: float, east: float) -> Position | None:
    if not _NORTHING[0] <= north <= _NORTHING[1]:
        return None
    zone, prefixed = int(east // 1_000_000), True
    if zone == 0:
        zone, prefixed = _ZONE_DEFAULT, False
    if not _EASTING[0] <= east % 1_000_000 <= _EASTING[1]:
        return None
    try:
        epsg = measure.plane_epsg(zone, prefixed=prefixed)
    except DataError:
        return None  # no such zone: these numbers are not a position
    lon, lat = measure.transformer(epsg, STORED_CRS).transform(east, north)
    note = f"EPSG:{epsg} X {north:.12g} Y {east:.12g}"
    return Position(lon, lat, f"平面坐标 {note}", f"plane {note}")
