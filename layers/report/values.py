"""What a document about a site check needs to know: plain values, no shapes and no files.

Areas are m² on the ellipsoid unless the name says plane, lengths m; what does not apply is
None. Fields are named as the keys of a check's record, so that `report_of` can take it as it
is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from geo.errors import DataError
from geo.model import SECRECY, UNSEALED, Grade, Seal


@dataclass(frozen=True, slots=True)
class Cover:
    """What the office says of the document itself; what is empty is left out.

    Parameters
    ----------
    number
        编号 of the document.
    made
        Day the document was made: its only clock.
    asker, office
        Who asked; who answers.
    secrecy
        One of `geo.model.SECRECY`.
    example
        Rests on generated data: every page then says 示例.
    permalink
        Address that shows this check again; printed and drawn as a QR code.
    version, seal
        Data version of the whole zone, and what shows later whether its chain was cut.
    names
        Words for ids that the record only names (sets, parameters, uses): Chinese, English.
    """

    number: str
    made: date
    asker: str = ""
    office: str = ""
    secrecy: str = ""
    example: bool = False
    permalink: str = ""
    version: int | None = None
    names: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    seal: Seal = UNSEALED

    def __post_init__(self) -> None:
        if self.secrecy and self.secrecy not in SECRECY:
            levels = "、".join(SECRECY)
            raise DataError(f"密级 {self.secrecy!r} 不存在，请选 {levels} 之一", "REPORT_SECRECY")


@dataclass(frozen=True, slots=True)
class Site:
    """What was asked about."""

    id: str
    name: str
    use: str = ""
    variant: str = "drawn"
    registered_m2: float | None = None


@dataclass(frozen=True, slots=True)
class Met:
    """One feature that a rule names."""

    set: str
    id: str
    name: str
    grade: Grade
    overlap_m2: float | None = None
    length_m: float | None = None
    distance_m: float | None = None
    limit_m: float | None = None
    value: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Near(Met):
    """A feature that all but met the site; `reason` is sliver, margin or error."""

    reason: str = ""
    tolerance_m2: float | None = None
    tolerance_m: float | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A remark in both languages."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Answer of one rule, with law, source, state and what to do."""

    rule: str
    title: str
    answer: str
    severity: str
    title_en: str = ""
    overlap_m2: float | None = None
    overlap_plane_m2: float | None = None
    share_pct: float | None = None
    length_m: float | None = None
    distance_m: float | None = None
    limit_m: float | None = None
    features: tuple[Met, ...] = ()
    near: tuple[Near, ...] = ()
    pending: tuple[Met, ...] = ()
    notes: tuple[Note, ...] = ()
    grade: Grade | None = None
    basis: str = ""
    certainty: str = ""
    state: str = ""
    set: str = ""
    since: int | None = None
    source: str | None = None
    issued: date | None = None
    document: str = ""
    issuer: str = ""
    office: str = ""
    contact: str = ""
    todo: str = ""
    todo_en: str = ""
    remark: str = ""
    remark_en: str = ""
    tolerance_m2: float | None = None
    tolerance_m: float | None = None

    def name(self, english: bool) -> str:
        """Its title in a language."""
        return (english and self.title_en) or self.title


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the verdict is not better; `code` is a row of the verdict's table."""

    rule: str
    code: str
    verdict: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A rule that was not asked, and why."""

    rule: str
    why: str
    title: str = ""
    title_en: str = ""
    why_en: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the working of net land; `usable_pct` None where nobody has said."""

    rule: str
    title: str
    new_m2: float
    usable_pct: float | None
    lost_m2: float
    left_m2: float


@dataclass(frozen=True, slots=True)
class Cut:
    """The least to give up so that some rules are no longer hit."""

    rules: tuple[str, ...]
    area_m2: float
    lost_m2: float
    left_behind_m2: float


@dataclass(frozen=True, slots=True)
class Alternative:
    """A parcel that would do instead; `limits` and `open` are rules."""

    id: str
    name: str
    area_m2: float
    verdict: str
    distance_m: float | None = None
    limits: tuple[str, ...] = ()
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """The way forward; what was not computed is empty."""

    total_m2: float | None = None
    net_m2: float | None = None
    rows: tuple[Step, ...] = ()
    cuts: tuple[Cut, ...] = ()
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All that a document says of one site.

    Parameters
    ----------
    as_of
        Day for which the law was asked.
    disputes
        What somebody holds against a finding, by rule; stands beside it.
    """

    cover: Cover
    site: Site
    as_of: date
    verdict: str
    reasons: tuple[Reason, ...]
    findings: tuple[Finding, ...]
    left_out: tuple[LeftOut, ...]
    area_m2: float
    plane_m2: float
    registered_ppm: float | None
    parameters: Mapping[str, float]
    versions: Mapping[str, int | None]
    rules_hash: str
    code_hash: str
    inputs_hash: str
    way: Way = Way()
    disputes: Mapping[str, str] = field(default_factory=dict)

    @property
    def grade(self) -> Grade | None:
        """Weakest evidence that any answer rests on."""
        grades = [one.grade for one in self.findings if one.grade]
        return max(grades, key=lambda one: one.rank, default=None)

    def title(self, rule: str, english: bool) -> str:
        """Title of a rule, or its id where it was not asked."""
        return next((one.name(english) for one in self.findings if one.rule == rule), rule)


@dataclass(frozen=True, slots=True)
class Picture:
    """A map made for the document.

    Parameters
    ----------
    png
        For Word, which takes no vectors, and for the PDF where `svg` is empty.
    width_mm
        Width on paper at which the map's scale is true.
    caption
        In the language of the document.
    rule
        Rule whose hit it shows; empty for the map of the whole site.
    """

    png: bytes
    width_mm: float
    caption: str
    svg: bytes = b""
    rule: str = ""
