"""What a site check answers.

Shapes are EPSG:4490, areas m² on the ellipsoid unless the name says plane, lengths m in EPSG:4550.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import numpy as np
from shapely.geometry.base import BaseGeometry

from geo import measure, units
from geo.errors import DataError
from geo.model import Grade, Source
from geo.site.asked import Settings, Site
from geo.site.overlay import union


class Answer(StrEnum):
    """What one rule says of one site; best for the asker first."""

    CLEAR = "不涉及"
    HIT = "涉及"
    NO_DATA = "无数据"
    FAILED = "查询失败"


class Severity(StrEnum):
    """What a hit means."""

    BAN = "禁止"
    LIMIT = "限制"
    NOTE = "提示"


class Verdict(StrEnum):
    """What all rules together say; best first."""

    USABLE = "可用"
    CONDITIONAL = "有条件可用"
    UNKNOWN = "无法判定"
    UNUSABLE = "不可用"

    @property
    def rank(self) -> int:
        """0 for the best, rising."""
        return _RANKS[self]


_RANKS = {one: i for i, one in enumerate(Verdict)}


class LegalState(StrEnum):
    """Where a restriction stands on a day."""

    IN_FORCE = "现行"
    CHANGING = "报批中"  # announced but not yet in force, or in force and under revision
    REPEALED = "已废止"


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on a finding, in both languages."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Met:
    """One feature that a rule names for a site; what does not apply is None."""

    set: str
    id: str
    name: str
    grade: Grade
    overlap_m2: float | None = None
    length_m: float | None = None
    distance_m: float | None = None
    limit_m: float | None = None
    value: str = ""
    state: LegalState = LegalState.IN_FORCE


@dataclass(frozen=True, slots=True)
class Near:
    """A feature that all but met the site, apart from the hits.

    `reason` is ``sliver`` (overlap below `tolerance_m2` or narrower than `tolerance_m`),
    ``margin`` (within `tolerance_m` beyond the limit) or ``error`` (within the source's error).
    """

    met: Met
    reason: str
    tolerance_m2: float | None = None
    tolerance_m: float | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Answer of one rule to one site; what does not apply is None.

    Parameters
    ----------
    features
        What was hit; for ``within`` what the site lies in.
    near, pending
        Near misses; features that are announced but not in force.
    grade, proof
        Weakest evidence it rests on; strongest among the features hit.
    state, binding
        Where the rule stands on the day, and whether it already binds.
    usable_pct, priority
        Percent of the land concerned that stays usable (None: nobody has said), and its turn.
    land
        Land concerned, as pieces in EPSG:4550 that may touch.
    digest
        Hash of the rule.
    """

    rule: str
    title: str
    title_en: str
    kind: str
    severity: Severity
    answer: Answer
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
    proof: Grade | None = None
    set: str = ""
    since: int | None = None
    source: Source | None = None
    state: LegalState = LegalState.IN_FORCE
    binding: bool = True
    law: str = ""
    article: str = ""
    certainty: str = ""
    todo: str = ""
    todo_en: str = ""
    remark: str = ""
    remark_en: str = ""
    usable_pct: float | None = None
    priority: int = 0
    land: tuple[BaseGeometry, ...] = field(default=(), compare=False, repr=False)
    digest: str = ""

    @property
    def overlap_mu(self) -> float | None:
        """Overlap in mu."""
        return None if self.overlap_m2 is None else units.mu(self.overlap_m2)

    @property
    def region(self) -> BaseGeometry | None:
        """Land concerned as one shape, EPSG:4490; None if the rule concerns no land."""
        return measure.to_stored(union(np.array(self.land, dtype=object))) if self.land else None

    @property
    def basis(self) -> str:
        """Law and article, as one would cite them."""
        return f"{self.law} {self.article}".strip()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the verdict is not better (or, for 可用, what was looked at): one finding's part."""

    verdict: Verdict
    code: str  # row of the table in `geo.site.verdict`
    finding: Finding


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A rule that was not asked, and why."""

    rule: str
    title: str
    title_en: str
    why: str
    why_en: str


@dataclass(frozen=True, slots=True, eq=False)
class SiteReport:
    """The answer to one site.

    Parameters
    ----------
    area_m2, plane_m2
        On the ellipsoid and in EPSG:4550.
    ppm
        Measured against registered area, parts per million; None if none is registered.
    versions
        Set → version its data date from; None where missing or failed.
    rules_hash, code_hash, inputs_hash
        The same three give the same answer.
    """

    site: Site
    as_of: date
    verdict: Verdict
    reasons: tuple[Reason, ...]
    findings: tuple[Finding, ...]
    left_out: tuple[LeftOut, ...]
    area_m2: float
    plane_m2: float
    ppm: float | None
    settings: Settings
    versions: Mapping[str, int | None]
    rules_hash: str
    code_hash: str
    inputs_hash: str

    def finding(self, rule: str) -> Finding:
        """The finding of a rule; raises `DataError` if the rule was not asked."""
        for found in self.findings:
            if found.rule == rule:
                return found
        raise DataError(f"本次核查没有规则 {rule}，请从结论表中选择", "RULE_UNKNOWN")
