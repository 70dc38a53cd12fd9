"""The things we talk about. Plain values: no files, no maps, no Streamlit.

Given: `Source`, `Boundaries`, `Event`. Answered: `Hit`, `Match`, `SetSummary`.
Shapes are in EPSG:4490 (CGCS2000 longitude/latitude), x = longitude.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import geopandas as gpd
import numpy as np

STORED_CRS = 4490
_PRINTED = 16  # hex digits of a hash on a document
SECRECY = ("公开", "内部", "秘密", "机密", "绝密")  # levels, least first
SECRECY_EN = ("Public", "Internal", "Confidential", "Secret", "Top secret")  # in the same order


class Grade(StrEnum):
    """How far a shape may be believed, best first."""

    OFFICIAL = "official"  # issued by the competent bureau
    SURVEYED = "surveyed"  # measured on the ground
    TRACED = "traced"  # drawn from a cited text, drawing or map
    SCHEMATIC = "schematic"  # stands in for one we do not have

    @property
    def rank(self) -> int:
        """0 for the best grade, rising as evidence weakens."""
        return list(Grade).index(self)


def worst(grades: "list[Grade] | tuple[Grade, ...]") -> Grade:
    """The weakest of some grades: an answer is never better than its worst input."""
    return max(grades, key=lambda grade: grade.rank)


@dataclass(frozen=True, slots=True)
class Source:
    """Where boundaries come from.

    Parameters
    ----------
    title
        What a reader would cite.
    grade
        The weakest grade of any shape in the set.
    licence
        Licence or terms of the shapes; never empty.
    issued
        Day the source was issued, if it says so.
    error_m
        Positional error in metres, one sigma, if known.
    document
        Document number of an official source.
    url
        Public address, for reading only: the product never opens it.
    note
        What a reader must know before trusting the shapes.
    declared_m2
        Area the source states for the whole set, if it states one.
    issuer
        Unit that issued it.
    secrecy
        Level of secrecy, one of `SECRECY`; empty where none was stated.
    covers
        What area it covers completely, as `geo.zone.cover` reads it: ``zone``, ``hull``,
        ``units:`` with their ids, or empty where nobody said.
    """

    title: str
    grade: Grade
    licence: str
    issued: date | None = None
    error_m: float | None = None
    document: str = ""
    url: str = ""
    note: str = ""
    declared_m2: float | None = None
    issuer: str = ""
    secrecy: str = ""
    covers: str = ""


@dataclass(frozen=True, slots=True)
class Boundaries:
    """A table that kept its promises: EPSG:4490, unique text `id`, `name`, valid shapes.

    `since` is the version that stored it (0 before it is stored): together with
    `name` it identifies the content for ever, so caches and addresses rest on it.
    """

    name: str
    table: gpd.GeoDataFrame
    source: Source
    since: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """Numbers on a square grid in EPSG:4550, cut to the zone; rows run north to south.

    Parameters
    ----------
    values
        (rows, columns) of float32; NaN where the source has no value.
    left, top
        Outer edges of the first cell, east and north in metres.
    step
        Side of a cell in metres.
    classes
        Values are class numbers, not amounts.
    crs, nodata
        What the source said of itself; `nodata` as text, empty if it had none.
    """

    values: np.ndarray
    left: float
    top: float
    step: float
    classes: bool = False
    crs: str = ""
    nodata: str = ""

    @property
    def gaps(self) -> np.ndarray:
        """Where nothing is known."""
        return np.asarray(np.isnan(self.values))


@dataclass(frozen=True, slots=True)
class Event:
    """One change, never edited.

    Parameters
    ----------
    subject
        ``kind/id``, e.g. ``parcel/E-012`` or ``boundaries/zone``.
    verb
        What happened.
    by
        Who recorded it.
    at
        When it was recorded (aware datetime).
    on
        Day it takes effect; the recording day if not given.
    data
        JSON-safe details.
    reason, document
        Why, and the paper it rests on.
    """

    subject: str
    verb: str
    by: str
    at: datetime
    on: date | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One feature found at a point or inside a region. Areas in m², None for points and lines."""

    set: str
    id: str
    name: str
    name_en: str
    kind: str
    kind_en: str
    grade: Grade
    area_m2: float | None
    length_m: float | None
    declared_m2: float | None
    error_m: float | None
    distance_m: float = 0.0
    share_m2: float | None = None  # part inside the region asked about
    basis: str = ""
    basis_en: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """One answer of the search box: a feature, an entity that is not drawn, or a position."""

    label: str
    label_en: str
    why: str  # the alias, set or coordinate system that matched
    why_en: str
    set: str = ""
    id: str = ""
    lon: float | None = None
    lat: float | None = None
    bounds: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class SetSummary:
    """What one set holds. Areas in m², length in m; None where the set has none."""

    name: str
    title: str
    title_en: str
    count: int
    grade: Grade
    grades: Mapping[str, int]
    measured_m2: float | None
    declared_m2: float | None
    length_m: float | None
    source: Source
    since: int


@dataclass(frozen=True, slots=True)
class Use:
    """One class of land or sea use.

    `code` has 2, 4 or 6 digits; `color` is the usual one and `basis` what that rests on.
    """

    code: str
    name: str
    parent: str
    color: str  # #RRGGBB, empty where the standard gives none
    basis: str

    @property
    def first(self) -> str:
        """Code of the first-level class it belongs to."""
        return self.code[:2]


@dataclass(frozen=True, slots=True)
class Seal:
    """Heads of the chains that a document rests on, each as number and hash ``N:HASH``.

    Printed on a document they show later whether the end of a chain was cut off.

    Parameters
    ----------
    data
        Of the zone, at the version that is shown.
    log
        Of the office's log as the document was made; empty where nobody signs in.
    """

    data: str = ""
    log: str = ""

    def say(self, *, english: bool = False) -> str:
        """Both in one line, shortened to 64 bits; empty where there is none."""
        named = (("校验值", "check"), self.data), (("审计", "log"), self.log)
        return " · ".join(f"{word[english]} {_short(head)}" for word, head in named if head)

    def rows(self, *, english: bool = False) -> dict[str, str]:
        """For a table's second sheet: in full, and how to check them."""
        data = "Check value" if english else "校验值"
        log = "Check value of the log" if english else "审计校验值"
        how = [f"python -m geo verify --head [{data}]"] if self.data else []
        how += [f"python -m geo audit verify --head [{log}]"] if self.log else []
        told = {data: self.data, log: self.log, "To check" if english else "核对": "; ".join(how)}
        return {key: text for key, text in told.items() if text}


UNSEALED = Seal()


def _short(head: str) -> str:
    number, _, digest = head.partition(":")
    return f"{number}:{digest[:_PRINTED]}"
