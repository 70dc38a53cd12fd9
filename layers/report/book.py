"""Site checks as Excel: one row a site, one row a finding, one row a feature."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from geo import units
from layers import sheet
from layers.report.closing import written_day
from layers.report.finding import law, provenance
from layers.report.terms import EXAMPLE, TERMS
from layers.report.values import Finding, Met, Report
from layers.report.words import ANSWERS, NEAR, SECRECIES, SEVERITIES, STATES, VERDICTS, told, word
from layers.style import GRADE_LABEL

_SITES, _FINDINGS, _FEATURES = ("选址汇总", "Sites"), ("逐条结果", "Findings"), ("要素", "Features")
_HEADS: Mapping[str, tuple[str, str]] = {
    "number": ("编号", "No."),
    "id": ("选址编号", "Site id"),
    "site": ("选址名称", "Site"),
    "use": ("拟用途", "Proposed use"),
    "verdict": ("核查结论", "Verdict"),
    "area": ("椭球面积（㎡）", "Ellipsoid area (m²)"),
    "mu": ("椭球面积（亩）", "Ellipsoid area (mu)"),
    "plane": ("平面面积（㎡）", "Plane area (m²)"),
    "registered": ("登记面积（㎡）", "Registered area (m²)"),
    "ppm": ("与登记之差（ppm）", "Against registered (ppm)"),
    "net": ("净可用面积（㎡）", "Net usable land (m²)"),
    "hit": ("涉及", "Affected"),
    "clear": ("不涉及", "Clear"),
    "none": ("无数据", "No data"),
    "failed": ("查询失败", "Failed"),
    "hits": ("涉及的规则", "Rules hit"),
    "grade": ("最低可信程度", "Weakest grade"),
    "as_of": ("核查基准日", "Law as of"),
    "rule": ("规则", "Rule"),
    "answer": ("答复", "Answer"),
    "severity": ("程度", "Severity"),
    "overlap": ("涉及面积（㎡）", "Overlap (m²)"),
    "overlap_mu": ("涉及面积（亩）", "Overlap (mu)"),
    "share": ("占选址（%）", "Share of site (%)"),
    "length": ("长度（米）", "Length (m)"),
    "distance": ("距离（米）", "Distance (m)"),
    "limit": ("限值（米）", "Limit (m)"),
    "law": ("依据", "Law"),
    "state": ("效力", "State"),
    "source": ("资料", "Source"),
    "notes": ("说明", "Remarks"),
    "dispute": ("异议", "Dispute"),
    "feature": ("要素编号", "Feature id"),
    "name": ("要素名称", "Feature"),
    "set": ("图层", "Set"),
    "met": ("关系", "Relation"),
    "value": ("属性值", "Value"),
}
_MET: Mapping[str, tuple[str, str]] = {
    "hit": ("涉及或所在", "met"),
    "pending": ("尚未生效", "not yet in force"),
    **NEAR,
}


def xlsx(reports: Sequence[Report], *, english: bool = False) -> bytes:
    """Three sheets of figures that Excel can add up, and what the file says of itself.

    Raises `DataError` EXPORT_ROWS or EXPORT_CELL for what Excel cannot hold.
    """
    findings = [(report, one) for report in reports for one in report.findings]
    features = [(report, one, met, kind) for report, one in findings for kind, met in _related(one)]
    pages = {
        _SITES[english]: _columns(reports, _site, english),
        _FINDINGS[english]: _columns(findings, _finding, english),
        _FEATURES[english]: _columns(features, _feature, english),
    }
    return sheet.book(pages, _about(reports, english))


def _columns(
    rows: Sequence[Any], row_of: Callable[[Any, bool], Mapping[str, Any]], english: bool
) -> Mapping[str, Sequence[Any]]:
    made = [row_of(one, english) for one in rows]
    keys = list(made[0]) if made else []
    return {_HEADS[key][english]: [row[key] for row in made] for key in keys}


def _related(found: Finding) -> list[tuple[str, Met]]:
    hits = [("hit", met) for met in found.features]
    pending = [("pending", met) for met in found.pending]
    return [*hits, *pending, *((met.reason, met) for met in found.near)]


def _site(report: Report, english: bool) -> Mapping[str, Any]:
    said = {key: [f for f in report.findings if f.answer == key] for key in ANSWERS}
    known = VERDICTS.get(report.verdict)
    return {
        "number": report.cover.number,
        "id": report.site.id,
        "site": report.site.name,
        "use": report.site.use,
        "verdict": known[english] if known else report.verdict,
        "area": _number(report.area_m2, 2),
        "mu": _number(units.mu(report.area_m2), 2),
        "plane": _number(report.plane_m2, 2),
        "registered": _number(report.site.registered_m2, 2),
        "ppm": _number(report.registered_ppm, 0),
        "net": _number(report.way.net_m2, 2),
        "hit": len(said["涉及"]),
        "clear": len(said["不涉及"]),
        "none": len(said["无数据"]),
        "failed": len(said["查询失败"]),
        "hits": ("; " if english else "；").join(one.name(english) for one in said["涉及"]),
        "grade": GRADE_LABEL[report.grade][english] if report.grade else "",
        "as_of": report.as_of.isoformat(),
    }


def _finding(row: tuple[Report, Finding], english: bool) -> Mapping[str, Any]:
    report, one = row
    known = SEVERITIES.get(one.severity)
    mu = None if one.overlap_m2 is None else units.mu(one.overlap_m2)
    notes = [note.en if english else note.zh for note in one.notes]
    return {
        "id": report.site.id,
        "site": report.site.name,
        "rule": one.name(english),
        "answer": told(ANSWERS, one.answer, english),
        "severity": known[english] if known else one.severity,
        "overlap": _number(one.overlap_m2, 2),
        "overlap_mu": _number(mu, 2),
        "share": _number(one.share_pct, 2),
        "length": _number(one.length_m, 2),
        "distance": _number(one.distance_m, 2),
        "limit": _number(one.limit_m, 2),
        "law": law(one, english),
        "state": told(STATES, one.state, english),
        "source": provenance(one, english),
        "notes": ("; " if english else "；").join(notes),
        "dispute": report.disputes.get(one.rule, ""),
    }


def _feature(row: tuple[Report, Finding, Met, str], english: bool) -> Mapping[str, Any]:
    report, one, met, kind = row
    return {
        "id": report.site.id,
        "site": report.site.name,
        "rule": one.name(english),
        "met": told(_MET, kind, english),
        "set": met.set,
        "feature": met.id,
        "name": met.name,
        "value": met.value,
        "overlap": _number(met.overlap_m2, 2),
        "length": _number(met.length_m, 2),
        "distance": _number(met.distance_m, 2),
        "limit": _number(met.limit_m, 2),
        "grade": GRADE_LABEL[met.grade][english],
    }


def _number(value: float | None, decimals: int) -> float | None:
    return None if value is None else float(units.half_up(value, decimals))


def _about(reports: Sequence[Report], english: bool) -> Mapping[str, str]:
    """Number, day, secrecy, versions and digests, terms."""
    about = dict[str, str]()
    for report in reports[:1]:
        cover = report.cover
        secrecy = SECRECIES[cover.secrecy] if english and cover.secrecy else cover.secrecy
        version = "" if cover.version is None else str(cover.version)
        said = {
            "number": cover.number, "made": written_day(report, english), "asker": cover.asker,
            "office": cover.office, "secrecy": secrecy, "version": version,
            "rules_hash": report.rules_hash, "code_hash": report.code_hash,
        }  # fmt: skip
        about |= {word(key, english): text for key, text in said.items() if text}
        about |= cover.seal.rows(english=english)
        if cover.example:
            about[word("example", english)] = EXAMPLE[english]
    lines = enumerate((text[english] for text in TERMS), start=1)
    return about | {f"{word('terms', english)} {i}": text for i, text in lines}
