"""What goes into an import and what comes out of it, before anything is written."""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import geopandas as gpd
from shapely.geometry.base import BaseGeometry

from geo.boundaries import Change
from geo.checks.shape import Mend
from geo.errors import Issue
from geo.formats import Choice, Kind
from geo.formats.datum_shift import Four, Seven
from geo.model import Grade

_ZIPPED = (1980, 1, 1, 0, 0, 0)  # one date for all, so that the same parts make the same bytes


class Shift(StrEnum):
    """What the reader says of coordinates that may be disguised."""

    UNASKED = ""
    NONE = "none"
    GCJ02 = "gcj02"
    BD09 = "bd09"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file, or the parts of a shapefile by name, and what the sender calls it."""

    data: bytes | Mapping[str, bytes]
    filename: str

    @property
    def raw(self) -> bytes:
        """What is kept of it: the file, or its parts zipped the same way each time."""
        if isinstance(self.data, bytes):
            return self.data
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            for number, part in enumerate(sorted(self.data)):
                plain = part.replace("\\", "/").rpartition("/")[2] or f"{number}"
                packed.writestr(zipfile.ZipInfo(plain, _ZIPPED), self.data[part])
        return out.getvalue()


@dataclass(frozen=True, slots=True)
class Terms:
    """How the reader wants a file taken; nothing said means: as the file says.

    Parameters
    ----------
    choice
        Layer, encoding and the like; see `geo.formats.Choice`.
    crs
        Name of the system as `geo.formats.datum_names` reads it, or empty to go by the file.
    swapped
        North stands where east should.
    params
        The office's own parameters to CGCS2000, for legacy datums; secret, so never kept.
    shift
        Answer to the question whether coordinates are GCJ-02 or BD-09.
    columns
        Names of their columns -> ours (id, name, kind, declared_m2); found if empty.
    repair
        Take the proposed repair of faulty shapes.
    set_aside
        Leave faulty rows out: all, or those of these numbers.
    partition
        The set should cover its ground: look for gaps and slivers.
    sender
        Who sends such files; the mapping of columns is remembered for them.
    """

    choice: Choice = field(default_factory=Choice)
    crs: str = ""
    swapped: bool = False
    params: Seven | Four | None = field(default=None, repr=False)
    shift: Shift = Shift.UNASKED
    columns: Mapping[str, str] = field(default_factory=dict)
    repair: bool = True
    set_aside: bool | frozenset[int] = False
    partition: bool = False
    sender: str = ""


@dataclass(frozen=True, slots=True)
class Staged:
    """A file as it would be stored. `table` holds the rows that would be, in EPSG:4490.

    `features` are the rows in the file, `taken` those of them in the table. Rows in the file =
    `stored` + `reported`, always; every row that is not stored has an issue, and where the
    whole is refused one issue says so for all. `shapes` are those of every row by its number.
    """

    name: str
    filename: str
    kind: Kind
    layer: str
    encoding: str
    crs: str
    features: int
    taken: int
    table: gpd.GeoDataFrame
    issues: tuple[Issue, ...]
    mends: tuple[Mend, ...]
    columns: Mapping[str, str]
    changes: tuple[Change, ...]
    accepted: bool
    version: int
    since: int
    raw: bytes = field(repr=False, default=b"")
    sender: str = ""
    shift: Shift = Shift.UNASKED
    shapes: Mapping[int, BaseGeometry | None] = field(repr=False, default_factory=dict)

    @property
    def stored(self) -> int:
        """Rows of the file that would be stored."""
        return self.taken if self.accepted else 0

    @property
    def reported(self) -> int:
        """Rows of the file that would not be stored."""
        return self.features - self.stored

    @property
    def digest(self) -> str:
        """SHA-256 of the raw file, under which it is kept."""
        return hashlib.sha256(self.raw).hexdigest()


@dataclass(frozen=True, slots=True)
class Papers:
    """What stands behind a file: see `geo.model.Source`. `reason` says why it is imported now."""

    title: str
    grade: Grade
    licence: str
    issuer: str = ""
    issued: date | None = None
    document: str = ""
    secrecy: str = ""
    error_m: float | None = None
    declared_m2: float | None = None
    note: str = ""
    reason: str = ""
    covers: str = ""
